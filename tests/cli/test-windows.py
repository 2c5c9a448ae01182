#!/usr/bin/env python3
"""Windows of other boards on the command line: from files to a model, and what the watch refuses."""
import json
import math
import shutil
import sqlite3

import program
import tap
from program import SEED, SOURCE, cli, good, refused

WORK = program.folder()
ARDUINO = SOURCE / "tests/data/arduino-gestures"
PROJECT = WORK / "arduino.waggle"
BOARD = ["--rate", "119", "--window", "1s", "--channels", "acceleration,gyroscope", "--range", "4"]


def import_arduino():
    good("new", PROJECT)
    done = good("--json", "import", PROJECT, ARDUINO / "flex.csv", ARDUINO / "punch.csv").json
    assert done["added"] == 42 and done["labels"] == {"flex": 26, "punch": 16}, done


def test_six_channels_are_imported_and_kept():
    import_arduino()
    info = good("--json", "info", PROJECT).json
    assert info["rate_hz"] == 119 and info["gyroscope"] == 42 and info["rates"] == {"119": 42}, info
    rows = good("--json", "list", PROJECT).json["recordings"]
    assert {row["n_channels"] for row in rows} == {6} and {row["n_samples"] for row in rows} == {119}


def test_a_board_gets_a_model_of_its_own_window():
    for preset in ("conv1d", "waggle"):
        trained = good("--json", "train", PROJECT, "--preset", preset, "--epochs", "15", "--standardise",
                       *BOARD).json
        assert trained["window"]["length"] == 119 and trained["window"]["standardise"], trained
        assert trained["window"]["channels"] == "x,y,z,gx,gy,gz"
        quantized = good("--json", "quantize", PROJECT, "--for", "nano33ble").json
        assert quantized["fits"], quantized["reasons"]
        tensor = quantized["tensors"][0]
        assert tensor["shape"] == [1, 119, 1, 6] and tensor["scale"] == 4 / 128, tensor
        for kind in ("float", "int8"):
            report = good("--json", "evaluate", PROJECT, "--model", kind, "--on", "train").json
            assert report["n"] == 26 and report["errors"] <= 3, (preset, kind, report["confusion"])


def test_thresholds_of_a_board_reach_its_exports_and_evaluate():
    path = shutil.copy(PROJECT, WORK / "tuned.waggle")
    tuned = good("--json", "tune-threshold", path, "--per-gesture", "--other", "flex").json
    assert tuned["stored"] and tuned["thresholds"]["flex"] is None and tuned["thresholds"]["punch"] > 0.5, tuned
    steps = math.ceil(tuned["thresholds"]["punch"] * 256) - 128
    rejected = good("--json", "evaluate", path, "--on", "validation").json["rejected"]
    assert rejected["thresholds"] == tuned["thresholds"] and rejected["other"] == "flex", rejected
    assert (rejected["unanswered"], rejected["ignored"]) == (tuned["unanswered"], tuned["ignored"]), (rejected, tuned)
    for form, name, text in (("c", "waggle_model.c", f"thresholds[WAGGLE_N_OUTPUTS] = {{384, {steps}}}"),
                             ("arduino", "src/waggle_model.c", f"thresholds[WAGGLE_N_OUTPUTS] = {{384, {steps}}}"),
                             ("micropython", "waggle_model.py",
                              f"THRESHOLDS = (2, {tuned['thresholds']['punch']:.10g},)")):
        good("export", path, "--to", form, WORK / f"tuned-{form}")
        assert text in (WORK / f"tuned-{form}" / name).read_text(), (form, text)
    refused("evaluate", path, "--mode", "builtin", says=["119 samples of x,y,z,gx,gy,gz", "a watch hands over"])


def test_the_most_similar_take_is_found_in_long_windows_too():
    accuracies = [good("--json", "cross-validate", PROJECT, "--method", "dtw", "--folds", "2", "--rate", "119",
                       "--window", window).json["accuracy"] for window in ("64", "119")]
    assert min(accuracies) > 0.8, accuracies  # two gestures: 0.5 is a guess


def test_the_watch_refuses_it_and_export_does_not():
    model = WORK / "m.tflite"
    said = ("119 samples of x,y,z,gx,gy,gz at 119 Hz", "50 samples of x,y,z at 12.5 Hz")
    refused("deploy", PROJECT, "--watch", f"virtual:{WORK / 'w'}", says=said)
    refused("deploy", PROJECT, "--watch", f"virtual:{WORK / 'w'}", "--kind", "bangle1", says=said)
    # a board that can take it, but the watch says what it is
    refused("deploy", PROJECT, "--watch", f"virtual:{WORK / 'w'}", "--kind", "nano33ble", says=(*said, "nano33ble", "bangle2"))
    assert not list((WORK / "w").glob("*tfmodel"))
    refused("listen", PROJECT, "--watch", f"virtual:{WORK / 'w'}", "--seconds", "1", says=said)
    assert good("--json", "export", PROJECT, "--to", "tflite", model).json["window"]["rate_hz"] == 119
    assert b"119 samples of x,y,z,gx,gy,gz at 119 Hz" in model.read_bytes()
    assert good("--json", "inspect", model, "--for", "nano33ble").json["fits"]
    assert not good("--json", "inspect", model, "--for", "bangle2").json["fits"]


def test_as_many_values_at_another_rate_are_refused_too():
    good("train", PROJECT, "--epochs", "2", "--rate", "50")
    good("quantize", PROJECT)
    refused("deploy", PROJECT, "--watch", f"virtual:{WORK / 'w'}", says=["50 samples of x,y,z at 50 Hz"])


def test_the_same_takes_make_a_model_for_the_watch():
    trained = good("--json", "train", PROJECT, "--epochs", "60")
    assert "42 of 42 takes have 119 Hz: resampled" in trained.err, trained.err
    assert trained.json["window"]["rate_hz"] == 12.5 and trained.json["window"]["length"] == 50
    assert good("--json", "quantize", PROJECT).json["fits"]
    report = good("--json", "evaluate", PROJECT, "--on", "train").json
    assert report["n"] == 26 and report["errors"] <= 3, report["confusion"]
    deployed = good("--json", "deploy", PROJECT, "--watch", f"virtual:{WORK / 'w'}").json
    assert deployed["verified"] and deployed["self_test"]["equal"] == deployed["self_test"]["n"] == 20


def test_a_model_of_before_there_were_windows_is_the_watches():
    before = good("--json", "evaluate", PROJECT, "--on", "validation").json
    with sqlite3.connect(PROJECT) as db:
        for number, meta in db.execute("SELECT id, meta FROM models").fetchall():
            facts = json.loads(meta)
            facts.pop("window", None)
            db.execute("UPDATE models SET meta = ?, digest = NULL WHERE id = ?", (json.dumps(facts), number))
    assert good("--json", "evaluate", PROJECT, "--on", "validation").json == before


def test_the_defaults_are_the_watches():
    models = []
    for words in ([], ["--rate", "12.5", "--window", "4s", "--channels", "z,y,x", "--event", "first",
                       "--range", "2"]):
        path = WORK / f"{len(models)}.tflite"
        good("train", PROJECT, "--epochs", "3", *words)
        good("quantize", PROJECT)
        good("export", PROJECT, "--to", "tflite", path)
        models.append(path.read_bytes())
    assert models[0] == models[1]


def test_cross_validation_takes_the_same_options():
    done = good("--json", "cross-validate", PROJECT, "--folds", "2", "--epochs", "6", "--preset", "conv1d",
                "--standardise", *BOARD).json
    assert done["n"] == 42 and done["largest_bytes"] > 10000, done


def test_other_methods_and_their_limits():
    few = ["--channels", "magnitude", "--epochs", "2", "--folds", "2"]
    tree = cli("cross-validate", PROJECT, "--method", "tree", *few)
    assert tree.code == 2 and "a tree looks at three channels" in tree.err, tree.err
    assert good("--json", "cross-validate", PROJECT, *few).json["n"] == 42
    good("train", PROJECT, *few[:-2])
    good("quantize", PROJECT)
    assert good("--json", "robustness", PROJECT).json
    good("train", PROJECT, *BOARD, "--epochs", "5")
    good("quantize", PROJECT)
    assert good("--json", "robustness", PROJECT).json


def test_takes_without_a_gyroscope_are_said():
    good("import", PROJECT, SEED / "conor-v2" / "clap2.txt")
    refused("train", PROJECT, *BOARD, says=["have no gyroscope", "x,y,z"])
    mixed = good("--json", "info", PROJECT).json
    assert mixed["rate_hz"] is None and set(mixed["rates"]) == {"119", "12.5"}, mixed
    trained = good("--json", "train", PROJECT, "--epochs", "2", "--rate", "25", "--window", "2s")
    assert "have other rates (12.5 to 119 Hz)" in trained.err, trained.err


def test_wrong_options_are_named():
    for words, says in ((["--rate", "9"], "--rate"), (["--window", "soon"], "--window"),
                        (["--window", "1s", "--rate", "200", "--step", "-1"], "--step"),
                        (["--window", "3"], "8 to 2000"), (["--channels", "x,w"], "“w”"),
                        (["--event", "there"], "“there”"), (["--range", "0"], "--range")):
        refused("train", PROJECT, *words, code=2, says=[says])


def write_session(path, number):
    """40 s at 50 Hz: shaking, resting and unlabelled stretches one after the other."""
    rows = ["time,ax,ay,az,label"]
    for i in range(2000):
        phase, second = divmod(i / 50, 4)
        label = ("shake", "rest", "")[int(phase + number) % 3]
        wave = math.sin(2 * math.pi * 3 * second + number) if label == "shake" else 0.05 * (i * 7919 % 13 - 6) / 6
        rows.append(f"{i * 20},{wave:.4f},{wave / (2 + number):.4f},1,{label}")
    path.write_text("\n".join(rows) + "\n")


def test_continuous_recordings_become_windows():
    project = WORK / "continuous.waggle"
    folder = WORK / "sessions"
    folder.mkdir()
    for number in range(6):
        write_session(folder / f"session-{number}.csv", number)
    good("new", project)
    done = good("--json", "import", project, folder).json
    assert done["added"] == 6 and done["continuous"] == 6 and done["labels"] == {}, done
    info = good("--json", "info", project).json
    assert info["labels"] == {} and sum(info["spans"].values()) == sum(done["spans"].values()) == 40, info
    rows = good("--json", "list", project).json["recordings"]
    assert rows[0]["spans"][0] == {"first": 0, "n_samples": 200, "label": "shake"}, rows[0]

    trained = good("--json", "train", project, "--rate", "50", "--window", "1s", "--step", "0.5s", "--epochs", "8",
                   "--preset", "conv1d")
    assert "continuous recordings give" in trained.err, trained.err
    assert trained.json["window"]["step"] == 25 and trained.json["train_accuracy"] > 0.9, trained.json
    seen = {}
    for part in ("train", "validation", "test"):
        report = good("--json", "evaluate", project, "--model", "float", "--on", part).json
        assert {"shake", "rest"} == set(report["labels"]) and report["n"] >= 40, report["n"]
        assert all(take["start_s"] % 0.5 == 0 for take in report["takes"])
        seen[part] = {take["id"] for take in report["takes"]}
    assert sum(map(len, seen.values())) == len(set.union(*seen.values())) == 6, seen
    folds = good("--json", "cross-validate", project, "--folds", "3", "--rate", "50", "--window", "1s",
                 "--epochs", "2", "--preset", "conv1d").json
    assert len(folds["groups"]) == 3 and folds["n"] > 200, folds["n"]
    result = cli("cross-validate", project, "--folds", "7", "--rate", "50", "--window", "1s")
    assert result.code == 1 and "7 folds need at least 7 takes" in result.err, result.err


def test_a_file_beside_labels_spans():
    project = WORK / "beside.waggle"
    folder = WORK / "beside"
    folder.mkdir()
    write_session(folder / "walk.csv", 0)
    text = (folder / "walk.csv").read_text().splitlines()
    (folder / "walk.csv").write_text("\n".join(row.rpartition(",")[0] for row in text) + "\n")
    (folder / "walk.spans.txt").write_text("0.0\t4.0\tshake\n4.0\t8.0\trest\n7.0\t9.0\tshake\n")
    good("new", project)
    done = good("--json", "import", project, folder).json
    assert done["spans"] == {"shake": 1, "rest": 1}, done
    assert len(done["refused"]) == 1 and "walk.spans.txt:3: " in done["refused"][0], done["refused"]
    refused("import", project, folder / "walk.spans.txt", says=["import that"])


if __name__ == "__main__":
    try:
        tap.main("/cli/windows")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
