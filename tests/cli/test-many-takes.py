#!/usr/bin/env python3
"""The check of labels over more takes than are compared with one another: said, and still right. Minutes."""
import math
import random

import program
import tap
from program import good

N_TAKES, N_SWAPPED = 20400, 12
LABELS = ("rise", "fall", "still")


def write_takes(path):
    """Takes of five samples, of which a dozen carry another's label; gives the lines of these."""
    chance = random.Random(1)
    swapped = set(chance.sample(range(N_TAKES), N_SWAPPED))
    with open(path, "w", encoding="utf-8") as out:
        for number in range(N_TAKES):
            gesture = number % 3
            label = LABELS[(gesture + 1) % 3 if number in swapped else gesture]
            values = []
            for t in range(5):
                lift = (0, 40 * math.sin(t), -40 * math.sin(t))[gesture]
                values += [round(chance.gauss(lift, 3)), round(chance.gauss(0, 3)), round(chance.gauss(64, 3))]
            out.write(f"{label}(5),{','.join(map(str, values))}\n")
    return {number + 1 for number in swapped}


def test_more_takes_than_are_compared_are_sampled_and_said():
    work = program.folder()
    swapped = write_takes(work / "many.txt")
    project = work / "p.waggle"
    good("new", project)
    good("import", project, work / "many.txt", "--units-per-g", "64", timeout=600)
    done = good("--json", "check", project, "--kind", "label", timeout=1200).json
    assert "sample" in done["note"], done["note"]
    first = {finding["line"] for finding in done["findings"][:N_SWAPPED]}
    print(f"# {len(first & swapped)} of {N_SWAPPED} swapped labels among the first {N_SWAPPED}", flush=True)
    assert len(first & swapped) >= 9, (first, swapped)


if __name__ == "__main__":
    tap.main("/cli/many-takes")
