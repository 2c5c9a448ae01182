#!/usr/bin/env python3
"""A recording goes on when the computer has slept for longer than the watch waits, and stores what it missed as a gap."""
import signal
import subprocess
import time

import program
import tap
from program import BUILD, good

WORK = program.folder()
SLEEP_S = 19  # the watch waits 15


def test_goes_on_after_a_sleep():
    path = WORK / "p.waggle"
    terminal = WORK / "tty"
    good("new", path)
    with subprocess.Popen([str(BUILD / "src/virtual-watch/waggle-watch"), str(WORK / "watch"), "--tty", str(terminal), "--stays",
                           "--perform", "upup"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL) as watch:
        while not terminal.exists():
            time.sleep(0.02)
        process = subprocess.Popen([str(program.CLI), "record", str(path), "--watch", f"serial:{terminal}", "--label", "lid",
                                    "--raw", "--seconds", "35", "--rate", "50"], stderr=subprocess.PIPE, text=True)
        try:
            time.sleep(4)
            process.send_signal(signal.SIGSTOP)
            time.sleep(SLEEP_S)
            process.send_signal(signal.SIGCONT)
            said = process.communicate(timeout=120)[1]
            print("#", said)
            assert process.returncode == 0, said
        finally:
            process.kill()
            watch.kill()
    row, = good("--json", "list", path).json["recordings"]
    done = row["n_samples"]
    missing = sum(gap["missing"] for gap in row["gaps"])
    print(f"# {done} samples and {missing} in gaps of 35 s at 50 Hz with a sleep of {SLEEP_S} s")
    assert missing > 100 and abs(done + missing - 35 * 50) < 50, row


if __name__ == "__main__":
    tap.main("/cli/sleep")
