#!/usr/bin/env python3
"""In the virtual machine: a watch behind real USB, by the kernel's own CDC-ACM driver."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import scene  # noqa: E402  pylint: disable=wrong-import-position
import scene_link  # noqa: E402  pylint: disable=wrong-import-position
import tap  # noqa: E402  pylint: disable=wrong-import-position
from watch_end import UsbWatch  # noqa: E402  pylint: disable=wrong-import-position

ADDRESS = "serial:/dev/ttyACM0"
WATCH = UsbWatch("watch")


def test_is_found():
    WATCH.start()
    found, _ = scene.run_cli("watches")
    assert ADDRESS in [row["address"] for row in found.json["watches"]], found.json


def test_deploys():
    scene_link.check_deploy(WATCH, ADDRESS)


def test_records():
    scene_link.check_record(WATCH, ADDRESS)


def test_listens():
    scene_link.check_listen(WATCH, ADDRESS)


if __name__ == "__main__":
    tap.main("/lab/serial")
