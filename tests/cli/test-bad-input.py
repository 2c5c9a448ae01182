#!/usr/bin/env python3
"""Bad input gets one clear sentence, exit 1, and loses nothing."""
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time

import program
import project_file
import tap
from program import CLI, SEED, SPLIT, cli, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"
READ_ONLY = WORK / "read-only"
HOSTILE = 'a"b\'c\\n</b>\n");load("x");//'


def count():
    return good("--json", "info", PROJECT).json["recordings"]


def test_truncated_project_is_refused_and_kept():
    good("new", PROJECT)
    good("import", PROJECT, SEED / "conor-v2", "--person", "conor")
    whole = PROJECT.read_bytes()
    for share in (0.1, 0.5, 0.9):
        cut = WORK / "cut.waggle"
        cut.write_bytes(whole[:int(len(whole) * share)])
        before = cut.read_bytes()
        refused("info", cut, says=["is cut short", f"{len(before)} of {len(whole)} bytes"])
        assert cut.read_bytes() == before


def test_foreign_files_are_no_projects():
    noise = WORK / "noise.waggle"
    noise.write_bytes(random.Random(1).randbytes(20000))
    (WORK / "empty.waggle").write_bytes(b"")
    (WORK / "text.waggle").write_text("SQLite format 4\n")
    with sqlite3.connect(WORK / "other.waggle") as other:
        other.execute("PRAGMA application_id = 7")
        other.execute("CREATE TABLE recordings (id)")
    other.close()
    for name in ("noise", "empty", "text", "other"):
        path = WORK / f"{name}.waggle"
        before = path.read_bytes()
        result = refused("info", path)
        assert result.err == f"waggle-cli info: {path} is no Waggle project\n", result.err
        assert path.read_bytes() == before
    refused("info", WORK / "not-there.waggle", says=["not-there"])
    refused("new", PROJECT, says=["exists already"])


def test_damaged_project_is_called_so_once():
    whole = bytearray(PROJECT.read_bytes())
    whole[100:2000] = bytes(1900)
    damaged = WORK / "damaged.waggle"
    damaged.write_bytes(whole)
    result = refused("info", damaged, says=["the project file is damaged"])
    assert result.err.count("project file") == 1, result.err


def as_reader(*words):
    """As one who may write nothing: root may, so it becomes nobody."""
    options = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
    return cli(*words, program=READ_ONLY / "waggle-cli", cwd="/", **options)


def test_project_that_can_only_be_read_is_read():
    READ_ONLY.mkdir()
    WORK.chmod(0o755)
    shutil.copy(CLI, READ_ONLY)  # which a build folder may keep from others
    project = READ_ONLY / "p ?#%.waggle"
    shutil.copy(PROJECT, project)
    good("train", project, "--preset", "classic", "--epochs", "2")
    good("quantize", project)
    model = READ_ONLY / "m.tflite"
    good("export", project, "--to", "tflite", model)
    windows = READ_ONLY / "w.json"
    windows.write_text('{"windows":[]}')
    before = project.read_bytes()
    out = WORK / "out"
    out.mkdir()
    out.chmod(0o777)
    takes = WORK / "takes"  # the source may lie where nobody else may look
    shutil.copytree(SEED / "conor-v3", takes)
    for file_mode in (0o444, 0o666):
        project.chmod(file_mode)
        READ_ONLY.chmod(0o555)
        for words in (("list", project), ("info", project), ("check", project, "--kind", "length"),
                      ("evaluate", project, "--on", "validation"), ("evaluate", project), ("inspect", model),
                      ("predict", model, windows), ("export", project, "--to", "tflite", out / "m.tflite", "--replace"),
                      ("cross-validate", project, "--folds", "2", "--preset", "classic", "--epochs", "1")):
            done = as_reader(*words)
            assert done.code == 0 and done.out, (words, done.err)
        for words in (("train", project), ("import", project, takes), ("quantize", project)):
            done = as_reader(*words)
            assert done.code == 1 and "can only be read" in done.err, (words, done.err)
        READ_ONLY.chmod(0o755)
    assert project.read_bytes() == before
    assert sorted(path.name for path in READ_ONLY.iterdir()) == ["m.tflite", "p ?#%.waggle", "w.json", "waggle-cli"]


def test_project_of_an_older_form_that_can_only_be_read_is_read_whole():
    project = READ_ONLY / "older.waggle"
    shutil.copy(PROJECT, project)
    before = good("--json", "list", project).json
    project_file.make_older(project, 4)
    project.chmod(0o444)
    READ_ONLY.chmod(0o555)
    done = as_reader("--json", "list", project)
    assert done.code == 0 and done.json == before, done.err
    done = as_reader("edit", project, "1", "--delete")
    assert done.code == 1 and "can only be read" in done.err, done.err
    READ_ONLY.chmod(0o755)
    # once it can be written it is of the new form, with all its takes
    project.chmod(0o644)
    assert good("--json", "list", project).json == before
    project.unlink()


def test_what_a_writer_left_beside_a_project_is_not_ignored():
    project = READ_ONLY / "p ?#%.waggle"
    (READ_ONLY / "p ?#%.waggle-wal").write_bytes(bytes(4096))
    project.chmod(0o444)
    READ_ONLY.chmod(0o555)
    done = as_reader("info", project)
    assert done.code == 1 and "not closed well" in done.err and "-wal" in done.err, done.err
    READ_ONLY.chmod(0o755)
    project.chmod(0o000)
    done = as_reader("info", project)
    assert done.code == 1 and "cannot be read: Permission denied" in done.err, done.err


def start_training_of_a_locked_project():
    project = WORK / "locked.waggle"
    shutil.copy(PROJECT, project)
    lock = sqlite3.connect(project, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    process = subprocess.Popen([CLI, "train", project, "--preset", "classic", "--epochs", "1"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    note = process.stderr.readline()
    assert note == "the project is in use by another program: waiting\n", note
    return project, lock, process


def test_finished_training_waits_for_the_program_that_writes_the_project():
    project, lock, process = start_training_of_a_locked_project()
    time.sleep(6)  # longer than other writes wait
    lock.execute("ROLLBACK")
    lock.close()
    assert process.wait(60) == 0 and process.stderr.read() == ""
    assert len(good("--json", "info", project).json["models"]) == 1


def test_waiting_for_a_locked_project_can_be_stopped():
    _, lock, process = start_training_of_a_locked_project()
    process.send_signal(signal.SIGINT)
    assert process.wait(3) == 130
    lock.close()


def test_binary_noise_as_text_is_refused():
    noise = WORK / "noise.txt"
    noise.write_bytes(random.Random(2).randbytes(5000))
    before = count()
    refused("import", PROJECT, noise, says=["noise.txt"])
    assert count() == before


def test_missing_column_is_named():
    table = WORK / "left.csv"
    table.write_text("timestamp,accX,accZ\n0,0.1,0.9\n80,0.1,0.9\n")
    refused("import", PROJECT, table, says=["left.csv", "acceleration y"])


def test_a_file_of_which_nothing_could_be_read_is_refused():
    table = WORK / "holes.csv"
    table.write_text("timestamp,accX,accY,accZ\n0,0.1,0.2\n80,0.1,,0.9\n")
    refused("import", PROJECT, table, says=["holes.csv:2", "nothing was added"])


def test_refused_lines_are_named_with_file_and_line():
    text = WORK / "mixed.txt"
    text.write_text("prose\nup(2), 1,2,3,4,5,6\nup(3), 1,2,3\nup(1), 1,2,999\nup(2), 7,8,9,1,x,3\n")
    done = good("--json", "import", PROJECT, text).json
    assert done["added"] == 1 and len(done["refused"]) == 3
    for line, refusal in zip((3, 4, 5), done["refused"]):
        assert f"mixed.txt:{line}:" in refusal, refusal


def test_texts_of_other_systems_are_read():
    text = "up(2), 1,2,3,4,5,6\nup(2), 7,8,9,1,2,3\n"
    for name, coded in (("utf8", b"\xef\xbb\xbf" + text.encode()),
                        ("utf16", b"\xff\xfe" + text.encode("utf-16-le")),
                        ("utf16-big", b"\xfe\xff" + text.encode("utf-16-be"))):
        project, path = WORK / f"{name}.waggle", WORK / f"{name}.txt"
        path.write_bytes(coded)
        good("new", project)
        done = good("--json", "import", project, path).json
        assert done["added"] == 2 and not done["refused"], (name, done)
        assert list(good("--json", "info", project).json["labels"]) == ["up"]
    (WORK / "half.txt").write_bytes(b"\xff\xfeu\x00p")
    refused("import", WORK / "utf8.waggle", WORK / "half.txt", says=["half.txt", "UTF-16"])


def test_links_inside_a_folder_are_named_not_followed():
    folder = WORK / "links"
    folder.mkdir()
    (folder / "up.txt").write_text("up(2), 9,8,7,6,5,4\n")
    (folder / "gone.txt").symlink_to(WORK / "nowhere")
    (folder / "round").symlink_to(folder)
    done = good("--json", "import", WORK / "utf8.waggle", folder).json
    assert done["added"] == 1 and len(done["refused"]) == 2, done
    assert all("a link" in refusal for refusal in done["refused"]), done


def test_more_folds_than_takes_are_refused():
    refused("cross-validate", WORK / "utf8.waggle", "--folds", "50", says=["50 folds", "50 takes"])


def test_unknown_label_in_a_split_is_named():
    split = json.loads(SPLIT.read_text())
    split["train"][0]["label"] = "somersault"
    path = WORK / "split.json"
    path.write_text(json.dumps(split))
    refused("train", PROJECT, "--split", path, says=["somersault"])
    path.write_text("{not json")
    refused("train", PROJECT, "--split", path, says=["split.json"])


def test_hostile_label_reaches_the_watch_unharmed():
    hostile = WORK / "hostile.waggle"
    good("new", hostile)
    good("import", hostile, SEED / "conor-v2" / "up_up.txt", "--label", "hostile")
    good("import", hostile, SEED / "conor-v2" / "swipe_left.txt", "--label", "plain")
    project_file.name_as_before(hostile, "hostile", HOSTILE)
    good("train", hostile, "--preset", "classic", "--epochs", "3")
    good("quantize", hostile)
    done = good("--json", "deploy", hostile, "--watch", f"virtual:{WORK / 'w'}").json
    assert done["self_test"]["equal"] == 20
    rows = good("--json", "listen", hostile, "--threshold", "0", "--watch",
                f"virtual:{WORK / 'w'}?perform=split:test&speed=40").rows
    assert {row["watch"]["label"] for row in rows[:-1]} <= {HOSTILE, "plain", None}


def test_no_watch_at_the_address_is_said():
    for project in (WORK / "hostile.waggle",):
        refused("deploy", project, "--watch", "serial:/dev/ttyNOWHERE", says=["/dev/ttyNOWHERE"])
        refused("deploy", project, "--watch", "pigeon:5", code=2, says=["pigeon"])


def test_model_too_big_for_the_watch_is_not_deployed():
    refused("deploy", WORK / "hostile.waggle", "--kind", "nothing", "--watch", f"virtual:{WORK / 'w'}",
            code=2, says=["bangle2"])
    big = WORK / "big.waggle"
    shutil.copy(WORK / "hostile.waggle", big)
    good("train", big, "--preset", "dense", "--epochs", "1")
    good("quantize", big, "--for", "bangle1")
    refused("deploy", big, "--mode", "builtin", "--kind", "microbit2", "--watch", f"virtual:{WORK / 'w'}")


def test_an_older_int8_model_is_not_taken_for_the_new_one():
    older = WORK / "older.waggle"
    shutil.copy(WORK / "hostile.waggle", older)
    good("train", older, "--preset", "classic", "--epochs", "1", "--seed", "2")
    refused("evaluate", older, "--model", "int8", says=["quantize again"])
    refused("deploy", older, "--watch", f"virtual:{WORK / 'w'}", says=["quantize again"])


def test_a_watch_with_another_model_is_not_listened_to():
    other = WORK / "other.waggle"
    shutil.copy(WORK / "hostile.waggle", other)
    good("train", other, "--preset", "classic", "--epochs", "1", "--seed", "3")
    good("quantize", other)
    refused("listen", other, "--watch", f"virtual:{WORK / 'w'}?perform=split:test&speed=40",
            says=["another model", "deploy again"])


def test_arena_beyond_the_watch_is_named_with_both_numbers():
    model = program.SOURCE / "tests/data/golden/seed-v11-float.tflite"
    found = good("--json", "inspect", model, "--for", "bangle2").json
    assert not found["fits"] and "4504" in found["reasons"][0] and "4000" in found["reasons"][0], found
    result = program.cli("deploy", model, "--names", "a,b,c,d,e,f", "--watch", f"virtual:{WORK / 'w5'}")
    assert result.code == 1 and "4504" in result.err and "4000" in result.err, result.err
    assert not list((WORK / "w5").glob("*"))


def test_one_changed_weight_byte_fails_the_self_test():
    folder = WORK / "w3"
    good("deploy", WORK / "hostile.waggle", "--watch", f"virtual:{folder}")
    model = good("export", WORK / "hostile.waggle", "--to", "tflite", WORK / "h.tflite")
    assert model.code == 0
    whole = (WORK / "h.tflite").read_bytes()
    stored = [p for p in folder.rglob("*") if p.is_file() and p.read_bytes() == whole]
    assert len(stored) == 1, list(folder.rglob("*"))
    watch = f"virtual:{folder}"
    kept = good("--json", "deploy", WORK / "hostile.waggle", "--watch", watch, "--test-only").json
    assert kept["self_test"] == {"n": 20, "equal": 20}
    # the last quarter of the file holds weights; one bit of one of them
    for at in range(len(whole) // 2, len(whole), 97):
        stored[0].write_bytes(whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1:])
        done = cli("--json", "deploy", WORK / "hostile.waggle", "--watch", watch, "--test-only")
        if done.code == 1 and done.out:
            assert done.json["self_test"]["equal"] < 20
            return
    raise AssertionError("no changed byte was noticed")


if __name__ == "__main__":
    os.environ.setdefault("XDG_STATE_HOME", str(WORK / "state"))
    try:
        tap.main("/cli/bad-input")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
