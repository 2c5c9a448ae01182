#!/usr/bin/env python3
"""On what the int8 model is calibrated, what is shown of it, and what it costs where it is not like the recordings."""
import json
import random
import re
import shutil

import program
import tap
from program import SEED, SPLIT, good, refused

WORK = program.folder()
PROJECT = program.seed_project(WORK / "p.waggle")
good("train", PROJECT, "--split", SPLIT, "--preset", "classic", "--epochs", "30")
PARTS = json.loads(SPLIT.read_text(encoding="utf-8"))
N_LABELS = len({entry["label"] for entry in PARTS["train"]})
COST = {"on", "n", "errors", "recommended_errors", "float_errors", "accuracy", "recommended_accuracy", "difference",
        "changed", "probability", "recommended_probability", "worst", "recommended", "words"}


def quantize(*words):
    return good("--json", "quantize", PROJECT, *words).json["calibration"]


def take_lines(person, part, label=None):
    """The lines of that person's takes of a part of the split."""
    lines = []
    for entry in PARTS[part]:
        folder, name = entry["file"].split("/")[-2:]
        if folder == f"{person}-v2" and label in (None, entry["label"]):
            lines.append((SEED / folder / name).read_text(encoding="utf-8").splitlines()[entry["line"] - 1])
    return lines


def write(name, lines):
    path = WORK / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def check_warning(calibration, kind, source, n_asked=len(PARTS["validation"])):
    """It is raised, and its cost was measured; gives the cost."""
    found = [warning for warning in calibration["warnings"] if warning["kind"] == kind]
    assert len(found) == 1 and found[0]["message"].endswith("."), (kind, calibration["warnings"])
    cost = found[0]["cost"]
    assert set(cost) == COST, set(cost) ^ COST
    assert cost["on"] == "validation" and cost["n"] == n_asked, cost
    assert abs(cost["accuracy"] - (1 - cost["errors"] / cost["n"])) < 1e-12, cost
    assert abs(cost["difference"] - (cost["accuracy"] - cost["recommended_accuracy"])) < 1e-12, cost
    assert abs(cost["errors"] - cost["recommended_errors"]) <= cost["changed"], cost
    words = (f"it costs nothing here, {cost['errors']} of {n_asked} validation takes are wrong either way (with {source} or "
             if cost["errors"] == cost["recommended_errors"] else
             f"calibrated on {source}, {cost['errors']} of {n_asked} validation takes are wrong instead of "
             f"{cost['recommended_errors']}")
    assert words in cost["words"], (words, cost["words"])
    return cost


def test_takes_and_tensors_are_shown():
    done = quantize()
    assert done["part"] == "validation" and done["n"] == len(PARTS["validation"]) == len(set(done["takes"])), done["n"]
    split = good("--json", "evaluate", PROJECT, "--on", "validation").json
    assert sorted(done["takes"]) == sorted(take["id"] for take in split["takes"])
    assert done["labels"] == {row["label"]: row["support"] for row in split["per_label"]}, done["labels"]
    assert sum(done["persons"].values()) == done["n"] and set(done["persons"]) == {"james", "conor"}, done["persons"]
    assert done["ranges_method"] == "mse" and done["warnings"] == [], done["warnings"]
    tensors = done["tensors"]
    assert [tensor["op"] for tensor in tensors] == ["input", "conv", "conv", "max-pool", "dense", "softmax"], tensors
    for tensor in tensors:
        low, high = (tensor["scale"] * (end - tensor["zero_point"]) for end in (-128, 127))
        assert abs(tensor["int8"]["min"] - low) < 1e-4 and abs(tensor["int8"]["max"] - high) < 1e-4, tensor
        assert 0 <= tensor["saturated"] < tensor["values"] and tensor["mse"] >= 0, tensor
    assert tensors[0]["values"] == done["n"] * 150 and tensors[0]["saturated"] == 0 and tensors[0]["mse"] == 0, tensors


def test_min_max_saturates_nothing_and_a_percentile_does():
    lost = {}
    for ranges in ("min-max", "mse", "percentile"):
        done = quantize("--ranges", ranges, "--percentile", "99")
        assert done["ranges_method"] == ranges
        lost[ranges] = [(tensor["saturated"], tensor["mse"]) for tensor in done["tensors"][1:5]]
    assert all(saturated == 0 for saturated, _ in lost["min-max"]), lost
    assert all(saturated > 0 for saturated, _ in lost["percentile"][:2]), lost
    # of every tensor whose range was looked for (a pool has that of its input)
    for tensor in (0, 1, 3):
        assert lost["mse"][tensor][1] <= 1.001 * min(lost["min-max"][tensor][1], lost["percentile"][tensor][1]), lost
    refused("quantize", PROJECT, "--ranges", "entropy", code=2, says=["mse, min-max or percentile", "entropy"])
    refused("quantize", PROJECT, "--percentile", "42", code=2, says=["--percentile takes 90 to 100"])


def test_same_takes_give_the_same_model():
    for words in (("--samples", "20"), ("--calibration", "noise", "--seed", "7")):
        models = []
        for number in range(2):
            done = quantize(*words)
            good("export", PROJECT, "--to", "tflite", WORK / f"{number}.tflite", "--replace")
            models.append((done, (WORK / f"{number}.tflite").read_bytes()))
        assert models[0] == models[1], words
    assert quantize("--calibration", "noise", "--seed", "7") != quantize("--calibration", "noise", "--seed", "8")


def test_few_takes_show_every_gesture_and_are_warned_about():
    done = quantize("--samples", str(2 * N_LABELS))
    assert set(done["labels"].values()) == {2} and len(done["labels"]) == N_LABELS, done["labels"]
    cost = check_warning(done, "too-few", f"{2 * N_LABELS} of the validation takes")
    assert cost["recommended"] == "validation", cost
    assert "the same that are asked" in cost["words"], cost["words"]
    assert [warning["kind"] for warning in quantize("--samples", "60")["warnings"]] == []


def test_noise_is_warned_about():
    for source, what in (("noise", "noise"), ("noise-normal", "normal noise"), ("noise-unit", "noise from 0 to 1 g")):
        done = quantize("--calibration", source)
        assert done["part"] == source and done["n"] == 100 and done["takes"] == [] and done["labels"] == {}, done
        check_warning(done, "noise", what)
    assert quantize("--calibration", "noise", "--samples", "30")["n"] == 30
    text = good("quantize", PROJECT, "--calibration", "noise").out
    assert "Noise has no gestures in it" in text and text.count("Measured: calibrated on noise, ") + text.count("Measured: it costs nothing here, ") == 1, text


def test_a_file_of_noise_is_found_out():
    chance = random.Random(2)
    path = write("shelf.txt", [f"upup(40),{','.join(str(chance.randrange(-90, 90)) for _ in range(120))}"
                               for _ in range(60)])
    check_warning(quantize("--calibration", path, "--units-per-g", "64"), "noise", "the takes in shelf.txt")


def test_one_person_is_warned_about():
    path = write("conor.txt", take_lines("conor", "train"))
    done = quantize("--calibration", path)
    assert done["file"] == str(path) and done["persons"] == {"conor": 126} and done["takes"] == [], done["persons"]
    assert done["places"][:2] == ["conor.txt:1", "conor.txt:2"] and len(done["places"]) == 126, done["places"][:3]
    check_warning(done, "one-person", "the takes in conor.txt")
    assert {warning["kind"] for warning in done["warnings"]} <= {"one-person", "range"}, done["warnings"]
    for person in ("james", "conor"):
        write(f"both/{person}/takes.txt", take_lines(person, "train"))
    done = quantize("--calibration", WORK / "both")
    assert done["n"] == len(PARTS["train"]), done["n"]
    assert set(done["persons"]) == {"conor", "james"} and done["warnings"] == [], done["warnings"]


def test_another_scale_is_warned_about():
    path = write("scale.txt", take_lines("conor", "train"))
    done = quantize("--calibration", path, "--units-per-g", "128")
    check_warning(done, "scale", "the takes in scale.txt")
    check_warning(done, "range", "the takes in scale.txt")
    message = next(warning["message"] for warning in done["warnings"] if warning["kind"] == "scale")
    here, trained = map(float, re.findall(r"([\d.]+) g ", message))
    assert 1.8 < trained / here < 2.2, message


def test_missing_gestures_are_warned_about():
    path = write("upup.txt", take_lines("conor", "train", "upup") + take_lines("james", "train", "upup"))
    done = quantize("--calibration", path)
    check_warning(done, "labels-missing", "the takes in upup.txt")
    message = next(warning["message"] for warning in done["warnings"] if warning["kind"] == "labels-missing")
    assert "“clap2”" in message and "“upup”" not in message, message


def test_the_test_part_is_never_used():
    refused("quantize", PROJECT, "--calibration", "test", code=2, says=["never uses the test part"])
    before = good("--json", "info", PROJECT).json["models"]
    refused_lines = take_lines("conor", "test")[:1]
    for name, lines in (("one.txt", refused_lines), ("more.txt", take_lines("james", "train") + refused_lines)):
        refused_by = cli_refusal(write(name, lines))
        assert f"1 of the {len(lines)} takes in" in refused_by and "is a test take of this project" in refused_by
    values = re.match(r"[\w ]+\(\d+\),(.*)", refused_lines[0]).group(1).split(",")
    # the same movement in other units and another format
    halved = write("halved.csv", ["aX,aY,aZ"] + [",".join(str(int(value) / 64) for value in values[i:i + 3])
                                                 for i in range(0, len(values), 3)])
    assert "is a test take" in cli_refusal(halved, "--units-per-g", "1", "--rate", "12.5")
    assert good("--json", "info", PROJECT).json["models"] == before, "nothing is stored"


def cli_refusal(path, *words):
    result = program.cli("quantize", PROJECT, "--calibration", path, *words)
    assert result.code == 2, (result.code, result.err)
    return result.err.strip().splitlines()[-1]


def test_a_file_that_is_none_is_refused():
    refused("quantize", PROJECT, "--calibration", PROJECT, code=2, says=["is a project", "imported from"])
    refused("quantize", PROJECT, "--calibration", WORK / "nothing", code=2, says=["there is no", "nothing"])
    refused("quantize", PROJECT, "--calibration", "train", "--rate", "25", code=2, says=["--rate", "train"])
    empty = write("empty.txt", ["", "no take here"])
    result = program.cli("quantize", PROJECT, "--calibration", empty)
    assert result.code == 1 and "empty.txt" in result.err.strip().splitlines()[-1], result.err


def test_without_validation_takes_the_training_takes_serve():
    path = shutil.copy(PROJECT, WORK / "all.waggle")
    good("train", path, "--preset", "classic", "--epochs", "3", "--validation", "0")
    done = good("--json", "quantize", path).json["calibration"]
    assert done["part"] == "train" and done["warnings"] == [], done["warnings"]
    cost = good("--json", "quantize", path, "--samples", "7").json["calibration"]["warnings"][0]["cost"]
    assert cost["on"] == cost["recommended"] == "train", cost


def test_cross_validation_asks_one_training_in_several_forms():
    words = ("cross-validate", PROJECT, "--preset", "classic", "--epochs", "8", "--labels", "upup,snap,random",
             "--folds", "2", "--seeds", "2", "--forms", "train/min-max,noise,person=conor/percentile/99,train:6,half-scale")
    results = [good("--json", *words, "--threads", threads).json for threads in ("1", "3")]
    assert results[0]["forms"] == results[1]["forms"], "the same at any number of threads"
    forms = results[0]["forms"]
    assert [form["form"] for form in forms] == ["float", "train/min-max", "noise", "person=conor/percentile/99",
                                                "train:6", "half-scale"], forms
    own = good("--json", *words[:-2], "--model", "float").json
    assert forms[0]["seeds"] == own["seeds"] and forms[0]["errors"] == own["errors"], (forms[0], own)
    least = good("--json", *words[:-2], "--ranges", "min-max").json
    assert forms[1]["errors"] == least["errors"] and least["ranges"] == "min-max", (forms[1], least["errors"])
    noise = good("--json", *words[:-2], "--calibration", "noise").json
    assert forms[2]["errors"] == noise["errors"] and noise["calibration"] == "noise", (forms[2], noise["errors"])
    for form in forms:
        paired = [mine - base for mine, base in zip(form["seeds"], forms[0]["seeds"])]
        assert all(abs(a - b) < 1e-9 for a, b in zip(paired, form["differences"])), form
        assert abs(form["difference"] - sum(paired) / 2) < 1e-9, form
        assert abs(form["errors"] - forms[0]["errors"]) <= form["changed"], form
        assert form["worst"]["difference"] <= form["difference"] + 0.01, form
    assert "other answers" in good(*words).out
    for wrong, says in (("shelf", "there is no calibration"), ("train/best", "--ranges takes"),
                        ("train/percentile/12", "90 to 100"), ("train:0", "number of takes")):
        refused(*words[:-1], wrong, code=2, says=[says])
    refused(*words[:-1], "person=nobody", says=["nobody"])
    refused(*words, "--method", "dtw", code=2, says=["has no int8 form"])


if __name__ == "__main__":
    tap.main("/cli/quantize")
