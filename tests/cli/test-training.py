#!/usr/bin/env python3
"""The options that say how to train do what they say, the same for train and cross-validate."""
import program
import tap
from program import good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"
TWO = ("--labels", "swipeleft,swipeup")  # 324 takes and 37: uneven
ALL = ("--learning-rate", "0.002", "--schedule", "plateau", "--weight-decay", "0.02",
       "--label-smoothing", "0.1", "--sharpness", "0.05", "--augment", "0.5", "--patience", 9,
       "--class-weights", "off", "--smote")


def train(*options):
    return good("--json", "train", PROJECT, *TWO, "--epochs", 4, *options).json


def test_options_are_kept_with_the_model():
    program.seed_project(PROJECT)
    preset, asked = train()["settings"], train(*ALL)["settings"]
    assert asked["schedule"] == "plateau" and preset["schedule"] == "cosine", (asked, preset)
    for name, value in (("learning_rate", 0.002), ("weight_decay", 0.02), ("label_smoothing", 0.1),
                        ("sharpness", 0.05), ("patience", 9)):
        assert abs(asked[name] - value) < 1e-6 and asked[name] != preset[name], (name, asked, preset)
    for name in ("scale", "rotation", "stretch"):
        assert preset[name] > 0 and abs(asked[name] - preset[name] / 2) < 1e-6, (name, asked, preset)
    assert asked["class_weights"] == "off" and preset["class_weights"] == "uneven", (asked, preset)
    assert asked["smote"] is True and preset["smote"] is False, (asked, preset)


def test_same_seed_same_model_at_any_number_of_threads_with_every_option():
    models = []
    for threads in (1, 2, 5):
        train(*ALL, "--threads", threads)
        good("quantize", PROJECT)
        good("export", PROJECT, "--to", "tflite", WORK / "m.tflite", "--replace")
        models.append((WORK / "m.tflite").read_bytes())
    assert models[0] == models[1] == models[2]


def test_each_option_changes_the_training():
    losses = {train()["train_loss"]}
    for options in (ALL[0:2], ALL[2:4], ALL[4:6], ALL[6:8], ALL[10:12], ALL[14:16], ALL[16:]):
        loss = train(*options)["train_loss"]
        assert loss not in losses, options
        losses.add(loss)


def test_patience_ends_a_training_early():
    # a rate that is far too high: no epoch after the first few is better
    short = train("--epochs", 300, "--patience", 2, "--learning-rate", "0.3", "--schedule", "constant")
    assert short["epochs"] < 300 and short["best_epoch"] == short["epochs"] - 2, short


def test_patience_without_validation_holds_takes_out():
    short = train("--epochs", 300, "--patience", 2, "--learning-rate", "0.3", "--schedule", "constant",
                  "--validation", 0)
    assert short["epochs"] < 300, short


def test_cross_validation_takes_the_same_options():
    plain = good("--json", "cross-validate", PROJECT, *TWO, "--folds", 2, "--epochs", 2).json
    asked = good("--json", "cross-validate", PROJECT, *TWO, "--folds", 2, "--epochs", 2, *ALL).json
    assert asked["n"] == plain["n"] == 361, (asked["n"], plain["n"])  # made-up takes are never asked
    assert asked["takes"] != plain["takes"]


def test_what_cannot_be_is_refused_in_words():
    refused("train", PROJECT, "--schedule", "sine", code=2, says=["sine", "constant, plateau, cosine"])
    refused("train", PROJECT, "--class-weights", "maybe", code=2, says=["maybe", "off, on, uneven"])
    refused("train", PROJECT, "--augment", "3", code=2, says=["--augment", "0 to 2"])
    refused("cross-validate", PROJECT, "--label-smoothing", "1", code=2, says=["--label-smoothing"])


if __name__ == "__main__":
    tap.main("/cli/training")
