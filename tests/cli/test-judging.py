#!/usr/bin/env python3
"""Training again in place, what was changed after the test was opened, and somebody else's test."""
import json
import sqlite3

import tap
from program import SEED, folder, good, refused

FILES = {"upup": "upup.txt", "snap": "snap.txt", "waggle": "wraggle.txt"}


def small_project(path):
    good("new", path)
    for name in FILES:
        good("import", path, SEED / "james-v2" / FILES[name], "--label", name, "--person", "james")
    return path


def train(path, *words):
    return good("--json", "train", path, *words).json


def split_of(path):
    with sqlite3.connect(path) as db:
        meta = json.loads(db.execute("SELECT meta FROM models WHERE kind = 'float' ORDER BY id DESC").fetchone()[0])
    return {part: set(ids) for part, ids in meta["split"].items()}


def relabel(path, ids, label):
    with sqlite3.connect(path) as db:
        db.executemany("UPDATE takes SET label = ? WHERE recording = ?", [(label, one) for one in ids])


def test_training_again_keeps_every_take_in_its_part():
    path = small_project(folder() / "p.waggle")
    first = train(path, "--epochs", "6", "--batch", "16", "--seed", "7", "--split-seed", "3")
    before = split_of(path)
    relabel(path, sorted(before["train"])[:5] + sorted(before["validation"])[:3], "other")
    again = train(path, "--again")
    assert split_of(path) == before
    assert again["seed"] == 7 and again["settings"] == first["settings"], again
    good("import", path, SEED / "conor-v2", "--person", "conor")
    train(path, "--again")
    after = split_of(path)
    assert all(before[part] < after[part] for part in before), {part: len(after[part]) for part in after}
    assert sum(map(len, after.values())) == good("--json", "info", path).json["recordings"]


def test_training_again_on_the_same_takes_is_the_same_to_the_bit():
    path = small_project(folder() / "p.waggle")
    train(path, "--epochs", "5", "--seed", "3", "--tail", "0.2", "--class-weights", "on")
    train(path, "--again")
    with sqlite3.connect(path) as db:
        first, second = db.execute("SELECT data FROM models WHERE kind = 'float' ORDER BY id").fetchall()
    assert first == second


def test_training_again_leaves_out_what_it_was_told_to_leave_out():
    path = small_project(folder() / "p.waggle")
    train(path, "--labels", "upup,snap", "--epochs", "3")
    before = split_of(path)
    train(path, "--again")
    train(path, "--again")
    assert split_of(path) == before
    refused("train", path, "--again", "--epochs", "4", code=2, says=("--again", "--epochs"))


def test_training_again_needs_a_model():
    path = small_project(folder() / "p.waggle")
    refused("train", path, "--again", says=("no float model yet",))


def test_opened_test_tells_what_was_changed_after():
    path = small_project(folder() / "p.waggle")
    train(path, "--epochs", "5")
    good("quantize", path)
    first = good("--json", "evaluate", path, "--on", "test").json
    assert (first["test_opened"], first["test_changed"]) == (1, []), first["test_note"]
    assert first["test_note"] == "The test split was opened 1 time."
    second = good("--json", "evaluate", path, "--on", "test", "--model", "float").json
    assert second["test_changed"] == [], second  # asking the other form changes nothing
    assert "Nothing was changed since the first" in second["test_note"]
    relabel(path, sorted(split_of(path)["train"])[:2], "snap2")
    third = good("--json", "evaluate", path, "--on", "test").json
    assert third["test_changed"] == ["labels"], third["test_note"]
    assert "2 takes were relabelled" in third["test_note"] and third["test_opened"] == 3
    train(path, "--again")
    good("quantize", path)
    fourth = good("--json", "evaluate", path, "--on", "test").json
    assert fourth["test_changed"] == ["model", "labels"], fourth["test_note"]
    train(path, "--epochs", "6")
    good("quantize", path)
    good("import", path, SEED / "conor-v2", "--person", "conor")
    fifth = good("evaluate", path, "--on", "test")
    assert "trained with other settings" in fifth.out and "259 takes were added" in fifth.out, fifth.out[-400:]


def test_project_opened_by_an_earlier_version_counts_on():
    path = small_project(folder() / "p.waggle")
    train(path, "--epochs", "3")
    good("quantize", path)
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO facts VALUES ('test-opened', '4')")
    report = good("--json", "evaluate", path, "--on", "test").json
    assert report["test_opened"] == 5 and "not known" in report["test_note"], report["test_note"]
    assert "Nothing was changed" in good("evaluate", path, "--on", "test").out


def test_guest_is_judged_and_never_trained_on():
    path = small_project(folder() / "p.waggle")
    n_own = good("--json", "info", path).json["recordings"]
    refused("import", path, SEED / "conor-v2", "--guest", code=2, says=("--person",))
    guests = good("--json", "import", path, SEED / "conor-v2", "--guest", "--person", "conor").json
    assert guests["added"] == 259, guests
    info = good("--json", "info", path).json
    assert info["recordings"] == n_own and info["guests"] == [{"name": "conor", "takes": 259}], info
    train(path, "--epochs", "10")
    good("quantize", path)
    theirs = {row["id"] for row in good("--json", "list", path, "--guest").json["recordings"]}
    assert len(theirs) == 259
    assert all(not theirs & ids for ids in split_of(path).values())
    report = good("--json", "evaluate", path, "--on", "guest").json
    assert {take["id"] for take in report["takes"]} <= theirs and report["n"] > 50, report["n"]
    assert report["guest"]["words"].startswith("conor: "), report["guest"]
    assert report["guest"]["n"] == report["n"] and report["guest"]["correct"] == report["n"] - report["errors"]
    # what is judged in turn does not know them either, and enabling them by hand in the file does not bring them in
    with sqlite3.connect(path) as db:
        db.execute("UPDATE takes SET disabled = 0")
    folds = good("--json", "cross-validate", path, "--folds", "2", "--epochs", "2").json
    assert not theirs & {take["id"] for take in folds["takes"]}
    train(path, "--again")
    assert all(not theirs & ids for ids in split_of(path).values())
    refused("evaluate", path, "--on", "guest", "--model", "float", "--person", "eve", says=("“eve”",))
    refused("evaluate", path, "--person", "conor", code=2, says=("--on guest",))


def test_each_person_has_a_worst_gesture():
    path = small_project(folder() / "p.waggle")
    good("import", path, SEED / "conor-v2", "--person", "conor")
    report = good("--json", "cross-validate", path, "--leave-one-person-out", "--epochs", "4", "--labels",
                  ",".join(FILES)).json
    assert {group["name"] for group in report["groups"]} == {"james", "conor"}
    for group in report["groups"]:
        assert group["worst_label"]["label"] in FILES and group["worst_label"]["support"] > 0, group
        assert group["errors"] == round(group["n"] * (1 - group["accuracy"])), group
        assert group["worst_label"]["recall"] <= group["accuracy"] + 1e-9, group  # a mean is above the least


if __name__ == "__main__":
    tap.main("/cli/judging")
