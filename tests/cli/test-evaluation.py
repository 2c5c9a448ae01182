#!/usr/bin/env python3
"""How good a model is and why: learning curves, mistakes in words, baselines, robustness."""
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


def test_learning_curve_refuses_shares_that_are_none():
    for shares in ("50,20,100", "20,50", "20,50,80", "0,50,100", "20,50,120", "some"):
        refused("learning-curve", PROJECT, "--shares", shares, code=2, says=["--shares", shares])


if __name__ == "__main__":
    tap.main("/cli/evaluation")
