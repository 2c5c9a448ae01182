#!/usr/bin/env python3
"""Long labelled recordings: what the workbench counts is what the watch does, and the tuned threshold reaches it."""
import json
import os
import shutil

import program
import tap
from program import SEED, SOURCE, cli, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"
STREAM = WORK / "stream.json"
GOLDEN = SOURCE / "tests/data/golden/detector-stream.json"


def make_project():
    good("new", PROJECT)
    good("import", PROJECT, SEED / "conor-v2", "--person", "conor")
    good("train", PROJECT, "--preset", "classic", "--epochs", "30", "--labels", ",".join(known_labels()))
    good("quantize", PROJECT)


def known_labels():
    """All gestures but one, which stays unknown to the model."""
    labels = sorted(good("--json", "info", PROJECT).json["labels"])
    return [label for label in labels if "right" not in label]


def check_sums(report):
    assert report["hits"] + report["misses"] == report["events"], report
    kinds = [answer["kind"] for answer in report["answers"]]
    for kind, name in (("hit", "hits"), ("double", "doubles"), ("wrong", "wrong"),
                       ("false-alarm", "false_alarms")):
        assert kinds.count(kind) == report[name], (kind, report[name])
        assert sum(row[name] for row in report["per_label"]) == report[name], name
    assert len(report["missed"]) == report["misses"]
    for row in report["per_label"]:
        if row["inferences"]:
            assert abs(row["error"] - row["wrong_inferences"] / row["inferences"]) < 1e-12
        else:
            assert row["error"] is None
    assert report["verdict"].startswith(f"{report['hits']} of {report['events']} gesture"), report["verdict"]


def test_a_stream_is_put_together_and_says_so():
    make_project()
    report = good("--json", "stream", PROJECT, "--synthesise", "150", "--save", STREAM).json
    assert report["put_together"] and report["on"] == "validation", report
    assert "put together" in report["recording"]
    assert report["seconds"] >= 150 and report["events"] > 10
    assert report["window"] == "detector" and report["threshold"] == 0.5 and report["debounce"] is None
    check_sums(report)
    text = good("stream", PROJECT, "--synthesise", "150")
    assert "put together" in text.out and report["verdict"] in text.out
    again = good("--json", "stream", PROJECT, STREAM).json
    for name in ("answers", "missed", "per_label", "false_alarms_per_hour", "verdict"):
        assert again[name] == report[name], name
    assert not again["put_together"]


def test_same_seed_same_stream():
    other = good("--json", "stream", PROJECT, "--synthesise", "150", "--seed", "2").json
    saved = good("--json", "stream", PROJECT, "--synthesise", "150").json
    first = good("--json", "stream", PROJECT, STREAM).json
    assert saved["answers"] == first["answers"] != other["answers"]


def test_the_watch_answers_the_stream_as_the_workbench():
    """Every gesture that a watch hears in the same movement, its label and its confidence."""
    good("deploy", PROJECT, "--threshold", "0", "--watch", f"virtual:{WORK / 'w'}")
    heard = good("--json", "listen", PROJECT, "--watch",
                 f"virtual:{WORK / 'w'}?perform={STREAM}&speed=80").rows[:-1]
    report = good("--json", "stream", PROJECT, STREAM, "--threshold", "0").json
    watch = [(row["watch"]["label"], (max(row["watch"]["outputs"]) + 128) / 256) for row in heard]
    desktop = [(answer["label"], answer["confidence"]) for answer in report["answers"]]
    assert len(watch) > 10 and watch == desktop, (watch, desktop)
    for threshold in ("0.5", "0.8"):
        sure = good("--json", "stream", PROJECT, STREAM, "--threshold", threshold).json
        assert [(a["label"], a["confidence"]) for a in sure["answers"]] == [
            pair for pair in watch if pair[1] >= float(threshold)]


def test_the_golden_stream_is_cut_as_by_the_firmware():
    """61 gestures of the firmware's own detector, at the same samples."""
    golden = json.loads(GOLDEN.read_text())
    report = good("--json", "stream", PROJECT, GOLDEN, "--threshold", "0").json
    assert report["inferences"] == 61 and report["events"] == 0
    at = [round(answer["at_s"] * 12.5) for answer in report["answers"]]
    assert at == [gesture[0] for gesture in golden["gestures"]]
    windows = WORK / "windows.json"
    windows.write_text(json.dumps({"windows": [g[1] + [0] * (150 - len(g[1])) for g in golden["gestures"]]}))
    model = WORK / "m.tflite"
    good("export", PROJECT, "--to", "tflite", model)
    predicted = good("--json", "predict", model, windows).json
    labels = [row["label"] for row in report["per_label"]]
    assert [answer["label"] for answer in report["answers"]] == [labels[i] for i in predicted["classes"]]


def test_sliding_windows_have_a_debounce():
    report = good("--json", "stream", PROJECT, STREAM, "--window", "2000,80").json
    assert report["debounce"] == {"n": 6, "ms": 450}, report["debounce"]
    assert report["inferences"] > 1000 and report["tolerance_ms"] == 2450
    check_sums(report)
    bare = good("--json", "stream", PROJECT, STREAM, "--window", "2000,80", "--debounce", "0").json
    assert bare["debounce"] is None and bare["answers_given"] > report["answers_given"]
    floats = good("--json", "stream", PROJECT, STREAM, "--window", "2000,80", "--model", "float").json
    assert floats["inferences"] == report["inferences"]


def test_the_label_that_means_nothing_is_never_an_answer():
    other = known_labels()[0]
    report = good("--json", "stream", PROJECT, STREAM, "--other", other).json
    assert all(answer["label"] != other for answer in report["answers"])
    row = next(row for row in report["per_label"] if row["label"] == other)
    assert row["events"] == 0
    # tuned with it, neither the workbench nor the watch shows it, and the two still agree
    copy = WORK / "other.waggle"
    shutil.copy(PROJECT, copy)
    good("tune-threshold", copy, "--other", other)
    assert good("--json", "stream", copy, STREAM).json["other"] == other
    good("deploy", copy, "--watch", f"virtual:{WORK / 'w3'}")
    stored = [json.loads(p.read_text()) for p in (WORK / "w3").rglob("waggle.json*")]
    assert [record["other"] for record in stored] == [other], stored
    heard = good("--json", "listen", copy, "--watch", f"virtual:{WORK / 'w3'}?perform={STREAM}&speed=80").rows
    assert heard[-1]["gestures"] == heard[-1]["equal"] > 10, heard[-1]


def test_csv_with_labels_is_replayed():
    stream = json.loads(STREAM.read_text())
    labels = [""] * len(stream["samples"])
    for event in stream["events"]:
        labels[event["start"]:event["end"]] = [event["label"]] * (event["end"] - event["start"])
    path = WORK / "stream.csv"
    path.write_text("time,x,y,z,label\n" + "".join(
        f"{80 * i},{x},{y},{z},{label}\n" for i, ((x, y, z), label) in enumerate(zip(stream["samples"], labels))))
    report = good("--json", "stream", PROJECT, path, "--units-per-g", "8192").json
    wanted = good("--json", "stream", PROJECT, STREAM).json
    assert report["answers"] == wanted["answers"] and report["per_label"] == wanted["per_label"]


def test_other_rates_are_resampled_and_said():
    stream = json.loads(STREAM.read_text())
    stream["rate_hz"] = 25
    path = WORK / "fast.json"
    path.write_text(json.dumps(stream))
    done = good("--json", "stream", PROJECT, path)
    assert "resampled from 25" in done.err and abs(done.json["seconds"] * 2 - len(stream["samples"]) / 12.5) < 0.2


def test_a_stored_recording_is_replayed():
    row = good("--json", "list", PROJECT).json["recordings"][0]
    report = good("--json", "stream", PROJECT, row["id"], "--window", "800,80").json
    assert row["label"] in report["recording"] and report["inferences"] == row["n_samples"] - 9
    assert report["events"] == (1 if row["label"] in known_labels() else 0)


def test_looking_at_the_test_split_is_counted():
    first = good("--json", "stream", PROJECT, "split:test").json
    second = good("--json", "evaluate", PROJECT).json
    assert second["test_opened"] == first["test_opened"] + 1
    assert "threshold" not in first["verdict"], first["verdict"]  # no advice by the test split


def test_the_tuned_threshold_reaches_the_watch():
    told = good("--json", "tune-threshold", PROJECT, "--only-tell").json
    assert not told["stored"] and len(told["points"]) == 100
    tuned = good("--json", "tune-threshold", PROJECT).json
    assert tuned["stored"] and tuned["points"] == told["points"]
    worth = [p["hits"] - p["wrong"] - p["doubles"] - p["false_alarms"] for p in tuned["points"]]
    chosen = tuned["chosen"]
    assert chosen["hits"] - chosen["wrong"] - chosen["doubles"] - chosen["false_alarms"] == max(worth)
    at = good("--json", "stream", PROJECT, "split:validation")
    assert at.json["threshold"] == tuned["threshold"] and "as tuned" in at.err
    for name in ("hits", "misses", "doubles", "wrong", "false_alarms"):
        assert at.json[name] == chosen[name], name
    assert good("--json", "stream", PROJECT, STREAM, "--window", "2000,80").json["threshold"] == 0.5
    deployed = good("deploy", PROJECT, "--watch", f"virtual:{WORK / 'w2'}")
    assert f"threshold {tuned['threshold']:g}" in deployed.err, deployed.err
    stored = [json.loads(p.read_text()) for p in (WORK / "w2").rglob("waggle.json*")]
    assert [record["threshold"] for record in stored] == [tuned["threshold"]], stored
    assert stored[0]["other"] is None
    given = good("deploy", PROJECT, "--watch", f"virtual:{WORK / 'w2'}", "--threshold", "0.25")
    assert "as tuned" not in given.err


def test_false_alarms_can_be_limited():
    tuned = good("--json", "tune-threshold", PROJECT, "--only-tell", "--false-alarms", "20").json
    fewest = min(point["false_alarms"] for point in tuned["points"])
    assert tuned["chosen"]["false_alarms_per_hour"] <= 20 or tuned["chosen"]["false_alarms"] == fewest


def test_debounce_is_tuned_with_sliding_windows():
    tuned = good("--json", "tune-threshold", PROJECT, STREAM, "--window", "2000,160").json
    counts = {point["debounce"]["n"] for point in tuned["points"]}
    assert counts == {1, 2, 3} and tuned["chosen"]["debounce"]["n"] in counts
    report = good("--json", "stream", PROJECT, STREAM, "--window", "2000,160").json
    assert report["debounce"] == tuned["chosen"]["debounce"] and report["threshold"] == tuned["threshold"]
    # the watch's own threshold is another, and stays
    assert "as tuned" in good("stream", PROJECT, STREAM).err
    assert ", as tuned" not in good("stream", PROJECT, STREAM, "--window", "2000,80").err


def test_folds_ask_models_that_were_not_trained_on_it():
    path = WORK / "few.waggle"
    good("new", path)
    for file, label in (("up_up.txt", "up"), ("swipe_left.txt", "left")):
        good("import", path, SEED / "conor-v2" / file, "--label", label)
    good("train", path, "--preset", "dense", "--epochs", "2", "--test", "0.5")
    good("quantize", path)
    n_test = good("--json", "evaluate", path).json["n"]
    n = good("--json", "info", path).json["recordings"]
    tuned = good("--json", "tune-threshold", path, "--folds", "2").json
    assert tuned["events"] == n - n_test and tuned["put_together"] and tuned["folds"] == 2
    # another model has its own threshold: what was tuned for this one is not taken
    good("train", path, "--preset", "dense", "--epochs", "3", "--seed", "5")
    good("quantize", path)
    assert good("--json", "stream", path, "split:validation").json["threshold"] == 0.5


def test_bad_words_are_refused():
    refused("stream", PROJECT, code=2, says=["split:validation"])
    refused("stream", PROJECT, WORK / "nowhere.json", says=["nowhere.json", "there is no file"])
    refused("stream", PROJECT, "99999", says=["no recording 99999"])
    refused("stream", PROJECT, "split:tests", code=2, says=["tests"])
    refused("stream", PROJECT, STREAM, "--window", "fast", code=2, says=["fast"])
    refused("stream", PROJECT, STREAM, "--window", "9000,80", code=2, says=["1 to 50 samples"])
    refused("stream", PROJECT, STREAM, "--window", "2000,80", "--debounce", "9,450", code=2, says=["at most 6"])
    refused("stream", PROJECT, STREAM, "--other", "somersault", code=2, says=["somersault"])
    refused("stream", PROJECT, STREAM, "--synthesise", "60", code=2, says=["--synthesise"])
    refused("tune-threshold", PROJECT, "split:test", code=2, says=["test split"])
    refused("tune-threshold", PROJECT, STREAM, "--folds", "3", code=2, says=["--folds"])
    refused("--quiet", "tune-threshold", PROJECT, GOLDEN, says=["no gesture of the model"])


def test_bad_recordings_are_refused():
    cases = {"empty.json": ("", "empty.json"), "half.json": ('{"samples": [[1, 2', "no JSON"),
             "flat.json": ('{"samples": [1, 2, 3]}', "sample 0"),
             "event.json": ('{"samples": [[1, 2, 3]], "events": [{"start": 5, "end": 9, "label": "a"}]}', "event 0"),
             "bare.csv": ("time,x,y,z\n0,1,2,3\n80,1,2,3\n", "label"),
             "gap.csv": ("time,x,y,z,label\n0,1,2,3,\n80,,2,3,\n160,1,2,3,\n", "gap.csv:3"),
             "bytes.json": ("{\x00}", "no text")}
    for name, (text, says) in cases.items():
        path = WORK / name
        path.write_text(text)
        refused("stream", PROJECT, path, says=[name, says])
    refused("stream", PROJECT, WORK, says=[str(WORK)])


def test_a_model_is_needed():
    path = WORK / "empty.waggle"
    good("new", path)
    refused("stream", path, GOLDEN, says=["train"])
    assert cli("tune-threshold", path).code == 1


if __name__ == "__main__":
    os.environ.setdefault("XDG_STATE_HOME", str(WORK / "state"))
    try:
        tap.main("/cli/stream")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
