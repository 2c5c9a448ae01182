"""What the scripts of this folder share: building, and one line a result that bench/run-all collects."""
import json
import pathlib
import subprocess

SOURCE = pathlib.Path(__file__).resolve().parent.parent
RECORDINGS = SOURCE / "data" / "recordings"
BUILD = SOURCE / "_build-plain"
SAMPLE = [RECORDINGS / "bangle-gestures", RECORDINGS / "seed-split.json"]


def build(folder, *targets):
    if not (folder / "build.ninja").exists():
        subprocess.run(["meson", "setup", str(folder), str(SOURCE)], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", str(folder), *targets], check=True, stdout=subprocess.DEVNULL)


def read_words(line):
    """{"seconds": 1.5, "epochs": 500} of "seconds 1.5 epochs 500"."""
    words = line.split()
    return {name: float(value) for name, value in zip(words[::2], words[1::2])}


def format_seconds(seconds):
    return f"{seconds * 1000:.0f} ms" if seconds < 0.2 else f"{seconds:.2f} s"


def print_result(what, ours, other, theirs, ratio, note=""):
    """`ratio`: how many times as fast as the other; None where there is none to compare with."""
    print("RESULT " + json.dumps({"what": what, "ours": ours, "other": other, "theirs": theirs,
                                  "ratio": None if ratio is None else round(ratio, 1), "note": note}), flush=True)
