#!/usr/bin/env python3
"""The main job on the command line, on real recordings and the virtual watch."""
import json
import shutil

import program
import tap
from program import SEED, SOURCE, SPLIT, cli, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"
WATCH = WORK / "watch"


def test_import_adds_every_gesture_of_two_people():
    good("new", PROJECT)
    james = good("--json", "import", PROJECT, SEED / "james-v2", "--person", "james").json
    conor = good("--json", "import", PROJECT, SEED / "conor-v2", "--person", "conor").json
    assert (james["added"], conor["added"]) == (1040, 259)
    assert james["clipped"] == 120, james["clipped"]
    said = "\n".join(james["messages"])
    assert "james-v2" in said and "32 units a g" in said and "120 of 1040" in said, said
    assert "“Snap” and “snap” became one label" in said, said
    assert james["labels"]["snap"] == 93
    assert james["refused"] == [] and conor["refused"] == []


def test_importing_again_adds_nothing():
    again = good("--json", "import", PROJECT, SEED / "conor-v2", "--person", "conor").json
    assert (again["added"], again["known"]) == (0, 259)


def test_info_counts_labels_and_persons():
    info = good("info", PROJECT, "--json").json
    assert info["recordings"] == 1299 and info["labels"]["upup"] == 203
    assert info["persons"] == {"james": 1040, "conor": 259} and info["rate_hz"] == 12.5


def test_list_names_file_and_line():
    rows = good("--json", "list", PROJECT).json["recordings"]
    assert len(rows) == 1299
    assert rows[0]["file"].endswith("james-v2/clap2.txt") and rows[0]["line"] >= 1


def test_detector_reproduces_the_firmware():
    path = SOURCE / "tests/data/golden/detector-stream.json"
    wanted = json.loads(path.read_text())["gestures"]
    assert len(wanted) == 61
    assert good("detect", path).json["gestures"] == wanted


def test_predict_answers_as_the_firmware():
    golden = SOURCE / "tests/data/golden"
    wanted = json.loads((golden / "inference-seed-v11-int8.json").read_text())["output_hex"]
    answered = good("predict", golden / "seed-v11-int8.tflite", golden / "inference-seed-v11-int8.json").json
    assert [text.lower() for text in wanted] == answered["output_hex"]
    assert len(answered["classes"]) == len(answered["outputs"]) == len(wanted)


def test_train_quantize_evaluate():
    trained = good("--json", "train", PROJECT, "--split", SPLIT, "--seed", "1").json
    assert trained["preset"] == "waggle" and trained["validation_accuracy"] > 0.9, trained
    quantized = good("--json", "quantize", PROJECT).json
    assert quantized["fits"] and quantized["bytes"] < 5000 and quantized["arena_bytes"] < 4000
    report = good("--json", "evaluate", PROJECT, "--model", "int8", "--on", "test").json
    assert report["n"] == 241 and report["accuracy"] > 0.9
    assert sum(map(sum, report["confusion"])) == 241
    diagonal = sum(report["confusion"][i][i] for i in range(len(report["labels"])))
    assert abs(diagonal / 241 - report["accuracy"]) < 1e-9
    again = good("--json", "evaluate", PROJECT).json  # int8, on the test
    assert again["test_opened"] == report["test_opened"] + 1


def test_export_fits_the_watch():
    model = WORK / "m.tflite"
    good("export", PROJECT, "--to", "tflite", model)
    inspected = good("--json", "inspect", model, "--for", "bangle2").json
    nine = {"DEPTHWISE_CONV_2D", "CONV_2D", "AVERAGE_POOL_2D", "MAX_POOL_2D", "FULLY_CONNECTED",
            "SOFTMAX", "QUANTIZE", "DEQUANTIZE", "RESHAPE"}
    assert inspected["fits"] and set(inspected["ops"]) <= nine
    assert inspected["bytes"] == model.stat().st_size < 5000


def test_deploy_verifies_and_self_tests():
    deployed = good("--json", "deploy", PROJECT, "--watch", f"virtual:{WATCH}").json
    assert deployed["verified"] and deployed["self_test"] == {"n": 20, "equal": 20}, deployed


def test_listen_agrees_on_every_gesture():
    heard = good("--json", "listen", PROJECT, "--watch",
                 f"virtual:{WATCH}?perform=split:test&speed=40").rows
    last = heard[-1]
    print("#", last)
    assert last["gestures"] == last["equal"] == len(heard) - 1 > 200, last
    assert 0 < last["exact"] <= last["gestures"]


def test_record_adds_detected_takes():
    path = WORK / "recorded.waggle"
    good("new", path)
    done = good("--json", "record", path, "--watch", f"virtual:{WORK / 'w2'}?perform=upup&speed=20",
                "--label", "raise", "--count", "5", "--person", "me").json
    assert done["recordings"] == 5, done
    info = good("--json", "info", path).json
    assert info["labels"] == {"raise": 5} and info["persons"] == {"me": 5}


def test_raw_stream_becomes_one_recording():
    path = WORK / "raw.waggle"
    good("new", path)
    done = good("--json", "record", path, "--watch", f"virtual:{WORK / 'w4'}?speed=10", "--label", "still",
                "--seconds", "2", "--raw").json
    assert done["recordings"] == 1, done
    row = good("--json", "list", path).json["recordings"][0]
    assert row["n_samples"] > 100 and row["rate_hz"] == 12.5, row
    found = good("--json", "check", path, "--kind", "still").json["findings"]
    assert len(found) == 1 and found[0]["label"] == "still", found


def test_cross_validation_counts_every_take_once():
    done = good("--json", "cross-validate", PROJECT, "--folds", "3", "--preset", "classic", "--epochs",
                "5", "--model", "int8", "--labels", "upup,snap").json
    assert done["n"] == 203 + 93 and len(done["groups"]) == 3


def test_cross_validation_gives_the_same_at_any_number_of_threads():
    results = []
    for threads in ("1", "2", "5"):
        done = good("--json", "cross-validate", PROJECT, "--folds", "3", "--seeds", "2", "--preset", "classic",
                    "--epochs", "3", "--labels", "upup,snap,random", "--threads", threads).json
        assert done.pop("seconds") > 0
        results.append(done)
    assert results[0] == results[1] == results[2], results
    assert len(results[0]["seeds"]) == 2 and results[0]["largest_bytes"] > 2000


def test_leaving_persons_out_says_that_their_axes_differ():
    done = good("--json", "cross-validate", PROJECT, "--leave-one-person-out", "--epochs", "2").json
    assert sorted(group["name"] for group in done["groups"]) == ["conor", "james"], done["groups"]
    assert "axes differ" in done["note"] and "james" in done["note"], done["note"]
    assert len(done["takes"]) == done["n"] == 1299


def test_same_seed_same_model_at_any_number_of_threads():
    first = WORK / "one.waggle"
    shutil.copy(PROJECT, first)
    for number, threads in enumerate(("1", "2")):
        good("train", first, "--split", SPLIT, "--preset", "classic", "--epochs", "10", "--threads", threads)
        good("quantize", first)
        good("export", first, "--to", "tflite", WORK / f"{number}.tflite")
    assert (WORK / "0.tflite").read_bytes() == (WORK / "1.tflite").read_bytes()


def test_what_is_not_there_says_so():
    refused("export-data", PROJECT, "--format", "parquet", WORK / "x", code=2, says=["parquet", "createai", "wav"])
    refused("export", PROJECT, "--to", "onnx", WORK / "x", code=2, says=["onnx"])
    refused("quantize", PROJECT, "--method", "int4", code=2, says=["ptq or qat", "int4"])


def test_a_board_that_is_not_plugged_in_is_said():
    refused("deploy", PROJECT, "--watch", "usb:ffff:fff0", code=1, says=["ffff:fff0", "plugged in"])
    refused("deploy", PROJECT, "--watch", "usb:Espruino", code=2, says=["usb:0483:5740"])
    refused("deploy", PROJECT, "--watch", "usb:0483:5740?baud=fast", code=2, says=["baud=fast"])
    model = SOURCE / "tests" / "data" / "golden" / "seed-v11-int8.tflite"
    refused("deploy", model, "--names", "a,a,b,c,d,e", "--watch", "virtual:", code=2, says=["two gestures are called “a”"])
    refused("deploy", model, "--names", "a,,b,c,d,e", "--watch", "virtual:", code=2, says=["a gesture has no name"])
    refused("deploy", PROJECT, "--watch", "ble:Bangle?packet=3", code=2, says=["packet=3", "20 to 244"])


def test_wrong_use_exits_with_two():
    refused("fly", code=2, says=["fly"])
    refused("train", PROJECT, "--epochs", "many", code=2, says=["--epochs"])
    refused("train", PROJECT, "--preset", "x", code=2, says=["waggle", "classic"])
    refused("info", code=2)
    assert cli("train", "--help").code == 0


if __name__ == "__main__":
    try:
        tap.main("/cli/main-job")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
