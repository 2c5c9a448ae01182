"""What the scripts of this folder share: building, and one line a result that bench/run-all collects."""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

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


class Measured:
    """What a program took: seconds, those of the processor, and the most memory it had at a time, in MB (at least what this
    program has, which is little, for that is inherited)."""

    def __init__(self, words, out=subprocess.DEVNULL):
        start = time.monotonic()
        with subprocess.Popen([str(word) for word in words], stdout=out, stderr=subprocess.DEVNULL,
                              stdin=subprocess.DEVNULL) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{' '.join(map(str, words))} failed")
        self.seconds = time.monotonic() - start
        self.own_s = usage.ru_utime + usage.ru_stime
        self.peak_mb = usage.ru_maxrss / 1024


def median(turns, name):
    return statistics.median(getattr(turn, name) for turn in turns)


def format_turns(turns):
    """For a note: how they spread, and what they needed."""
    seconds = [turn.seconds for turn in turns]
    spread = f"{min(seconds):.2f} to {max(seconds):.2f} s in {len(turns)} turns; " if len(turns) > 1 else ""
    return (f"{spread}processor time {median(turns, 'own_s'):.2f} s; at most {max(turn.peak_mb for turn in turns):.0f} MB; "
            f"load {os.getloadavg()[0]:.1f}")


def format_seconds(seconds):
    return f"{seconds * 1000:.0f} ms" if seconds < 0.2 else f"{seconds:.2f} s"


def print_result(what, ours, other, theirs, ratio, note=""):
    """`ratio`: how many times as fast as the other; None where there is none to compare with."""
    print("RESULT " + json.dumps({"what": what, "ours": ours, "other": other, "theirs": theirs,
                                  "ratio": None if ratio is None else round(ratio, 1), "note": note}), flush=True)
