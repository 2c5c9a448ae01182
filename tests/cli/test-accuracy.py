#!/usr/bin/env python3
"""The accuracy that the README states, on the seed's split: five seeds of two presets. Minutes."""
import statistics

import program
import tap
from program import SPLIT, good

PROJECT = program.folder() / "p.waggle"
SEEDS = (1, 2, 3, 4, 5)


def accuracies(*options):
    """Mean accuracy over the seeds on the test split: as trained, as on the watch."""
    rows = []
    for seed in SEEDS:
        good("train", PROJECT, "--split", SPLIT, "--seed", seed, *options)
        good("quantize", PROJECT)
        rows.append([good("--json", "evaluate", PROJECT, "--model", model, "--on", "test").json["accuracy"]
                     for model in ("float", "int8")])
    means = [statistics.mean(column) for column in zip(*rows)]
    print("#", *options, [[f"{value:.4f}" for value in row] for row in rows],
          "means", [f"{mean:.4f}" for mean in means], flush=True)
    return means


def test_classic_is_as_good_as_the_published_one():
    program.seed_project(PROJECT)
    trained, on_watch = accuracies("--preset", "classic", "--epochs", 500, "--batch", 64)
    assert trained >= 0.970 and on_watch >= trained - 0.005, (trained, on_watch)


def test_waggle_is_as_good_as_stated():
    _, on_watch = accuracies("--preset", "waggle")
    assert on_watch >= 0.983, on_watch


if __name__ == "__main__":
    tap.main("/cli/accuracy")
