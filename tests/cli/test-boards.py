#!/usr/bin/env python3
"""Records from a board that simply prints numbers, at a terminal, and refuses what it cannot do."""
import os
import pty
import shutil
import subprocess
import threading
import time
import tty

import program
import tap
from program import BUILD, SOURCE, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"
RATE_HZ = 80


class Printer:
    """Prints x, y, z in mg with milliseconds before them, as a sketch of twenty lines does."""

    def __init__(self):
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        self.address = f"serial:{os.ttyname(self.slave)}?baud=250000"  # no rate of termios
        self.ends = False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        os.write(self.master, b"Sensor ready\r\n")
        start = time.monotonic()
        n = 0
        while not self.ends:
            # what it stamps is its own clock, which is never late
            os.write(self.master, b"%d, %d, %d, %d\r\n" % (1000 * n // RATE_HZ, n % 5, -20, 1000))
            n += 1
            time.sleep(max(0, start + n / RATE_HZ - time.monotonic()))

    def close(self):
        self.ends = True
        self.thread.join()
        os.close(self.master)
        os.close(self.slave)


def test_a_board_that_prints_numbers_is_recorded_at_its_measured_rate():
    good("new", PROJECT)
    board = Printer()
    try:
        done = good("--json", "record", PROJECT, "--watch", board.address, "--label", "wave", "--raw",
                    "--seconds", "4").rows[-1]
        assert done["recordings"] == 1, done
        told = good("--json", "list", PROJECT).json["recordings"][0]
        print("#", told)
        assert abs(told["rate_hz"] - RATE_HZ) < 0.01 * RATE_HZ, told
        assert told["n_samples"] > 100, told
        refused("record", PROJECT, "--watch", board.address, "--label", "wave", "--count", "1", says=["--raw"])
    finally:
        board.close()


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
