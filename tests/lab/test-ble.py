#!/usr/bin/env python3
"""In the virtual machine: a watch behind real Bluetooth LE, from one controller to the other."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import scene_link  # noqa: E402  pylint: disable=wrong-import-position
import tap  # noqa: E402  pylint: disable=wrong-import-position
from watch_end import BleWatch  # noqa: E402  pylint: disable=wrong-import-position

WATCH = BleWatch("watch")
WATCH.start()
TESTS = scene_link.make_tests(WATCH, f"ble:{WATCH.address}")
TESTS["test_upload_in_small_writes"] = lambda: scene_link.check_upload(f"ble:{WATCH.address}?packet=20", 6)
globals().update(TESTS)

if __name__ == "__main__":
    tap.main("/lab/ble")
