#!/usr/bin/env python3
"""How much of what is none of the gestures is ignored, mean of five seeds, in both modes. Minutes.

Five gestures and `random` as reject class on the seed's split; thresholds from takes of its train and validation part;
`nothing`, `snap` and `swipeup` are never trained or tuned on. The figures are the watch's: its files are read from the
virtual watch, and its rules are written anew here. They must be those that `evaluate` tells; and the wearer of a
virtual watch makes the gestures, of which each answer must be the desktop's, in both modes.
"""
import json
import statistics

import gesture_takes
import program
import tap
from program import SEED, SPLIT, good

WORK = program.folder()
PROJECT = WORK / "p.waggle"
SEEDS = (1, 2, 3, 4, 5)
UNSEEN = (("gordon-v1", "nothing"), ("james-v2", "snap"), ("conor-v2", "swipeup"), ("extra-v2", "swipeup"))
ASKED = 0.045  # of the takes to choose by, so that others stay below 0.05
MOST_FALSE_REJECTS, LEAST_RANDOM, LEAST_NOTHING, LEAST_UNSEEN = 0.05, 0.95, 0.75, 0.75


def load_takes():
    """{what: [(label, values)]}"""
    takes = {"gestures": [], "random": [], "nothing": [], "unseen": []}
    for label, values in gesture_takes.split_part("test"):
        takes["random" if label == "random" else "gestures"].append((label, values))
    for folder, label in UNSEEN:
        takes["nothing" if label == "nothing" else "unseen"] += gesture_takes.of_label(folder, label)
    assert {what: len(of) for what, of in takes.items()} == {"gestures": 229, "random": 12, "nothing": 34, "unseen": 186}
    return takes


def predict(model, windows):
    path = WORK / "windows.json"
    path.write_text(json.dumps({"windows": windows}), encoding="utf-8")
    return good("--json", "predict", model, path).json["outputs"]


def is_answered(mode, record, outputs):
    """The app's rule (recognise.js), or the firmware's (jswrap_bangle.c)."""
    best = max(range(len(outputs)), key=lambda i: (outputs[i], -i))
    if mode == "app":
        return (outputs[best] + 128) / 256 >= record["thresholds"][best]
    return outputs[best] > 0


def deploy(mode, seed):
    folder = WORK / f"watch-{mode}-{seed}"
    good("deploy", PROJECT, "--mode", mode, "--kind", "bangle2", "--watch", f"virtual:{folder}")
    record = json.loads((folder / "waggle.json").read_text(encoding="latin-1"))
    model = WORK / f"{mode}-{seed}.tflite"
    model.write_bytes((folder / ("waggle.mm00" if mode == "app" else "%2Etfmodel")).read_bytes())
    return folder, record, model


def silent_shares(mode, takes, record, model):
    """Share of each kind of take that gets no answer, as `evaluate` says."""
    shares, counts = {}, {}
    for what, of in takes.items():
        rows = predict(model, [gesture_takes.window(values) for _, values in of])
        counts[what] = sum(not is_answered(mode, record, row) for row in rows)
        shares[what] = counts[what] / len(of)
    told = good("--json", "evaluate", PROJECT, "--mode", mode).json["rejected"]
    unseen = {row["label"]: row["ignored"] for row in told["unseen"]}
    assert told["unanswered"] == counts["gestures"] and told["ignored"] == counts["random"], (told, counts)
    assert unseen["nothing"] == counts["nothing"], (unseen, counts)
    assert unseen["snap"] + unseen["swipeup"] == counts["unseen"], (unseen, counts)
    return shares


def performed_shares(folder, takes):
    """The same, of what a virtual watch cuts and answers when its wearer makes those gestures."""
    shares = {}
    for what, of in takes.items():
        path = gesture_takes.write(WORK / f"{what}.txt", of)
        rows = good("--json", "listen", PROJECT, "--watch", f"virtual:{folder}?perform={path}&speed=100").rows
        answers, last = rows[:-1], rows[-1]
        assert len(answers) >= 0.9 * len(of), (what, len(answers), len(of))
        assert last["equal"] == last["gestures"], last
        shares[what] = sum(row["watch"]["label"] is None for row in answers) / len(answers)
    return shares


def check(figures, name):
    means = {what: statistics.mean(row[what] for row in figures) for what in figures[0]}
    spread = {what: (min(row[what] for row in figures), max(row[what] for row in figures)) for what in means}
    for what, mean in means.items():
        print(f"# {name}: {what} without an answer: mean {mean:.4f}, {spread[what][0]:.4f} to {spread[what][1]:.4f}",
              flush=True)
    return [f"{name} {what}" for what, bound in (("random", LEAST_RANDOM), ("nothing", LEAST_NOTHING),
                                                ("unseen", LEAST_UNSEEN)) if means[what] < bound] + (
        [f"{name} gestures"] if means["gestures"] > MOST_FALSE_REJECTS else [])


def test_none_of_these_is_ignored_in_both_modes():
    takes = load_takes()
    program.seed_project(PROJECT)
    good("import", PROJECT, SEED / "gordon-v1", "--person", "gordon")
    good("import", PROJECT, SEED / "extra-v2", "--person", "extra")
    figures = {(mode, how): [] for mode in ("app", "builtin") for how in ("asked", "performed")}
    for seed in SEEDS:
        good("train", PROJECT, "--split", SPLIT, "--seed", seed, "--other", "random")
        good("quantize", PROJECT)
        tuned = good("--json", "tune-threshold", PROJECT, "--per-gesture", "--other", "random", "--folds", 5,
                     "--seed", seed, "--false-rejects", ASKED).json
        accuracy = good("--json", "evaluate", PROJECT).json["accuracy"]
        print(f"# seed {seed}: {tuned['verdict']} thresholds {tuned['thresholds']}; accuracy {accuracy:.4f}", flush=True)
        for mode in ("app", "builtin"):
            folder, record, model = deploy(mode, seed)
            figures[mode, "asked"].append(silent_shares(mode, takes, record, model))
            figures[mode, "performed"].append(performed_shares(folder, takes))
            print(f"# seed {seed} {mode}:", {how: {what: round(share, 3) for what, share in figures[mode, how][-1].items()}
                                             for how in ("asked", "performed")}, flush=True)
    missed = []
    for (mode, how), rows in figures.items():
        missed += check(rows, f"{mode}, {how}")
    assert not missed, missed


if __name__ == "__main__":
    tap.main("/cli/none-of-these-figures")
