#!/usr/bin/env python3
"""A model's size before it is trained, the history of trainings, thresholds and takes changed as one says."""
import math

import program
import tap
from program import good, refused

WORK = program.folder()
PROJECT = program.seed_project(WORK / "p.waggle")
QUICK = ("--epochs", "4", "--threads", "1")


def train(*options):
    good("train", PROJECT, *QUICK, *options)
    return good("--json", "quantize", PROJECT).json


def test_what_is_foreseen_is_what_it_becomes():
    for preset in ("classic", "waggle"):
        foreseen = good("--json", "foresee", PROJECT, "--preset", preset).json
        made = train("--preset", preset)
        for member in ("bytes", "arena_bytes", "arena_limit_bytes", "operations", "fits", "reasons"):
            assert foreseen[member] == made[member], (preset, member, foreseen[member], made[member])
        assert foreseen["gestures"] == 8, foreseen


def test_foresees_other_windows_and_says_that_no_watch_has_them():
    foreseen = good("--json", "foresee", PROJECT, "--rate", "25", "--window", "2s", "--channels", "x,y,z,magnitude").json
    assert not foreseen["fits"] and foreseen["reasons"], foreseen
    refused("foresee", PROJECT, "--preset", "none", code=2, says=["none"])


def test_lists_trainings_with_what_changed():
    train("--preset", "waggle", "--seed", "5")
    runs = good("--json", "runs", PROJECT).json["runs"]
    assert [run["preset"] for run in runs] == ["waggle", "waggle", "classic"], runs
    assert [run["is_used"] for run in runs] == [True, False, False]
    assert [change["name"] for change in runs[0]["changes"]] == ["seed"], runs[0]["changes"]
    assert runs[2]["changes"] is None
    for run in runs:
        assert all(len(curve) == 4 for curve in run["curves"].values()), run["curves"]
        assert sum(map(sum, run["confusion"])) == run["n"] == run["takes"]["validation"], run
        assert sum(run["confusion"][i][i] for i in range(8)) == run["right"], run
    evaluated = good("--json", "evaluate", PROJECT, "--model", "int8", "--on", "validation").json
    assert evaluated["confusion"] == runs[0]["confusion"]


def test_compares_two_trainings():
    runs = good("--json", "runs", PROJECT).json["runs"]
    old, new = runs[2], runs[0]
    compared = good("--json", "runs", PROJECT, "--compare", f"{old['id']},{new['id']}").json["compared"]
    names = [change["name"] for change in compared["changes"]]
    assert names[:2] == ["preset", "seed"] and "learning_rate" in names, names
    for row, (before, after) in enumerate(zip(old["confusion"], new["confusion"])):
        assert compared["confusion_change"][row] == [b - a for a, b in zip(before, after)]
    for pair in ("1", "1,", "1,9999", "x,y"):
        refused("runs", PROJECT, "--compare", pair, code=2, says=["--compare"])


def test_goes_back_to_an_earlier_training():
    runs = good("--json", "runs", PROJECT).json["runs"]
    good("runs", PROJECT, "--use", str(runs[2]["id"]))
    used = [run["id"] for run in good("--json", "runs", PROJECT).json["runs"] if run["is_used"]]
    assert used == [runs[2]["id"]], used
    evaluated = good("--json", "evaluate", PROJECT, "--model", "int8", "--on", "validation").json
    assert evaluated["preset"] == "classic" and evaluated["confusion"] == runs[2]["confusion"]
    good("runs", PROJECT, "--use", str(runs[0]["id"]))
    refused("runs", PROJECT, "--use", "9999", code=1, says=["9999"])


def test_counts_answers_at_a_threshold():
    last = None
    for threshold in ("0.5", "0.7", "0.9", "0.99"):
        told = good("--json", "answers", PROJECT, "--threshold", threshold, "--other", "random").json
        assert told["right"] + told["wrong"] + told["unanswered"] == told["gestures"], told
        assert told["gestures"] + told["others"] == told["n"] == len(told["takes"]), told
        if last:
            assert told["unanswered"] >= last["unanswered"] and told["wrong"] <= last["wrong"], (last, told)
        last = told
    wrong = [take for take in told["takes"] if told["labels"][take["best"]] != "random" and take["probability"] >= 0.99
             and take["best"] != take["true"] and told["labels"][take["true"]] != "random"]
    assert len(wrong) == told["wrong"], (wrong, told)


def test_keeps_a_threshold_that_was_chosen():
    good("set-threshold", PROJECT, "--to", "0.8", "--other", "random")
    told = good("--json", "answers", PROJECT).json
    assert told["threshold"] == 0.8 and told["is_tuned"] and told["other"] == "random", told
    assert told["thresholds"]["random"] is None and told["thresholds"]["upup"] == 0.8, told["thresholds"]
    refused("set-threshold", PROJECT, code=2, says=["--to"])
    refused("set-threshold", PROJECT, "--to", "0.3", code=2, says=["--to"])


def test_dials_change_takes_and_leave_them_at_nothing():
    plain = good("--json", "perturb", PROJECT).json
    assert plain["accuracy"] == plain["accuracy_before"] and plain["noise_g"] == 0, plain
    assert plain["example"]["before"] == plain["example"]["after"]
    noisy = [good("--json", "perturb", PROJECT, "--noise", percent).json for percent in ("25", "50", "75")]
    for one, share in zip(noisy, (1, 2, 3)):
        assert math.isclose(one["noise_g"], share * noisy[0]["noise_g"], rel_tol=1e-9), one["noise_g"]
        assert one["example"]["before"] == plain["example"]["before"] != one["example"]["after"]
    turned = good("--json", "perturb", PROJECT, "--rotation", "30", "--seed", "3", "--example", str(plain["example"]["id"])).json
    curve = good("--json", "robustness", PROJECT, "--draws", "1", "--seed", "3").json["curves"][1]
    assert [p["accuracy"] for p in curve["points"] if p["value"] == 30] == [turned["accuracy"]], (curve, turned["accuracy"])
    quick = good("--json", "perturb", PROJECT, "--speed", "2").json
    assert len(quick["example"]["after"]) == (len(quick["example"]["before"]) + 1) // 2
    refused("perturb", PROJECT, "--speed", "0", code=2, says=["--speed"])


def test_counts_what_ordinary_movement_sets_off():
    good("stream", PROJECT, "split:validation", "--save", WORK / "s.json")
    told = good("--json", "alarms", PROJECT, WORK / "s.json").json
    assert told["alarms"] == len(told["answers"]) > 3, told["alarms"]
    assert told["low"] < told["per_hour"] < told["high"], told
    assert math.isclose(told["per_hour"], told["alarms"] / told["seconds"] * 3600), told
    assert all(answer["confidence"] >= 0.8 and answer["label"] != "random" for answer in told["answers"])
    before = good("--json", "info", PROJECT).json
    added = good("--json", "alarms", PROJECT, WORK / "s.json", "--add", "random", "--only", "1,3").json
    after = good("--json", "info", PROJECT).json
    assert added["added"] == 2 and after["labels"]["random"] == before["labels"]["random"] + 2
    again = good("--json", "alarms", PROJECT, WORK / "s.json", "--add", "random", "--only", "1,3").json
    assert again["added"] == 0, again["added"]
    refused("alarms", PROJECT, WORK / "s.json", "--only", "1", code=2, says=["--add"])
    refused("alarms", PROJECT, WORK / "s.json", "--threshold", "0.8", "--add", "x", "--only", "99999", code=2, says=["99999"])
    refused("alarms", PROJECT, "split:test", code=2, says=["ordinary movement"])


def test_sets_a_recording_aside():
    before = good("--json", "list", PROJECT).json["recordings"][0]
    good("alarms", PROJECT, str(before["id"]), "--set-aside")
    after = [row for row in good("--json", "list", PROJECT).json["recordings"] if row["id"] == before["id"]][0]
    assert not before["disabled"] and after["disabled"], (before, after)
    refused("alarms", PROJECT, WORK / "s.json", "--set-aside", code=2, says=["--set-aside"])


if __name__ == "__main__":
    tap.main("/cli/runs")
