#!/usr/bin/env python3
"""A damaged project is noticed by what reads it, and what can be read of it is saved into a new one."""
import os
import pathlib
import shutil
import sqlite3
import subprocess

import program
import tap
from program import SEED, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"


def change(path, *statements):
    with sqlite3.connect(path) as db:
        for statement in statements:
            db.execute(statement)
    db.close()


def copy(name):
    path = WORK / name
    path.write_bytes(PROJECT.read_bytes())
    return path


def takes(path):
    """What takes part, by id."""
    return {row["id"]: (row["label"], row["n_samples"]) for row in good("--json", "list", path).json["recordings"] if not row["disabled"]}


def test_whole_project_is_whole():
    good("new", PROJECT)
    good("import", PROJECT, SEED / "conor-v2", "--person", "conor")
    good("train", PROJECT, "--preset", "classic", "--epochs", "2")
    assert good("--json", "check", PROJECT).json["file"] == {"whole": True, "fault": None, "unreadable": [], "changed": [],
                                                               "models": []}
    assert "damaged" not in good("check", PROJECT).out
    saved = good("--json", "repair", PROJECT, WORK / "same.waggle").json
    n = good("--json", "info", PROJECT).json["recordings"]
    assert saved == {"project": str(WORK / "same.waggle"), "recordings": n, "lost": 0, "nameless": 0, "changed": 0,
                     "models": 1, "models_lost": 0}, saved
    assert takes(WORK / "same.waggle") == takes(PROJECT)


def test_what_cannot_be_read_is_told_by_each_command():
    damaged = copy("rows.waggle")
    change(damaged, "UPDATE recordings SET original = x'01' WHERE id IN (3, 4)",
           "UPDATE recordings SET original = substr(original, 1, 5) || x'17' || substr(original, 7) WHERE id = 9",
           "DELETE FROM takes WHERE recording = 11")
    told = "2 recordings of the project are damaged and were left out: “repair” saves the others"
    for words in (["info", damaged], ["list", damaged], ["check", damaged]):
        result = good(*words)
        assert result.err.count(told) == 1, result.err
    assert good("--quiet", "info", damaged).err == ""
    file = good("--json", "check", damaged).json["file"]
    assert file == {"whole": False, "fault": None, "unreadable": [3, 4, 11], "changed": [9], "models": []}, file
    assert "3 recordings cannot be read and are left out: 3 4 11\n1 recording has other values than were stored: 9\n" in good("check", damaged).out
    result = good("repair", damaged, WORK / "rows-saved.waggle")
    n = good("--json", "info", PROJECT).json["recordings"]
    assert result.out == (f"{WORK}/rows-saved.waggle: {n - 2} recordings and 1 model saved\n"
                          "2 recordings are lost, or more that nothing tells of\n"
                          "1 recording has other values than were stored, and is disabled\n"
                          "1 recording has lost its label, and is disabled as “recovered”\n"), result.out
    left = takes(WORK / "rows-saved.waggle")
    assert left == {id: take for id, take in takes(PROJECT).items() if id not in (3, 4, 9, 11)}
    good("train", WORK / "rows-saved.waggle", "--preset", "classic", "--epochs", "1")


def test_damaged_model_is_not_used():
    """One byte of its weights: the watch would get another model than was judged."""
    damaged = copy("model.waggle")
    change(damaged, "UPDATE models SET data = substr(data, 1, 99) || x'2b' || substr(data, 101)")
    refused("evaluate", damaged, "--model", "float", says=["model 1 of the project is damaged and is not used: train again"])
    assert good("--json", "check", damaged).json["file"]["models"] == [1]
    assert "1 model is damaged and is not used: 1\n" in good("check", damaged).out
    result = good("repair", damaged, WORK / "model-saved.waggle").out
    assert " recordings and 0 models saved\n1 model is damaged and was left out: train again\n" in result, result
    good("train", damaged, "--preset", "classic", "--epochs", "1")
    good("evaluate", damaged, "--model", "float")


def test_log_of_another_project_is_left_out():
    """What a killed program left beside a project that was replaced since."""
    used, other = copy("used.waggle"), WORK / "put-back.waggle"
    good("new", other)
    good("import", other, SEED / "conor-v3", "--person", "conor")
    content = takes(other)
    db = sqlite3.connect(used)
    db.execute("SELECT * FROM facts").fetchall()  # while somebody has it, closing it leaves the log
    good("edit", used, "1", "--label", "x")
    log = pathlib.Path(f"{used}-wal").read_bytes()
    db.close()
    pathlib.Path(f"{other}-wal").write_bytes(log)
    result = good("info", other)
    assert result.err == (f"{other}-wal, which lay beside the project, is not of this project: it was left out, and is "
                          f"{other}.log now.\n"), result.err
    assert takes(other) == content and pathlib.Path(f"{other}.log").read_bytes() == log
    assert good("info", other).err == ""


def test_two_programs_at_once_agree_on_a_log():
    """Neither takes it for the other's while that one still looks."""
    other = WORK / "put-back.waggle"
    content, log = takes(other), pathlib.Path(f"{other}.log").read_bytes()
    for _ in range(20):
        pathlib.Path(f"{other}.log").unlink(missing_ok=True)
        pathlib.Path(f"{other}-wal").write_bytes(log)
        both = [subprocess.Popen([program.CLI, "info", other], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                for _ in range(2)]
        said = [one.communicate(timeout=60)[1] for one in both]
        assert sum("is not of this project" in words for words in said) == 1, said
        assert takes(other) == content
    assert sorted(path.name for path in WORK.glob(".put-back*")) == []


def test_log_is_not_left_out_where_it_cannot_be_read():
    folder = WORK / "kept"
    folder.mkdir()
    used = folder / "used.waggle"
    shutil.copy(PROJECT, used)
    db = sqlite3.connect(used)
    db.execute("SELECT * FROM facts").fetchall()
    good("edit", used, "1", "--label", "x")
    for ending in ("", "-wal"):
        shutil.copy(f"{used}{ending}", f"{folder}/read{ending}".replace("read", "read.waggle"))
    db.close()
    WORK.chmod(0o755)
    folder.chmod(0o555)
    nobody = [] if os.getuid() else ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    done = subprocess.run([*nobody, program.CLI, "repair", folder / "read.waggle", WORK / "out.waggle"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    folder.chmod(0o755)
    assert done.returncode == 1 and "was not closed well" in done.stderr, done


def test_file_that_does_not_open_is_saved():
    whole = PROJECT.read_bytes()
    cut = WORK / "cut.waggle"
    cut.write_bytes(whole[:len(whole) * 2 // 3])
    refused("info", cut, says=["cut short", "“repair”"])
    before = cut.read_bytes()
    saved = good("--json", "repair", cut, WORK / "cut-saved.waggle").json
    assert 0 < saved["recordings"] < good("--json", "info", PROJECT).json["recordings"], saved
    assert cut.read_bytes() == before
    was = takes(PROJECT)
    assert all(was[id] == take for id, take in takes(WORK / "cut-saved.waggle").items())


def test_refusals():
    other = WORK / "noise.waggle"
    other.write_bytes(bytes(5000))
    refused("repair", other, WORK / "new.waggle", says=["noise.waggle", "nothing can be saved"])
    refused("repair", PROJECT, WORK / "same.waggle", says=["same.waggle exists already"])
    refused("repair", WORK / "not-there.waggle", WORK / "new.waggle", says=["not-there.waggle"])
    refused("repair", PROJECT, WORK / "no-folder" / "new.waggle", says=["no-folder"])
    assert not (WORK / "new.waggle").exists() and not list(WORK.glob("*.partial*"))


if __name__ == "__main__":
    try:
        tap.main("/cli/repair")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
