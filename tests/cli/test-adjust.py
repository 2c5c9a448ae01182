#!/usr/bin/env python3
"""Checks before a deployment, corrected takes that a model learns from, and when a watch answers."""
import base64
import json

import program
import tap
from program import SEED, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"
WATCH = f"virtual:{WORK / 'watch'}"


def record():
    return json.loads((WORK / "watch" / "waggle.json").read_text(encoding="utf-8"))


def test_ready_says_of_each_check_how_it_is():
    good("new", PROJECT)
    for name in ("up_up", "clap2", "wraggle"):
        good("import", PROJECT, SEED / "conor-v2" / f"{name}.txt")
    refused("ready", PROJECT, "--for", "bangle2", says=["train"])
    good("--quiet", "train", PROJECT, "--epochs", 10)
    good("--quiet", "quantize", PROJECT)
    alone = good("--json", "ready", PROJECT, "--for", "bangle2").json
    verdicts = {check["name"]: check["verdict"] for check in alone["checks"]}
    assert alone["ready"] and verdicts["watch"] == verdicts["storage"] == "unknown", verdicts
    asked = good("--json", "ready", PROJECT, "--watch", WATCH).json
    assert {check["verdict"] for check in asked["checks"]} == {"good"} and not asked["is_there"], asked
    assert len(asked["checks"]) == 8 and asked["storage_bytes"] < asked["storage_free_bytes"], asked


def test_ready_says_what_a_small_watch_lacks():
    small = good("--json", "ready", PROJECT, "--watch", f"virtual:{WORK / 'small'}?storage=4000").json
    (storage,) = [check for check in small["checks"] if check["name"] == "storage"]
    assert not small["ready"] and storage["verdict"] == "bad" and storage["todo"], small


def test_adjusts_the_threshold_without_a_deployment():
    refused("adjust", PROJECT, "--watch", WATCH, "--threshold", "0.9", says=["deploy one first"])
    good("--quiet", "deploy", PROJECT, "--watch", WATCH)
    crc = record()["crc"]
    told = good("--json", "adjust", PROJECT, "--watch", WATCH, "--threshold", "0.9", "--debounce", "2,500").json
    assert told["debounce_now"] is False and record()["threshold"] == 0.9 and record()["crc"] == crc
    assert good("--json", "carries", "--watch", WATCH).json["now"]["verified"] is True
    good("--quiet", "deploy", PROJECT, "--watch", WATCH)  # kept in the project
    assert record()["threshold"] == 0.9 and record()["debounce"] == [2, 500], record()
    told = good("--json", "adjust", PROJECT, "--watch", WATCH, "--threshold", "0.6", "--debounce", "0").json
    assert told["debounce_now"] is True and record()["debounce"] == [1, 1] and record()["threshold"] == 0.6


def test_adjusting_can_be_undone_and_put_there_as_kept():
    good("edit", PROJECT, "--undo")
    assert record()["threshold"] == 0.6  # the watch was not asked
    told = good("--json", "adjust", PROJECT, "--watch", WATCH, "--as-kept").json
    assert told["threshold"] == record()["threshold"] == 0.9 and record()["debounce"] == [2, 500], (told, record())
    good("edit", PROJECT, "--redo")  # which putting it there has not made impossible
    said = good("adjust", PROJECT, "--watch", WATCH, "--as-kept").out
    assert said == "the watch answers from 60 % on\n", said
    assert record()["threshold"] == 0.6 and record()["debounce"] == [1, 1], record()


def test_a_corrected_gesture_is_a_take_that_the_model_learns_from():
    refused("adapt", PROJECT, says=["no takes came since"])
    history = bytes((40 * (i % 7) - 90 * (i % 2)) % 256 for i in range(3 * 20))
    told = good("--json", "correct", PROJECT, "--label", "upup", "--input", base64.b64encode(history).decode()).json
    assert not told["known"]
    (row,) = [row for row in good("--json", "list", PROJECT).json["recordings"] if row["id"] == told["id"]]
    assert row["label"] == "upup", row
    tried = good("--json", "adapt", PROJECT, "--dry-run").json
    assert tried["since"] == 1 and tried["kept"] is False and tried["before"]["wrong"] <= tried["validation"]
    kept = good("--json", "adapt", PROJECT).json
    assert (kept["before"], kept["after"]) == (tried["before"], tried["after"]) and kept["kept"] is True
    good("--quiet", "quantize", PROJECT)
    refused("adapt", PROJECT, says=["no takes came since"])
    refused("correct", PROJECT, "--label", "upup", "--input", "AAA=", code=2, says=["2 bytes"])


def test_a_gesture_that_the_model_does_not_know_wants_a_training():
    said = good("correct", PROJECT, "--label", "somersault", "--input", base64.b64encode(bytes(range(60))).decode()).out
    assert said.startswith("take ") and "is “somersault”" in said and "adapt" in said, said
    refused("adapt", PROJECT, says=["does not know the gesture “somersault”", "train"])


def test_a_gesture_that_was_kept_before_keeps_its_name():
    words = ("correct", PROJECT, "--input", base64.b64encode(bytes(range(3, 63))).decode(), "--label")
    told = good("--json", *words, "cartwheel").json
    assert not told["known"] and told["label"] == "cartwheel", told
    said = good(*words, "cartwheel").out
    assert said == f"take {told['id']} is “cartwheel”: it was here before, and nothing was added\n", said
    said = good(*words, "handstand").out
    assert said.startswith(f"take {told['id']} is “cartwheel”") and f"edit PROJECT {told['id']} --label" in said, said
    good("edit", PROJECT, told["id"], "--label", "handstand")
    assert good("--json", *words, "handstand").json == {**told, "known": True, "label": "handstand", "wanted": "handstand"}
    good("edit", PROJECT, told["id"], "--delete")
    refused(*words, "handstand", says=[f"take {told['id']} ", "deletion"])
    good("edit", PROJECT, "--undo")


def test_when_to_answer_is_told_once():
    refused("adjust", PROJECT, "--watch", WATCH, code=2, says=["needs", "--threshold P", "--as-kept"])
    for words in (("--threshold", "0.5"), ("--debounce", "0")):
        refused("adjust", PROJECT, "--watch", WATCH, "--as-kept", *words, code=2, says=["--as-kept", words[0]])


def test_a_threshold_that_is_kept_is_said_in_words():
    said = good("set-threshold", PROJECT, "--to", "0.8", "--other", "upup").out
    assert said == "the watch answers from 80.0 % on, and never “upup”, from the next deployment on\n", said


if __name__ == "__main__":
    tap.main("/cli/adjust")
