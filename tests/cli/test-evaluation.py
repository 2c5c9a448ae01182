#!/usr/bin/env python3
"""How good a model is and why: learning curves, mistakes in words, baselines, robustness."""
import math
import random
import shutil
import statistics

import program
import tap
from program import cli, good, refused

WORK = program.folder()
PROJECT = program.seed_project(WORK / "p.waggle")
QUICK = ("--preset", "classic", "--epochs", "3", "--labels", "upup,snap,random")


def test_learning_curve_gives_measured_and_predicted_points():
    done = good("--json", "learning-curve", PROJECT, *QUICK, "--folds", "3", "--seeds", "1").json
    shares = [point["share"] for point in done["points"]]
    assert shares == [0.2, 0.35, 0.5, 0.75, 1], shares
    takes = [point["takes"] for point in done["points"]]
    assert takes == sorted(takes) and takes[-1] == round((203 + 93 + 56) * 2 / 3), takes
    assert [point["share"] for point in done["predicted"]] == [1.5, 2], done["predicted"]
    for point in done["points"] + done["predicted"]:
        assert [row["label"] for row in point["per_label"]] == ["upup", "snap", "random"], point
        assert 0 <= point["accuracy"] <= 1 and point["spread"] >= 0, point
    for point in done["predicted"]:
        assert point["low"] <= point["accuracy"] <= point["high"], point
    assert "twice as many" in done["advice"], done["advice"]


def test_learning_curve_is_the_same_at_any_number_of_threads():
    results = []
    for threads in ("1", "2", "5"):
        done = good("--json", "learning-curve", PROJECT, *QUICK, "--folds", "2", "--seeds", "1", "--shares",
                    "20,50,100", "--threads", threads).json
        assert done.pop("seconds") > 0
        results.append(done)
    assert results[0] == results[1] == results[2], results


def test_compare_holds_the_network_against_methods_without_one():
    done = good("--json", "compare", PROJECT, *QUICK, "--folds", "2", "--seeds", "2", "--trees", "20").json
    rows = {row["method"]: row for row in done["methods"]}
    assert list(rows) == ["network", "forest", "dtw", "tree"], done
    own = good("--json", "cross-validate", PROJECT, *QUICK, "--folds", "2", "--seeds", "2", "--method", "forest",
               "--trees", "20").json
    assert rows["forest"]["accuracy"] == own["mean"] and rows["forest"]["spread"] == own["spread"], (rows, own)
    best = max((row for row in done["methods"] if row["method"] != "network"), key=lambda row: row["accuracy"])
    assert best["name"] in done["advice"], done["advice"]
    if rows["network"]["accuracy"] == best["accuracy"]:
        assert "may be chance" in done["advice"], done["advice"]


def test_learning_curve_refuses_shares_that_are_none():
    for shares in ("50,20,100", "20,50", "20,50,80", "0,50,100", "20,50,120", "some"):
        refused("learning-curve", PROJECT, "--shares", shares, code=2, says=["--shares", shares])


def check_pairs(report):
    """Mistakes in words are the matrix's, the most frequent first."""
    labels, found = report["labels"], {(pair["true"], pair["predicted"]): pair for pair in report["pairs"]}
    for i, row in enumerate(report["confusion"]):
        for j, n in enumerate(row):
            pair = found.pop((labels[i], labels[j]), None)
            assert (pair is None) == (i == j or n == 0), (labels[i], labels[j], n, pair)
            if pair:
                times = "time" if n == 1 else "times"
                words = f"{labels[i]} was taken for {labels[j]} {n} {times} of {sum(row)}"
                assert pair["n"] == n and pair["words"] == words, (pair, words)
    assert not found, found
    counts = [pair["n"] for pair in report["pairs"]]
    assert counts == sorted(counts, reverse=True) and sum(counts) == report["errors"], counts


def test_mistakes_are_told_in_words():
    path = shutil.copy(PROJECT, WORK / "pairs.waggle")
    good("train", path, "--preset", "classic", "--epochs", "8")
    good("quantize", path)
    done = good("--json", "evaluate", path, "--on", "validation").json
    assert done["pairs"], "eight epochs leave mistakes"
    check_pairs(done)
    explained = done["explanation"]
    assert abs(sum(part["share"] for part in explained["parts"]) - 1) < 1e-6, explained
    assert explained["words"].startswith(" and ".join(explained["labels"])), explained
    text = good("evaluate", path, "--on", "validation").out
    assert done["pairs"][0]["words"] in text and explained["words"] in text, text
    check_pairs(good("--json", "cross-validate", path, *QUICK, "--folds", "2").json)


def test_baselines_are_cross_validated_alike():
    own = ("--folds", "3", "--labels", "upup,snap,random")
    folds = None
    for method in ("dtw", "tree", "forest"):
        results = []
        for threads in ("1", "2", "5"):
            done = good("--json", "cross-validate", PROJECT, *own, "--method", method, "--trees", "20",
                        "--threads", threads).json
            assert done.pop("seconds") >= 0
            results.append(done)
        assert results[0] == results[1] == results[2], method
        assert done["method"] == done["model"] == method and done["n"] == 203 + 93 + 56, done
        assert done["accuracy"] > 0.8, (method, done["accuracy"])
        takes = [take["id"] for take in done["takes"]]
        assert folds in (None, takes), "the folds are the same for every method"
        folds = takes
    shallow = good("--json", "cross-validate", PROJECT, *own, "--method", "tree", "--depth", "1").json
    assert sum(1 for column in zip(*shallow["confusion"]) if any(column)) == 2, shallow["confusion"]
    refused("cross-validate", PROJECT, "--method", "guess", code=2, says=["network, dtw, tree or forest"])


def write_twins(path):
    """Takes of two gestures that are the same but for their last half second (6 of 25 samples)."""
    chance = random.Random(1)
    with open(path, "w", encoding="utf-8") as out:
        for number in range(140):
            is_flick, values = number % 2, []
            for t in range(25):
                forces = (38 * math.sin(0.4 * t), 51 if is_flick and t >= 19 else 0, -64)
                values += [round(chance.gauss(force, 6)) for force in forces]
            out.write(f"{('circle', 'flick')[is_flick]}(25),{','.join(map(str, values))}\n")


def test_training_says_what_tells_two_gestures_apart():
    path = WORK / "twins.waggle"
    write_twins(WORK / "twins.txt")
    good("new", path)
    good("import", path, WORK / "twins.txt", "--units-per-g", "64")
    words = "circle and flick are told apart by the last half second"
    advice = good("--json", "train", path, "--epochs", "40").json["advice"]
    assert advice.startswith("Good: ") and advice.endswith(f"; {words}."), advice
    good("quantize", path)
    for model in ("float", "int8"):
        told = good("--json", "evaluate", path, "--model", model, "--on", "validation").json["explanation"]
        assert told["words"] == words and told["labels"] == ["circle", "flick"], told


def test_hasty_training_is_told_to_go_on():
    path = shutil.copy(PROJECT, WORK / "hasty.waggle")
    assert "train longer" in good("--json", "train", path, "--epochs", "2").json["advice"]


def test_robustness_gives_a_curve_for_each_change():
    path = shutil.copy(PROJECT, WORK / "robust.waggle")
    good("train", path, "--preset", "classic", "--epochs", "30")
    good("quantize", path)
    plain = good("--json", "evaluate", path, "--on", "validation").json["accuracy"]
    done = good("--json", "robustness", path, "--draws", "2").json
    assert done == good("--json", "robustness", path, "--draws", "2").json, "seeded"
    curves = {curve["name"]: curve for curve in done["curves"]}
    assert sorted(curves) == ["dropped samples", "noise", "rotation", "speed"], sorted(curves)
    for name, curve in curves.items():
        values = [point["value"] for point in curve["points"]]
        assert values == sorted(values), values
        unchanged = curve["points"][values.index(1 if name == "speed" else 0)]
        assert unchanged["accuracy"] == plain, (name, unchanged, plain)
    assert curves["noise"]["points"][-1]["accuracy"] < plain - 0.1, curves["noise"]
    assert "are still right" in done["advice"] and done["advice"] in good("robustness", path, "--draws", "2").out
    assert good("--json", "robustness", path, "--on", "test", "--draws", "1").json["test_opened"] == 1
    assert good("--json", "evaluate", path).json["test_opened"] == 2
    refused("robustness", path, "--on", "yesterday", code=2, says=["yesterday"])


def test_spread_over_seeds_and_worst_group_are_told():
    done = good("--json", "cross-validate", PROJECT, *QUICK, "--folds", "2", "--seeds", "3").json
    assert abs(done["mean"] - statistics.mean(done["seeds"])) < 1e-12, done["seeds"]
    assert abs(done["spread"] - statistics.stdev(done["seeds"])) < 1e-12, done["seeds"]
    assert abs(done["mean"] - done["accuracy"]) < 1e-12, done
    worst = min(done["groups"], key=lambda group: group["accuracy"])
    assert done["worst"]["accuracy"] == worst["accuracy"], done["worst"]
    text = good("cross-validate", PROJECT, *QUICK, "--folds", "2", "--seeds", "3").out
    assert f"the 3 seeds spread by {100 * done['spread']:.1f} points" in text, text
    assert f"the worst: {100 * worst['accuracy']:.1f} % {worst['name']}" in text, text
    one = good("--json", "cross-validate", PROJECT, *QUICK, "--folds", "2").json
    assert one["spread"] is None and one["mean"] == done["seeds"][0], one


def test_leaving_persons_out_reads_well_and_needs_two():
    text = good("cross-validate", PROJECT, *QUICK, "--leave-one-person-out").out
    for person in ("james", "conor"):
        assert f"when {person} is left out" in text, text
    assert "the worst: " in text and "the persons' axes differ" in text, text
    path = WORK / "alone.waggle"
    good("new", path)
    good("import", path, program.SEED / "conor-v2", "--person", "conor")
    refused("cross-validate", path, "--leave-one-person-out", says=["at least 2 persons", "there is 1"])


if __name__ == "__main__":
    tap.main("/cli/evaluation")
