#!/usr/bin/env python3
"""Many copies of sample recordings, each take changed a little, so that none is another's duplicate.

usage: bench/copies.py FOLDER COPIES
"""
import pathlib
import random
import re
import sys

from common import RECORDINGS

SEED = 1
FOLDERS = ("james-v2", "conor-v2")
N_CHANGED = 6  # values of a take
GESTURE = re.compile(r"([^(]+\(\d+\),)(.*)")


def change(line, rng, seen):
    """That line with a step up or down in a few values, as no line before it was."""
    match = GESTURE.match(line)
    if not match:
        return line
    while True:
        values = [int(value) for value in match[2].split(",") if value.strip()]
        for at in rng.sample(range(len(values)), min(N_CHANGED, len(values))):
            values[at] = max(-128, min(127, values[at] + rng.choice((-1, 1))))
        numbers = ",".join(map(str, values))
        if hash(numbers) not in seen:
            seen.add(hash(numbers))
            return f"{match[1]} {numbers}"


def make(folder, copies):
    """`copies` folders of copies of FOLDERS under `folder`; the number of takes."""
    rng = random.Random(SEED)
    seen = set()
    for name in FOLDERS:
        for path in sorted((RECORDINGS / "bangle-gestures" / name).glob("*.txt")):
            lines = path.read_text(encoding="utf-8").splitlines()
            for i in range(copies):
                copy = folder / f"{name}-{i:03}" / path.name
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_text("\n".join(change(line, rng, seen) for line in lines) + "\n", encoding="utf-8")
    return len(seen)


if __name__ == "__main__":
    print(make(pathlib.Path(sys.argv[1]), int(sys.argv[2])))
