#!/usr/bin/env python3
"""Records from a board that simply prints numbers, at a terminal, and refuses what it cannot do."""
import os
import pty
import shutil
import subprocess
import tty

import number_board
import program
import tap
from program import BUILD, SOURCE, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"


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
