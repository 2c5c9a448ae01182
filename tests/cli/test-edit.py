#!/usr/bin/env python3
"""Edits by the command line: each can be undone, from command to command."""
import shutil

import program
import tap
from program import SEED, cli, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"


def listed():
    return {row["id"]: row for row in good("--json", "list", PROJECT).json["recordings"]}


def ids_of(label):
    return [number for number, row in listed().items() if row["label"] == label]


def edited(*words):
    """What it says, and that undo and redo lead exactly back and forth."""
    before = listed()
    result = good("--json", "edit", PROJECT, *words).json
    after = listed()
    assert result["changed"] and result["redo"] is None, result
    good("edit", PROJECT, "--undo")
    assert listed() == before
    good("edit", PROJECT, "--redo")
    assert listed() == after
    return result["undo"], before, after


def test_an_import_is_undone_as_one():
    good("new", PROJECT)
    good("import", PROJECT, SEED / "conor-v2", "--person", "conor")
    n = len(listed())
    assert n > 100
    result = good("--json", "edit", PROJECT, "--undo").json
    assert listed() == {} and result["undo"] is None and result["redo"] == f"Import {n} takes", result
    good("edit", PROJECT, "--redo")
    assert len(listed()) == n
    refused("edit", PROJECT, "--redo", says=["nothing to redo"])


def test_each_edit_says_what_it_did_and_is_undone_exactly():
    label = next(iter(listed().values()))["label"]
    first, second, third = ids_of(label)[:3]
    text, _, after = edited(first, second, "--label", "new")
    assert text == "Relabel 2 takes" and after[first]["label"] == after[second]["label"] == "new"
    assert after[third]["label"] == label
    text, _, after = edited(first, "--person", "Ada")
    assert after[first]["person"] == "Ada", text
    text, _, after = edited(first, "--no-person")
    assert after[first]["person"] is None, text
    text, _, after = edited(first, "--wrist", "left")
    assert after[first]["wrist"] == "left" and after[second]["wrist"] is None, text
    text, _, after = edited(first, second, third, "--disable")
    assert text == "Leave out 3 takes" and after[third]["disabled"]
    text, _, after = edited(second, "--enable")
    assert not after[second]["disabled"] and after[third]["disabled"]
    text, before, after = edited(third, "--delete")
    assert text == "Delete 1 take" and third not in after and len(after) == len(before) - 1
    text, _, after = edited(third, "--take-back")
    assert third in after
    text, before, after = edited(first, "--trim", "3,5")
    assert after[first]["n_samples"] == 5 and after[first]["trim_first"] == 3
    assert after[first]["n_whole"] == before[first]["n_samples"]
    text, before, after = edited(first, "--untrim")
    assert after[first]["n_samples"] == before[first]["n_whole"] and "n_whole" not in after[first]
    text, before, after = edited("--rename", f"{label}=renamed")
    assert label not in {row["label"] for row in after.values()}, text


def test_a_long_recording_is_labelled_and_split():
    long = max(listed().values(), key=lambda row: row["n_samples"])
    text, _, after = edited(long["id"], "--span", "0,4,a", "--span", "6,5,b, with a comma")
    assert [span["label"] for span in after[long["id"]]["spans"]] == ["a", "b, with a comma"], text
    text, before, after = edited(long["id"], "--split")
    assert text == "Split a recording into 2 takes" and long["id"] not in after
    new = [after[number] for number in sorted(set(after) - set(before))]
    assert [(row["label"], row["n_samples"]) for row in new] == [("a", 4), ("b, with a comma", 5)]


def test_an_edit_that_changes_nothing_leaves_no_entry():
    number, row = next(iter(listed().items()))
    before = good("--json", "edit", PROJECT, number, "--label", row["label"]).json
    assert not before["changed"]
    assert "nothing changed" in good("edit", PROJECT, number, "--label", row["label"]).out


def test_an_earlier_model_counts_again_and_undo_takes_that_back():
    good("train", PROJECT, "--preset", "classic", "--epochs", "1")
    good("quantize", PROJECT)
    good("train", PROJECT, "--preset", "dense", "--epochs", "1")

    def current():
        return {row["kind"]: row["id"] for row in good("--json", "info", PROJECT).json["models"] if row["current"]}

    models = good("--json", "info", PROJECT).json["models"]
    first = min(row["id"] for row in models if row["kind"] == "float")
    second = max(row["id"] for row in models if row["kind"] == "float")
    assert current() == {"float": second}
    refused("evaluate", PROJECT, "--model", "int8", "--on", "validation", says=["quantize again"])
    good("edit", PROJECT, "--model", first)
    assert current()["float"] == first and "int8" in current()
    good("evaluate", PROJECT, "--model", "int8", "--on", "validation")
    good("edit", PROJECT, "--undo")
    assert current() == {"float": second}
    good("edit", PROJECT, "--redo")
    good("train", PROJECT, "--preset", "classic", "--epochs", "1")
    assert current()["float"] > second
    refused("edit", PROJECT, "--model", "4711", says=["4711"])


def test_wrong_use_and_what_is_not_there_change_nothing():
    before = listed()
    number = next(iter(before))
    for words in ((), (number,), (number, "--delete", "--disable"), ("--delete",), (number, "--undo"),
                  (number, number, "--trim", "1,2"), (number, "--trim", "1"), (number, "--trim", "1,2,3"),
                  (number, "--span", "1,a"), (number, "--wrist", "both"), ("x", "--delete"), ("--rename", "circle")):
        refused("edit", PROJECT, *words, code=2)
    for name in ("x" * 65, "a\nb", "a\tb", "a\u202eb"):
        for words in ((number, "--label", name), (number, "--person", name)):
            refused("edit", PROJECT, *words, code=2, says=["a name has"])
        refused("edit", PROJECT, "--rename", f"{before[number]['label']}={name}", says=["a name has"])
        refused("edit", PROJECT, number, "--span", f"0,3,{name}", says=["a name has"])
        refused("import", PROJECT, SEED / "james-v2" / "clap2.txt", "--label", name, code=2, says=["--label", "a name has"])
        refused("record", PROJECT, "--label", name, "--watch", "virtual:w", code=2, says=["--label", "a name has"])
    refused("edit", PROJECT, number, "4711", "--delete", says=["4711"])
    refused("edit", PROJECT, number, "--trim", "0,100000", says=["cannot be the take"])
    refused("edit", PROJECT, number, "--split", says=["stretch"])
    assert cli("edit", WORK / "none.waggle", "--undo").code == 1
    assert listed() == before


if __name__ == "__main__":
    try:
        tap.main("/cli/edit")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
