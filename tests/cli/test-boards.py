#!/usr/bin/env python3
"""Records from a board that simply prints numbers, at a terminal, and refuses what it cannot do."""
import json
import math
import os
import pty
import shutil
import sqlite3
import subprocess
import time
import tty

import number_board
import program
import project_file
import tap
from program import BUILD, CLI, SEED, SOURCE, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"
PERFORMED = WORK / "performed.waggle"
REST = 12  # samples of rest before and behind a take


def read_takes(n_each):
    """The first takes of each recorded gesture of one person, in the watch's units of 64 a g."""
    takes = []
    for path in sorted((SEED / "conor-v2").glob("*.txt")):
        lines = [line.split(",") for line in path.read_text().splitlines() if "," in line][:n_each]
        for cells in lines:
            values = [int(cell) for cell in cells[1:]]
            takes.append([values[i:i + 3] for i in range(0, len(values) - 2, 3)])
    takes = [take for take in takes if detect(take) == [take]]
    return sorted(takes, key=lambda take: abs(math.hypot(*take[0]) - 64))  # 1 g at first


def detect(take):
    """What the watch's detector makes of a take between rests: the numbers are coarser than they were when it cut
    them, so now and then it is another piece."""
    path = WORK / "samples.json"
    samples = [take[0]] * REST + take + [take[-1]] * REST
    path.write_text(json.dumps({"samples": [[value * 128 for value in sample] for sample in samples]}))
    gestures = good("--json", "detect", path).json["gestures"]
    return [[values[i:i + 3] for i in range(0, len(values), 3)] for _, values in gestures]




class Performer(number_board.Board):
    """Prints recorded takes with rest around them, each sample so often, on a clock of its own that it
    prints; it begins when it is told to."""

    def __init__(self, takes, repeats, units_per_g):
        self.samples = []
        self.takes, self.repeats, self.units_per_g = takes, repeats, units_per_g
        self.begins = False
        self.pace = 20
        super().__init__()

    def run(self):
        stream = [sample for take in self.takes for sample in [take[0]] * REST + take + [take[-1]] * REST]
        rate_hz = 12.5 * self.repeats
        start = time.monotonic()
        n = at = 0
        os.write(self.master, b"ms,x,y,z\r\n")
        while not self.ends:
            x, y, z = (value * self.units_per_g / 64 for value in stream[min(at, len(stream) - 1)])
            os.write(self.master, b"%d,%.4f,%.4f,%.4f\r\n" % (1000 * n / rate_hz, x, y, z))
            n += 1
            at += self.begins and n % self.repeats == 0
            time.sleep(max(0, start + n / rate_hz / self.pace - time.monotonic()))


def stored_takes(project, label):
    """The stored samples in the watch's units, and rate and units of each take."""
    with sqlite3.connect(f"file:{project}?mode=ro", uri=True) as db:
        rows = db.execute("SELECT original, n_samples, rate_hz, units_per_g FROM recordings JOIN takes ON recording = id "
                          "WHERE label = ? ORDER BY id", (label,)).fetchall()
    takes = []
    for original, n, rate_hz, units in rows:
        values = [value * 64 / units for value in project_file.floats(original)]
        takes.append(([values[i:i + 3] for i in range(0, 3 * n, 3)], rate_hz, units))
    return takes


def record_performed(takes, repeats, units_per_g, label):
    """Records until all is performed; what was said at the beginning."""
    board = Performer(takes, repeats, units_per_g)
    seconds = sum(len(take) + 2 * REST for take in takes) / 12.5 / board.pace + 2
    try:
        process = subprocess.Popen([str(CLI), "--json", "record", str(PERFORMED), "--watch", board.address, "--label",
                                    label, "--trigger", "detector", "--seconds", str(seconds)],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1)
        said = process.stderr.readline()
        board.begins = True
        out, error = process.communicate(timeout=120)
        assert process.returncode == 0, (process.returncode, said, error)
        assert json.loads(out.splitlines()[-1])["held_back"] == 0, out
        return said
    finally:
        board.close()


def test_its_gestures_are_cut_by_the_watchs_detector():
    good("new", PERFORMED)
    takes = read_takes(3)
    said = record_performed(takes, 1, 1000, "slow")
    assert "taken for 1000 a g" in said, said
    found = stored_takes(PERFORMED, "slow")
    assert len(found) == len(takes) >= 15, (len(found), len(takes))
    for (samples, rate_hz, units), take in zip(found, takes):
        assert abs(rate_hz - 12.5) < 0.01 * rate_hz and units == 1000, (rate_hz, units)
        assert len(samples) == len(take), (len(samples), len(take))
        assert all(abs(a - b) < 0.02 for x, y in zip(samples, take) for a, b in zip(x, y)), (samples, take)
    print(f"# 12.5 Hz: {len(found)} of {len(takes)} takes, each as it was printed; {said.strip()}")


def place_of(samples, stream):
    """Where in the stream these samples stand one after the other; None: nowhere."""
    for start in range(len(stream) - len(samples) + 1):
        if all(abs(a - b) < 0.02 for x, y in zip(samples, stream[start:]) for a, b in zip(x, y)):
            return start
    return None


def test_a_faster_board_keeps_its_rate_and_an_unusual_unit_is_said():
    """Steps of 80 ms begin where they begin, so a take is cut within a step or two of where it was, and the shortest
    may be too short."""
    takes = read_takes(3)
    said = record_performed(takes, 8, 500, "fast")
    assert "no usual unit" in said, said
    stream, middles = [], []
    for take in takes:
        middles.append((len(stream) + 8 * REST, len(stream) + 8 * (REST + len(take))))
        stream += [sample for sample in [take[0]] * REST + take + [take[-1]] * REST for _ in range(8)]
    found = stored_takes(PERFORMED, "fast")
    n_right = 0
    for samples, rate_hz, units in found:
        assert abs(rate_hz - 100) < 1 and 450 < units < 550, (rate_hz, units)
        # what rests is not exactly 1 g: an unusual unit is as wrong as that
        start = place_of([[value * units / 500 for value in sample] for sample in samples], stream)
        assert start is not None, samples
        n_right += any(abs(start - first) <= 16 and abs(start + len(samples) - end) <= 24 for first, end in middles)
    print(f"# 100 Hz: {len(found)} gestures of {len(takes)} takes, {n_right} of them where they were; {said.strip()}")
    assert n_right >= 0.6 * len(takes), (n_right, len(takes))


def test_a_board_that_prints_numbers_is_recorded_at_its_measured_rate():
    good("new", PROJECT)
    board = number_board.Board()
    try:
        done = good("--json", "record", PROJECT, "--watch", board.address, "--label", "wave", "--raw",
                    "--seconds", "4").rows[-1]
        assert done["recordings"] == 1, done
        told = good("--json", "list", PROJECT).json["recordings"][0]
        print("#", told)
        assert abs(told["rate_hz"] - number_board.RATE_HZ) < 0.01 * number_board.RATE_HZ, told
        assert told["n_samples"] > 100, told
        refused("record", PROJECT, "--watch", board.address, "--label", "wave", "--trigger", "button", "--count", "1",
                says=["no button"])
    finally:
        board.close()


class Sketch(number_board.Board):
    """Prints 50 lines a second for ever. `line(n, k)` makes the n-th, which is the k-th since the recording began (below
    0: before that); None: nothing then."""

    RATE_HZ = 50

    def __init__(self, line):
        self.line = line
        self.begins = False
        super().__init__()

    def run(self):
        start = time.monotonic()
        n, begun = 0, None
        while not self.ends:
            if self.begins and begun is None:
                begun = n
            line = self.line(n, -1 if begun is None else n - begun)
            if line is not None:
                os.write(self.master, line)
            n += 1
            time.sleep(max(0, start + n / self.RATE_HZ - time.monotonic()))


def record_sketch(line, label, *words):
    """The job's result, the recordings as they are listed, and what was said."""
    board = Sketch(line)
    try:
        process = subprocess.Popen([str(CLI), "--json", "record", str(PROJECT), "--watch", board.address, "--label",
                                    label, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        said = process.stderr.readline()
        assert "a g" in said, said
        board.begins = True
        out, error = process.communicate(timeout=120)
        assert process.returncode == 0, (process.returncode, said, error)
        done = json.loads(out.splitlines()[-1])
        listed = [row for row in good("--json", "list", PROJECT).json["recordings"] if row["label"] == label]
        print("#", label, done, listed)
        return done, listed, error
    finally:
        board.close()


def plain(n):
    return b"%.3f,%.3f,%.3f\r\n" % (0.01 * (n % 5), -0.02, 1 + 0.003 * (n % 3))


def check_rate(done, stored):
    assert abs(stored["rate_hz"] - Sketch.RATE_HZ) < 0.01 * Sketch.RATE_HZ, stored
    assert done["rate_hz"] == stored["rate_hz"], (done, stored)


def test_a_silence_is_stored_as_a_gap():
    done, (stored,), _ = record_sketch(lambda n, k: None if 75 < k < 175 else plain(n), "stall", "--raw", "--seconds", "5")
    assert done["gaps"] == 1 and 96 <= done["missing"] <= 102, done
    check_rate(done, stored)


def test_unreadable_samples_are_missing():
    done, (stored,), _ = record_sketch(lambda n, k: b"nan,nan,nan\r\n" if n % 20 == 0 else plain(n), "nan", "--raw",
                                       "--seconds", "4")
    assert abs(done["missing"] - (done["samples"] + done["missing"]) / 20) <= 1.5, done
    check_rate(done, stored)


def test_a_reset_is_a_gap():
    """Of 40 lines; its clock goes on from 0.1 s."""
    def line(n, k):
        if k < 80:
            return b"%d," % (n * 20) + plain(n)
        if k < 120:
            return b"ets Jun  8 2016 00:22:57\r\nSensor ready\r\n" if k == 118 else None
        return b"%d," % (100 + (k - 120) * 20) + plain(n)
    done, (stored,), _ = record_sketch(line, "reset", "--raw", "--seconds", "5")
    assert done["gaps"] == 1 and 36 <= done["missing"] <= 44, done
    check_rate(done, stored)


def test_decimal_commas_are_read():
    record_sketch(lambda n, k: plain(n).replace(b",", b";").replace(b".", b","), "comma", "--raw", "--seconds", "2")
    with sqlite3.connect(f"file:{PROJECT}?mode=ro", uri=True) as db:
        (original, n), = db.execute("SELECT original, n_samples FROM recordings JOIN takes ON recording = id "
                                    "WHERE label = 'comma'").fetchall()
    values = project_file.floats(original)
    assert n > 60 and all(abs(z - 1) < 0.01 for z in values[2::3]), values[:9]
    assert all(abs(y + 0.02) < 1e-6 for y in values[1::3]), values[:9]


def test_a_saturated_take_is_held_back():
    """16 bits at 2 g, at their end for the first half of each second."""
    def line(n, k):
        x = 32767 if k >= 0 and n % 50 < 25 else 100 + n % 7
        return b"%d,%d,%d\n" % (x, n % 11, 16384 + n % 5)
    done, (stored,), error = record_sketch(line, "hard", "--trigger", "countdown", "--length", "1.5", "--count", "1")
    assert done["held_back"] == 1 and stored["clipped"], (done, stored)
    assert "clipped: " in error, error


def test_a_micropython_board_is_recorded():
    master, slave = pty.openpty()
    tty.setraw(slave)
    os.set_blocking(master, False)
    board = subprocess.Popen(["node", str(SOURCE / "tests/micropython/board.mjs"),
                              str(BUILD / "tests/micropython/micropython.mjs"),
                              str(SOURCE / "tests/micropython/microbit.py")], stdin=master, stdout=master)
    try:
        done = good("--json", "record", PROJECT, "--watch", f"serial:{os.ttyname(slave)}", "--label", "still",
                    "--raw", "--seconds", "2").rows[-1]
        assert done["recordings"] == 1, done
        told = [row for row in good("--json", "list", PROJECT).json["recordings"] if row["label"] == "still"][0]
        print("#", told)
        assert told["n_samples"] > 20 and told["rate_hz"] > 10, told
    finally:
        board.kill()
        board.wait()
        os.close(master)
        os.close(slave)


if __name__ == "__main__":
    try:
        tap.main("/cli/boards")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
