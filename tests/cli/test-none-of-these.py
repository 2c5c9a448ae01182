#!/usr/bin/env python3
"""What is none of the gestures is ignored: the same on desktop and watch, in the app and in the firmware's recogniser."""
import json

import gesture_takes
import program
import tap
from program import SEED, SPLIT, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"
TUNE = ("--json", "tune-threshold", PROJECT, "--per-gesture", "--other", "random")


def make_project():
    program.seed_project(PROJECT)
    good("import", PROJECT, SEED / "gordon-v1", "--person", "gordon")
    good("train", PROJECT, "--split", SPLIT, "--epochs", "60", "--other", "random")
    good("quantize", PROJECT)


def evaluate(mode="app", on="validation"):
    return good("--json", "evaluate", PROJECT, "--on", on, "--mode", mode).json


def predict(model, windows):
    path = WORK / "windows.json"
    path.write_text(json.dumps({"windows": windows}), encoding="utf-8")
    return good("--json", "predict", model, path).json["outputs"]


def test_each_gesture_gets_a_threshold_of_validation_takes():
    make_project()
    assert "rejected" not in evaluate()
    export = WORK / "untuned"
    good("export", PROJECT, "--to", "c", export)  # what training was told means nothing
    assert "#define WAGGLE_OTHER (1) " in (export / "waggle_model.h").read_text()
    told = good(*TUNE, "--only-tell").json
    assert not told["stored"] and "rejected" not in evaluate()
    tuned = good(*TUNE).json
    assert tuned["stored"] and tuned["thresholds"] == told["thresholds"]
    assert tuned["thresholds"]["random"] is None and tuned["other"] == "random"
    assert all(129 / 256 <= value < 1 for value in tuned["thresholds"].values() if value is not None)
    assert not tuned["with_memory"] and tuned["gestures"] == 229 and tuned["others"] == 12
    assert tuned["verdict"].startswith(f"At these thresholds {tuned['unanswered']} of 229 gestures go unanswered and "
                                       f"{tuned['ignored']} of 12 others are ignored"), tuned["verdict"]
    for row in tuned["per_label"]:
        lowest = row["points"][0]["false_reject"]  # what no threshold can save
        at = [point for point in row["points"] if point["threshold"] <= row["threshold"]][-1]
        assert at["false_reject"] <= max(0.03, lowest), row


def test_curves_are_told_and_kept():
    tuned = good(*TUNE).json
    assert [row["label"] for row in tuned["per_label"]] == ["clap2", "swipeleft", "swiperight", "upup", "waggle"]
    for points in [row["points"] for row in tuned["per_label"]] + [tuned["points"]]:
        for before, after in zip(points, points[1:]):
            assert before["threshold"] < after["threshold"]
            assert before["false_reject"] <= after["false_reject"]
            assert before["false_accept"] >= after["false_accept"]
    more = good(*TUNE, "--false-rejects", "0.2", "--only-tell").json
    assert more["unanswered"] > tuned["unanswered"]
    text = good(*TUNE[1:]).out
    assert tuned["verdict"] in text and "swipeleft" in text, text


def test_evaluate_tells_what_goes_unanswered():
    for mode in ("app", "builtin"):
        report = evaluate(mode)
        rejected = report["rejected"]
        labels = report["labels"]
        assert rejected["mode"] == mode and rejected["gestures"] == 229 and rejected["others"] == 12
        for i, row in enumerate(rejected["confusion"]):
            assert len(row) == len(labels) + 1 and sum(row) == sum(report["confusion"][i])
            assert row[labels.index("random")] == 0
        none = [row[-1] for row in rejected["confusion"]]
        assert none.pop(labels.index("random")) == rejected["ignored"]
        assert sum(none) == rejected["unanswered"]
        # gordon's “nothing”, conor's “swipeup” and james' “snap” have never been shown to it
        assert {row["label"]: row["n"] for row in rejected["unseen"]} == {"nothing": 34, "snap": 93, "swipeup": 37}
    text = good("evaluate", PROJECT, "--on", "validation").out
    assert "(none)" in text and "never shown to the model" in text, text


def firmware(outputs, names):
    """jswrap_bangle.c: the largest output above 0, its name by its place."""
    best = max(range(len(outputs)), key=lambda i: (outputs[i], -i))
    return names[best] if outputs[best] > 0 else None


def app(outputs, record):
    """recognise.js"""
    best = max(range(len(outputs)), key=lambda i: (outputs[i], -i))
    return record["names"][best] if (outputs[best] + 128) / 256 >= record["thresholds"][best] else None


def test_both_modes_decide_alike_and_as_evaluate_says():
    answers = {}
    takes = gesture_takes.split_part("validation")
    windows = [gesture_takes.window(values) for _, values in takes]
    for mode in ("app", "builtin"):
        folder = WORK / f"watch-{mode}"
        done = good("--json", "deploy", PROJECT, "--mode", mode, "--kind", "bangle2", "--watch", f"virtual:{folder}")
        assert done.json["self_test"] == {"n": 20, "equal": 20} and done.json["verified"]
        stored = json.loads((folder / "waggle.json").read_text(encoding="latin-1"))
        model = WORK / f"{mode}.tflite"
        model.write_bytes((folder / ("waggle.mm00" if mode == "app" else "%2Etfmodel")).read_bytes())
        outputs = predict(model, windows)
        if mode == "app":
            assert "Each gesture has its own threshold, as tuned" in done.err, done.err
            answers[mode] = [app(row, stored) for row in outputs]
        else:
            names = (folder / "%2Etfnames").read_text(encoding="latin-1").split(",")
            answers[mode] = [firmware(row, names) for row in outputs]
            assert all(row[names.index("random")] <= 0 for row in outputs)
    assert answers["app"] == answers["builtin"]
    assert None in answers["app"]
    rejected = evaluate()["rejected"]
    silent = [label for (label, _), said in zip(takes, answers["app"]) if said is None]
    assert silent.count("random") == rejected["ignored"]
    assert len(silent) == rejected["ignored"] + rejected["unanswered"]


def test_the_desktop_hears_what_the_watch_hears():
    for mode in ("app", "builtin"):
        rows = good("--json", "listen", PROJECT, "--watch",
                    f"virtual:{WORK / f'watch-{mode}'}?perform=nothing&project={PROJECT}&speed=80").rows
        answers, last = rows[:-1], rows[-1]
        assert last["gestures"] == len(answers) >= 30
        silent = [row for row in answers if row["watch"]["label"] is None]
        assert len(silent) > len(answers) / 2, len(silent)
        assert last["equal"] == last["gestures"], last  # the firmware's arena is clean where the input lies
        tuned = good(*TUNE, "--only-tell").json["thresholds"]
        assert all(row["thresholds"] == tuned for row in answers)
        for row in answers:
            shares = row["watch"]["shares"]
            assert all(0 <= share <= 1 for share in shares)
            if row["watch"]["label"] is not None:
                best = max(range(len(shares)), key=lambda i: shares[i])
                assert shares[best] >= row["thresholds"][row["watch"]["label"]], row


def test_a_threshold_for_all_is_still_taken():
    given = good("--json", "deploy", PROJECT, "--threshold", "0.25", "--watch", f"virtual:{WORK / 'one'}")
    assert "as tuned" not in given.err
    record = json.loads((WORK / "one" / "waggle.json").read_text(encoding="latin-1"))
    assert record["threshold"] == 0.25 and "thresholds" not in record
    report = good("--json", "stream", PROJECT, "split:validation").json
    assert report["thresholds"] == good(*TUNE, "--only-tell").json["thresholds"]
    assert "thresholds" not in good("--json", "stream", PROJECT, "split:validation", "--threshold", "0.5").json
    slides = good("--json", "stream", PROJECT, "split:validation", "--window", "4000,400")
    assert "thresholds" not in slides.json and "not for windows that slide" in slides.err, slides.err


def test_another_model_of_the_watch_is_noticed():
    """The thresholds are part of the model there: who tunes again must deploy again."""
    good(*TUNE, "--false-rejects", "0.3")
    address = f"virtual:{WORK / 'watch-builtin'}?perform=nothing&project={PROJECT}&speed=80"
    refused("--quiet", "listen", PROJECT, "--watch", address, says=["deploy again"])


def test_wrong_use_is_said():
    tune = ("tune-threshold", PROJECT, "--per-gesture")
    refused(*tune, "split:validation", code=2, says=["single takes"])
    refused(*tune, "--debounce", "3,900", code=2, says=["--debounce"])
    refused(*tune, "--window", "2000,160", code=2, says=["--window"])
    refused(*tune, "--other", "nothing", code=2, says=["“nothing” is none"])
    refused(*tune, "--false-rejects", "0.9", code=2)
    refused("tune-threshold", PROJECT, "--false-rejects", "0.05", code=2, says=["--per-gesture"])
    refused("evaluate", PROJECT, "--mode", "other", code=2, says=["app or builtin"])
    refused("evaluate", PROJECT, "--model", "float", "--mode", "builtin", code=2, says=["int8"])
    refused("train", PROJECT, "--tail", "1.5", code=2)
    refused("train", PROJECT, "--split", SPLIT, "--other", "nothing", code=2, says=["“nothing” is none"])


def test_what_training_made_movement_up_for_means_nothing():
    told = good(*TUNE[:-2], "--only-tell")
    assert told.json["other"] == "random" and told.json["others"] == 12
    assert "“random” means nothing, as in training" in told.err, told.err
    assert "as in training" not in good(*TUNE, "--only-tell").err


def test_another_model_has_no_thresholds_and_that_is_said():
    def train(*options):
        return good("train", PROJECT, "--split", SPLIT, "--epochs", "1", *options).err

    assert "the thresholds were tuned for the model before: tune-threshold again" in train("--other", "random")
    assert "tuned for the model before" not in train()  # that one had none
    good("quantize", PROJECT)
    assert "rejected" not in evaluate()
    for words in (("deploy", PROJECT, "--watch", f"virtual:{WORK / 'again'}"),
                  ("export", PROJECT, "--to", "c", WORK / "c-again")):
        assert "what was tuned is for another model than this one" in good(*words).err
        assert "another model" not in good(*words[:-1], f"{words[-1]}-given", "--threshold", "0.6").err
    without = good(*TUNE[:-2], "--only-tell").json
    assert without["other"] is None and without["others"] == 0 and "no take of what is none" in without["verdict"]
    good(*TUNE[:-2])
    assert "another model" not in good("export", PROJECT, "--to", "c", WORK / "c-tuned").err


if __name__ == "__main__":
    tap.main("/cli/none-of-these")
