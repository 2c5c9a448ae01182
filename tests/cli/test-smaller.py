#!/usr/bin/env python3
"""Smaller models: training on as int8, pruning, distilling, and all of them side by side."""
import shutil

import program
import tap
from program import cli, good, refused

WORK = program.folder()
LABELS = "snap,random"
PROJECT = program.seed_project(WORK / "p.waggle")
good("train", PROJECT, "--preset", "classic", "--epochs", "4", "--labels", LABELS)
FIGURES = ("accuracy", "errors", "macro_f1", "worst", "n")
FOLDS = ("--preset", "classic", "--epochs", "2", "--labels", LABELS, "--folds", "2")


def fresh(name):
    return shutil.copy(PROJECT, WORK / name)


def count_models(path):
    return len(good("--json", "info", path).json["models"])


def evaluate(path, model):
    return good("--json", "evaluate", path, "--on", "validation", "--model", model).json


def test_training_on_as_int8_is_never_worse_on_validation():
    path = fresh("qat.waggle")
    good("quantize", path)
    plain = evaluate(path, "int8")["errors"]
    done = good("--json", "quantize", path, "--method", "qat").json
    qat = done["qat"]
    assert qat["float_errors"] == evaluate(path, "float")["errors"], qat
    assert qat["plain_errors"] == plain, (qat, plain)
    assert qat["kept"] == ("qat" if qat["qat_errors"] <= plain else "ptq"), qat
    assert evaluate(path, "int8")["errors"] == min(plain, qat["qat_errors"]), qat
    assert f"{qat['n']} validation takes" in qat["verdict"], qat
    folds = ("tune-threshold", path, "--per-gesture", "--only-tell", "--folds", "2")
    assert ("this one was trained on as int8" in good(*folds).err) == (qat["kept"] == "qat"), qat
    assert "this one was" not in good(*folds, "--model", "float").err
    good("export", path, "--to", "tflite", WORK / "one.tflite")
    good("quantize", path, "--method", "qat")
    good("export", path, "--to", "tflite", WORK / "two.tflite")
    assert (WORK / "one.tflite").read_bytes() == (WORK / "two.tflite").read_bytes()


def test_training_on_as_int8_goes_without_validation_takes():
    path = WORK / "unvalidated.waggle"
    shutil.copy(PROJECT, path)
    good("train", path, "--preset", "classic", "--epochs", "2", "--labels", LABELS, "--validation", "0")
    qat = good("--json", "quantize", path, "--method", "qat").json["qat"]
    assert qat["kept"] == "qat" and "no validation takes" in qat["verdict"], qat
    refused("prune", path, says=["validate", "--folds 5"])
    said = refused("prune", path, "--keep", "50", says=["train --validation 0.2"]).err
    assert "--folds" not in said, said  # which keeps nothing


def check_curve(done):
    rows, whole = done["rows"], done["rows"][0]
    cliff = None
    for before, row in zip(rows, rows[1:]):
        assert row["nonzero"] == row["weights"] - round(row["sparsity"] / 100 * row["weights"]), row
        assert row["bytes"] == whole["bytes"] and row["compressed_bytes"] < before["compressed_bytes"], row
        assert all(key in row and key in row["int8"] for key in FIGURES), row
        fall = whole["int8"]["accuracy"] - row["int8"]["accuracy"]
        if cliff is None and fall > row["chance"]:
            cliff = before["sparsity"]
    assert done["cliff"] == cliff, (done["cliff"], cliff)
    assert whole["nonzero"] == whole["weights"], whole


def test_prune_tells_a_curve_and_its_cliff_and_changes_nothing():
    path = fresh("curve.waggle")
    done = good("--json", "prune", path, "--sparsity", "90,30").json
    assert [row["sparsity"] for row in done["rows"]] == [0, 30, 90], done
    check_curve(done)
    assert done["on"] == "validation" and "kept" not in done, done
    assert done["rows"][0]["errors"] == evaluate(path, "float")["errors"], done["rows"][0]
    assert count_models(path) == count_models(PROJECT)
    shown = good("prune", path, "--sparsity", "30").out
    assert "30 % of the weights are 0" in shown and done["rows"][0]["worst"]["label"] in shown, shown


def test_prune_keeps_a_network_that_quantizing_goes_on_from():
    path = fresh("keep.waggle")
    done = good("--json", "prune", path, "--sparsity", "30", "--keep", "60").json
    assert done["kept"] == 60 and [row["sparsity"] for row in done["rows"]] == [0, 30, 60], done
    assert count_models(path) == count_models(PROJECT) + 1
    assert evaluate(path, "float")["errors"] == done["rows"][2]["errors"]
    good("quantize", path)
    again = good("--json", "compare-forms", path, "--forms", "qat").json["rows"]
    assert again[0]["nonzero"] == done["rows"][2]["nonzero"], again[0]
    assert again[0]["errors"] == done["rows"][2]["errors"], again[0]


def test_prune_keeps_a_network_with_fewer_filters_which_is_smaller():
    path = fresh("narrow.waggle")
    done = good("--json", "prune", path, "--sparsity", "0", "--filters", "40", "--keep-filters", "50").json
    whole, rows = done["rows"][0], done["filters"]
    assert [row["filters"] for row in rows] == [40, 50] and done["kept_filters"] == 50, done
    for before, row in zip([whole, *rows], rows):
        assert row["bytes"] < before["bytes"] and row["arena_bytes"] <= before["arena_bytes"], row
        assert row["nonzero"] == row["weights"] < before["weights"], row
    assert evaluate(path, "float")["errors"] == rows[1]["errors"]
    quantized = good("--json", "quantize", path).json
    assert quantized["bytes"] == rows[1]["bytes"], (quantized["bytes"], rows[1]["bytes"])
    refused("prune", path, "--keep", "50", "--keep-filters", "50", code=2, says=["--keep-filters"])
    # what trains anew knows how wide it is, and the folds do
    tuned = good("--json", "tune-threshold", path, "--per-gesture", "--folds", "2", "--only-tell")
    assert "this one was made narrower" in tuned.err and tuned.json["gestures"] > 100, tuned.err
    kept = good("--json", "info", path).json["models"][0]["preset"]
    good("train", path, "--preset", kept, "--epochs", "1", "--labels", LABELS)
    assert good("--json", "quantize", path).json["bytes"] == quantized["bytes"], kept


def test_over_folds_it_is_the_same_at_any_number_of_threads():
    for job in (("prune", "--sparsity", "50", "--filters", "50"),
                ("compare-forms", "--forms", "qat,distilled", "--teacher", "classic")):
        results = []
        for threads in ("1", "3"):
            done = good("--json", job[0], PROJECT, *job[1:], *FOLDS, "--seeds", "2", "--threads", threads).json
            done.pop("seconds")
            results.append(done)
        assert results[0] == results[1], job
        n = 93 + 56
        assert results[0]["on"] == "folds" and results[0]["n"] == 2 * n, (job, results[0]["n"])
        assert results[0]["rows"][0]["spread"] is not None, job


def test_over_folds_the_preset_is_the_model_s():
    options = ("--folds", "2", "--epochs", "1", "--labels", LABELS, "--sparsity", "50", "--filters", "0")
    done = good("--json", "prune", PROJECT, *options)
    assert done.json["preset"] == "classic" and "preset classic, as the model" in done.err, done.err
    given = good("--json", "prune", PROJECT, *options, "--preset", "dense")
    assert given.json["preset"] == "dense" and "as the model" not in given.err, given.err


def test_distill_tells_of_teacher_and_student_and_keeps_it():
    path = fresh("distill.waggle")
    options = ("--teacher", "classic", "--teacher-scale", "2", "--epochs", "3")
    told = good("--json", "distill", path, *options, "--only-tell").json
    assert [row["key"] for row in told["rows"]] == ["student", "teacher", "distilled"], told
    assert not told["kept"] and count_models(path) == count_models(PROJECT)
    student, teacher, distilled = told["rows"]
    assert teacher["bytes"] > student["bytes"] and distilled["bytes"] == student["bytes"], told
    assert student["errors"] == evaluate(path, "float")["errors"], student
    kept = good("--json", "distill", path, *options).json
    assert kept["kept"] and count_models(path) == count_models(PROJECT) + 1
    assert kept["rows"] == told["rows"], (kept, told)
    assert evaluate(path, "float")["errors"] == distilled["errors"]
    assert "teacher" in kept["verdict"], kept["verdict"]


def test_all_forms_stand_side_by_side():
    path = fresh("forms.waggle")
    done = good("--json", "compare-forms", path, "--teacher", "classic", "--epochs", "3", "--pruned", "40").json
    rows = {row["key"]: row for row in done["rows"]}
    assert list(rows) == ["float", "int8", "int8-qat", "pruned", "distilled", "int4", "int4-qat"], list(rows)
    for row in rows.values():
        assert all(key in row for key in FIGURES + ("name", "bytes", "arena_bytes")), row
    assert rows["float"]["errors"] == evaluate(path, "float")["errors"], rows["float"]
    assert rows["float"]["bytes"] == 4 * rows["float"]["parameters"], rows["float"]
    weights = rows["int8"]["weights"]
    assert rows["int4"]["bytes"] == rows["int8"]["bytes"] - weights // 2, rows
    assert rows["pruned"]["nonzero"] == weights - round(0.4 * weights), rows["pruned"]
    assert count_models(path) == count_models(PROJECT)


def test_wrong_use_is_refused():
    refused("quantize", PROJECT, "--method", "guess", code=2, says=["ptq or qat"])
    for text in ("some", "30,,50", "100", "-5"):
        refused("prune", PROJECT, "--sparsity", text, code=2, says=["--sparsity"])
    refused("prune", PROJECT, "--keep", "50", "--folds", "2", code=2, says=["--keep", "--folds"])
    refused("prune", PROJECT, "--labels", "upup,snap", code=2, says=["--labels", "--folds"])
    refused("prune", PROJECT, "--window", "60", code=2, says=["--window", "--folds"])
    refused("compare-forms", PROJECT, "--forms", "qat,best", code=2, says=["--forms", "qat,best"])
    refused("compare-forms", PROJECT, "--folds", "1", code=2, says=["--folds"])
    refused("distill", PROJECT, "--teacher", "nobody", code=2, says=["nobody", "waggle"])
    untrained = WORK / "untrained.waggle"
    good("new", untrained)
    for job in (("prune",), ("distill",), ("compare-forms",), ("quantize", "--method", "qat")):
        refused(job[0], untrained, *job[1:], says=["train"])


def test_stopped_it_changes_nothing():
    path = fresh("stopped.waggle")
    before = count_models(path)
    with program.subprocess.Popen([program.CLI, "distill", path, "--epochs", "100000"],
                                  stderr=program.subprocess.PIPE, text=True) as job:
        try:
            job.wait(1)
        except program.subprocess.TimeoutExpired:
            job.send_signal(2)
        assert job.wait(60) == 130 and "project is as it was" in job.stderr.read()
    assert count_models(path) == before


if __name__ == "__main__":
    tap.main("/cli/smaller")
