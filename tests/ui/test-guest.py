#!/usr/bin/env python3
"""Somebody else records a test: it is judged beside one's own takes, and trains nothing."""
import json
import sqlite3
import subprocess
import sys

import driver
import program

FILES = {"upup": "upup.txt", "snap": "snap.txt", "waggle": "wraggle.txt"}
window = project = None


def cli(*words):
    done = subprocess.run([driver.BUILD / "src/cli/waggle-cli", "--json", *map(str, words)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0, (words, done.stderr)
    return json.loads(done.stdout)


def make_project(folder):
    """The last takes of one person: what the virtual watch performs, the first ones, is not among them."""
    global project
    project = folder / "gestures.waggle"
    seed = driver.SOURCE / "data" / "recordings" / "bangle-gestures" / "james-v2"
    cli("new", project)
    for label, name in FILES.items():
        cli("import", project, seed / name, "--label", label, "--person", "james")
    with sqlite3.connect(project) as db:
        for label in FILES:
            ids = [one for one, in db.execute("SELECT recording FROM takes WHERE label = ? ORDER BY recording", (label,))]
            for table, key in (("takes", "recording"), ("recordings", "id")):
                db.executemany(f"DELETE FROM {table} WHERE {key} = ?", [(one,) for one in ids[:-30]])
    cli("train", project)
    cli("quantize", project)


def n_own():
    return cli("info", project)["recordings"]


def test_waits_for_a_name():
    window.go("Evaluate")
    window.view("Guest")
    window.wait_for_text("Your own, kept aside: ")
    record = window.wait_for(lambda: window.find("Record the Guest", "push button"), "the button")
    assert not record.get_state_set().contains(window.atspi.StateType.SENSITIVE)


def test_records_each_gesture_of_a_guest():
    window.wait_for_text("Watch: Bangle.js 2")
    window.write("Name of the guest", "Ada")
    window.write_number("Takes of each gesture", 2)
    window.click("Record the Guest")
    window.wait_for(lambda: [text for text in window.texts() if text.startswith("Ada: ") and " of 6 right" in text],
                    "the sentence of six takes")
    guests = cli("info", project)["guests"]
    assert guests == [{"name": "Ada", "takes": 6}], guests
    assert n_own() == 90


def test_shows_both_matrices():
    report = cli("evaluate", project, "--on", "guest")
    assert report["n"] == 6 and report["guest"]["n"] == 6, report["guest"]
    window.wait_for_text(report["guest"]["words"])
    window.wait_for_text(f"Ada: {100 * report['accuracy']:.1f} %")
    for name in ("Confusion matrix of your own takes", "Confusion matrix of the guest"):
        window.wait_for(lambda which=name: window.find(which).get_description().startswith("True gesture"), name)


def splits_of(kind):
    with sqlite3.connect(project) as db:
        return [json.loads(meta).get("split") for meta, in db.execute("SELECT meta FROM models WHERE kind = ?", (kind,))]


def test_trains_nothing_with_them():
    theirs = {row["id"] for row in cli("list", project, "--guest")["recordings"]}
    assert len(theirs) == 6
    window.go("Train")
    window.click("Train Again")
    window.wait_for(lambda: len(splits_of("int8")) == 2, "the model of the second training")
    splits = splits_of("float")
    assert len(splits) == 2 and not any(theirs & set(ids) for split in splits for ids in split.values())
    window.go("Record")
    assert window.find_starting("90 takes")  # they are none of the project's own


def test_removes_them_and_undoes_it():
    window.go("Evaluate")
    window.wait_for_text("Ada: ")
    window.click("Remove")
    window.wait_for(lambda: not window.find_starting("Ada: "), "no guest")
    assert cli("info", project)["guests"] == []
    window.click("Undo")
    window.wait_for_text("Ada: ")
    assert cli("info", project)["guests"] == [{"name": "Ada", "takes": 6}]


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global window
    driver.enter()
    folder = program.folder()
    make_project(folder)
    window = driver.Window(project, "--watch", f"virtual:{folder / 'watch'}?speed=8")
    return driver.run("guest")


if __name__ == "__main__":
    sys.exit(main())
