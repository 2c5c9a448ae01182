#!/usr/bin/env python3
"""In the virtual machine: a board with a serial port over Bluetooth classic, between the two controllers."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import scene_link  # noqa: E402  pylint: disable=wrong-import-position
import tap  # noqa: E402  pylint: disable=wrong-import-position
from watch_end import RfcommWatch  # noqa: E402  pylint: disable=wrong-import-position

WATCH = RfcommWatch("watch")
WATCH.start()
TESTS = scene_link.make_tests(WATCH, f"rfcomm:{WATCH.address}")
del TESTS["test_is_found"]  # a classic device is listed once it is paired
globals().update(TESTS)

if __name__ == "__main__":
    tap.main("/lab/rfcomm")
