#!/usr/bin/env python3
"""By hand: records a stream of known samples at 100 Hz from a virtual watch on a pseudo-terminal, in real time.

usage: record-hour.py [SECONDS [SPEED]]   (3600 and 1)

Every sample says which one it is, so that none can be lost, doubled or wrong unnoticed."""
import json
import os
import sqlite3
import subprocess
import sys
import time

import program
import project_file
from program import BUILD, good

RATE = 100
SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 3600
SPEED = float(sys.argv[2]) if len(sys.argv) > 2 else 1
N = int(SECONDS * RATE)


def sample(k):
    """Even, so that halving at +-8 g loses nothing."""
    return [2 * (k % 10007) - 10006, 2 * (k // 10007) - 40, 2 * (k * 7919 % 9973) - 9972]


def main():
    work = program.folder()
    path = work / "p.waggle"
    stream = work / "stream.json"
    stream.write_text(json.dumps({"rate_hz": RATE, "samples": [sample(k) for k in range(N)]}))
    good("new", path)
    tty = work / "tty"
    watch = subprocess.Popen([str(BUILD / "src/virtual-watch/waggle-watch"), str(work / "w"), "--tty", str(tty),
                              "--perform", str(stream), "--speed", str(SPEED)],
                             stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while not os.path.exists(tty):
        time.sleep(0.1)
    time.sleep(1)
    begun = time.time()
    try:
        done = good("--json", "record", path, "--watch", f"serial:{tty}", "--label", "hour", "--trigger", "continuous",
                    "--rate", RATE, timeout=SECONDS / SPEED * 2 + 120).json
    finally:
        watch.kill()
    taken = time.time() - begun
    print(json.dumps(done))
    blob, units, rate = sqlite3.connect(path).execute("SELECT original, units_per_g, rate_hz FROM recordings").fetchone()
    gaps = sqlite3.connect(path).execute("SELECT first, n_missing FROM gaps").fetchall()
    values = project_file.floats(blob)
    stored = [values[i:i + 3] for i in range(0, len(values), 3)]
    wanted = [tuple(v / 2 for v in sample(k)) for k in range(N)]
    begin = stored.index(wanted[0])
    found = stored[begin:begin + N]
    wrong = sum(a != b for a, b in zip(found, wanted))
    print(f"{N} samples in, {len(found)} stored, {wrong} wrong, {len(gaps)} gaps; {len(stored)} stored in all; "
          f"{taken:.1f} s; {units:g} units a g; {rate:g} Hz; at most {done['longest_ms']:g} ms from arrival to the file")
    return 0 if wrong == 0 and len(found) == N and not gaps else 1


if __name__ == "__main__":
    sys.exit(main())
