#!/usr/bin/env python3
"""Each option that is given something it does not take says in one sentence what it takes, and begins nothing."""
import hashlib
import json

import program
import tap
from program import SEED, SOURCE, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"
EMPTY = WORK / "empty.waggle"
GOLDEN = SOURCE / "tests" / "data" / "golden" / "seed-v11-int8.tflite"
WATCH = f"virtual:{WORK / 'watch'}"
# what is given behind the project, and what the sentence says; all of it is wrong use
OPTIONS = (
    (("train", "--labels", "a,b", "--split", "x.json"), ["--labels and --split exclude each other"]),
    (("train", "--again", "--epochs", 3), ["leave --epochs out, or --again"]),
    (("train", "--window", "3x"), ["a number of samples (50) or seconds (1s)", "“3x”"]),
    (("train", "--event", "x"), ["first, start, centre or end", "“x”"]),
    (("train", "--channels", ","), ["channel"]),
    (("train", "--class-weights", "x"), ["--class-weights takes one of off, on, uneven", "“x”"]),
    (("train", "--preset", "none-such"), ["none-such"]),
    (("quantize", "--for", "wristband"), ["no kind of watch is called “wristband”", "bangle2"]),
    (("quantize", "--calibration", "nothing"), ["validation, train, noise or a file or folder", "“nothing”"]),
    (("quantize", "--calibration", "test"), ["never uses the test part"]),
    (("quantize", "--method", "x"), ["--method takes ptq or qat"]),
    (("quantize", "--ranges", "x"), ["--ranges takes mse, min-max or percentile"]),
    (("evaluate", "--model", "x"), ["--model takes float or int8"]),
    (("evaluate", "--person", "ada"), ["give --on guest beside it"]),
    (("robustness", "--model", "x"), ["--model takes float or int8"]),
    (("perturb", "--model", "x"), ["--model takes float or int8"]),
    (("cross-validate", "--model", "x"), ["--model takes float or int8"]),
    (("cross-validate", "--forms", "x:y"), ["behind the colon comes a number of takes"]),
    (("cross-validate", "--folds", 1), ["--folds"]),
    (("cross-validate", "--method", "x"), ["no method “x”", "network, dtw, tree or forest"]),
    (("learning-curve", "--shares", "50,20,100"), ["rising percentages up to 100"]),
    (("learning-curve", "--shares", "100"), ["3 percentages at least"]),
    (("prune", "--sparsity", "x"), ["percentages from 0 to 99", "“x”"]),
    (("prune", "--sparsity", "0,100"), ["percentages from 0 to 99"]),
    (("prune", "--keep", 30, "--keep-filters", 30), ["--keep and --keep-filters exclude each other"]),
    (("prune", "--keep", 30, "--folds", 3), ["--keep and --folds exclude each other"]),
    (("compare-forms", "--forms", "x"), ["qat, pruned, distilled and int4"]),
    (("search", "--keep", "NO", "--of", "x"), ["“NO” cannot name a preset", "a letter first"]),
    (("search", "--keep", "waggle", "--of", "x"), ["a preset that Waggle brings along"]),
    (("search", "--of", "x"), ["--of needs --keep NAME"]),
    (("set-threshold",), ["--to 0.8"]),
    (("tune-threshold", "--other", "no-label"), ["a gesture of the model", "“no-label”"]),
    (("tune-threshold", "--per-gesture", "--window", "2000,160"), ["leave --window out"]),
    (("tune-threshold", "--folds", 3, SEED), ["--folds asks for takes, not for a recording"]),
    (("tune-threshold", "--per-gesture", SEED), ["give one of the two"]),
    (("stream", 1, "--window", "x"), ["detector, or a length and a step in milliseconds"]),
    (("stream", 1, "--debounce", "x"), ["a number of inferences and milliseconds as 9,450"]),
    (("stream", 1, "--model", "x"), ["--model takes float or int8"]),
    (("stream", 1, "--threshold", "x"), ["--threshold takes a number"]),
    (("alarms", SEED, "--only", 1), ["--only says which answers --add adds"]),
    (("map", "--by", "x"), ["--by takes movement or network"]),
    (("layers", "x"), ["“x” is not the number of a take"]),
    (("edit", "x", "--wrist", "left"), ["“x” is no recording"]),
    (("edit", 1), ["takes one option that says what to do, not 0"]),
    (("edit", 1, "--wrist", "x"), ["--wrist takes left, right or unknown"]),
    (("edit", 1, "--trim", "1"), ["a first sample and a number of samples, as 12,40"]),
    (("edit", "--rename", "upup"), ["as circle=ring"]),
    (("export", "--to", "x", "out"), ["--to takes one of tflite, c, arduino", "“x”"]),
    (("import", SEED, "--units-per-g", "x"), ["auto or a number above 0"]),
    (("import", SEED, "--units-per-g", "-1"), ["auto or a number above 0"]),
    (("record", "--watch", WATCH, "--label", "a", "--raw"), ["--raw needs the length"]),
    (("record", "--watch", WATCH, "--label", "a", "--raw", "--seconds", 1, "--trigger", "button"),
     ["--raw is the whole stream", "button"]),
    (("record", "--watch", WATCH, "--label", "a", "--guest", "--raw", "--seconds", 1), ["--guest tests single takes"]),
    (("record", "--watch", WATCH, "--label", "a", "--rate", 13), ["12.5 Hz only", "--trigger continuous"]),
    (("record", "--watch", WATCH, "--label", "a", "--trigger", "x"), ["--trigger", "“x”"]),
    (("deploy", "--watch", WATCH, "--action", "circle"), ["as circle=media:next", "“circle”"]),
    (("deploy", "--watch", WATCH, "--mode", "x"), ["--mode takes app or builtin"]),
    (("deploy", "--watch", WATCH, "--background", "x"), ["--background"]),
    (("deploy", "--watch", WATCH, "--names", "a,b"), ["a project names its own gestures"]),
    (("ready", "--for", "bangle2", "--mode", "x"), ["--mode takes app or builtin"]),
)
# addresses that name nothing
ADDRESSES = (
    ("nothing", ["“nothing”", "is no address of a watch"]),
    ("ble:", ["names no watch", "ble:AA:BB:CC:DD:EE:FF or ble:NAME"]),
    ("replay:", ["names no trace", "replay:FILE"]),
    ("rfcomm:x", ["names no device", "rfcomm:AA:BB:CC:DD:EE:FF"]),
    ("serial:", ["serial:"]),
    ("serial:/dev/null?baud=fast", ["“baud=fast” is no rate", "baud=115200"]),
    ("usb:x", ["names no USB device", "usb:0483:5740"]),
    ("usb:0483:5740?baud=fast", ["“baud=fast” is no rate"]),
    ("serial:/dev/%zz", ["“serial:/dev/%zz”", "bad %-escape"]),
)


def fingerprint():
    return hashlib.sha256(PROJECT.read_bytes()).hexdigest()


def test_wrong_options_are_refused_by_what_they_take():
    before = fingerprint()
    for words, says in OPTIONS:
        command, *rest = words
        refused(command, PROJECT, *rest, code=2, says=says)
    assert fingerprint() == before and not (WORK / "watch").exists()


def test_wrong_addresses_are_refused_by_how_one_is_written():
    for address, says in ADDRESSES:
        result = program.cli("identify", "--watch", address)
        lines = result.err.strip().splitlines()
        assert result.code in (1, 2) and len(lines) == 1, (address, result.code, lines)
        assert all(text in lines[0] for text in says), (address, lines)


def test_what_is_not_there_is_named_with_the_way_to_it():
    for words, says in (
            (("train", EMPTY), ["two gestures", "record or import more"]),
            (("train", PROJECT, "--labels", "upup"), ["two gestures", "are of 1"]),
            (("train", PROJECT, "--channels", "gx,gy"), ["no gyroscope", "x,y,z"]),
            (("figures", EMPTY), ["no int8 model", "train and quantize"]),
            (("evaluate", PROJECT, "--on", "guest"), ["no takes of guests", "--guest --person"]),
            (("layers", PROJECT, 99999), ["the model knows no take 99999"]),
            (("personalise", PROJECT, "--base", "nothing"), ["cannot be read as a base model", "--base"]),
            (("search", PROJECT, "--keep", "mine", "--of", "none-such"), ["“none-such”", "search first"]),
            (("train", PROJECT, "--split", "no.json"), ["no.json"]),
            (("edit", PROJECT, 99999, "--wrist", "left"), ["99999"]),
            (("import", PROJECT, "nowhere"), ["nowhere does not exist"])):
        refused(*words, says=says)


def test_what_cannot_be_reached_is_said_by_the_reason():
    """A path below a file, and a link in a circle: the way is barred for root, too."""
    (WORK / "round.waggle").symlink_to("round.waggle")
    for path, why in ((PROJECT / "below.waggle", "Not a directory"), (WORK / "round.waggle", "Too many levels of symbolic links")):
        says = [f"{path} cannot be read: {why}"]
        refused("info", path, says=says)
        refused("import", PROJECT, path, says=says)
        refused("repair", path, WORK / "repaired.waggle", says=says)
        refused("merge", PROJECT, path, says=says)
        refused("quantize", PROJECT, "--calibration", path, says=says)
        refused("stream", PROJECT, path, says=says)
    refused("import", PROJECT, WORK / "nowhere", says=["nowhere does not exist"])
    refused("info", WORK / "nowhere", says=["there is no project at"])


def test_what_is_not_open_is_named_by_what_to_give():
    refused("deploy", GOLDEN, "--watch", WATCH, code=2, says=["names no gestures", "--names a,b"])
    refused("inspect", GOLDEN, "--for", "wristband", code=2, says=["no kind of watch is called “wristband”"])
    for command in ("deploy", "figures"):
        refused(command, code=2, says=["PROJECT|MODEL.tflite", "0 arguments"])


def test_files_of_windows_and_samples_must_hold_them():
    path = WORK / "a.json"
    for text, says in (("{", "is not a JSON object"), ('{"a": 1}', 'has no list "'), ("[]", "is not a JSON object"),
                       ('{"samples": 1, "windows": 1}', 'has no list "')):
        path.write_text(text, encoding="utf-8")
        refused("detect", path, says=["a.json", says])
        refused("predict", GOLDEN, path, says=["a.json", says])
    path.write_text(json.dumps({"samples": [[1, 2]], "windows": [[1, 2]]}), encoding="utf-8")
    refused("detect", path, says=["a.json"])
    refused("predict", GOLDEN, path, says=["2"])


def main():
    program.trained(PROJECT, "conor-v2", words=("--labels", "upup,clap2", "--epochs", 2, "--preset", "classic"))
    good("new", EMPTY)
    tap.main("/cli/refusals")


if __name__ == "__main__":
    main()
