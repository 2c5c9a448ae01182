#!/usr/bin/env python3
"""In the virtual machine: a watch behind real USB that no kernel driver is bound to."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import scene_link  # noqa: E402  pylint: disable=wrong-import-position
import tap  # noqa: E402  pylint: disable=wrong-import-position
from watch_end import UsbWatch  # noqa: E402  pylint: disable=wrong-import-position

WATCH = UsbWatch("watch", is_bound=False)
WATCH.start()
globals().update(scene_link.make_tests(WATCH, "usb:0483:5740", has_plug=True))

if __name__ == "__main__":
    tap.main("/lab/usb")
