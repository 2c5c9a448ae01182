#!/usr/bin/env python3
"""What is near, on a machine whose Bluetooth service cannot be reached: said with its cause, and looked for no longer than
asked."""
import os
import signal
import subprocess
import time

import program
import tap
from program import CLI, good, refused

QUIET = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={program.folder() / 'no-bus'}"}


def look(*words):
    return good("--json", "watches", *words, env=QUIET).json


def test_says_why_nothing_is_heard_over_the_air():
    found = look("--seconds", 1)
    assert set(found) == {"watches", "troubles"}, found
    told = {one["kind"]: one["trouble"] for one in found["troubles"]}
    assert "ble" in told and told["ble"], found
    assert not [one for one in found["watches"] if one["address"].startswith("ble:")], found


def test_each_watch_has_an_address_that_tells_how_it_is_reached():
    for one in look("--seconds", 1)["watches"]:
        assert set(one) == {"address", "name", "kind", "signal_dbm", "trouble", "command"}, one
        assert ":" in one["address"] and (one["signal_dbm"] is None or one["signal_dbm"] < 0), one


def test_looks_as_long_as_asked_and_else_no_longer_than_there_is_to_hear():
    for words, least_s, most_s in ((("--seconds", 2), 2, 6), ((), 0, 4)):
        begun = time.monotonic()
        look(*words)
        assert least_s <= time.monotonic() - begun < most_s, (words, time.monotonic() - begun)


def test_ends_at_once_when_it_is_stopped():
    process = subprocess.Popen([CLI, "watches", "--seconds", "60"], env=QUIET, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130, process.returncode


def test_takes_no_time_that_is_none():
    refused("watches", "--seconds", "-1", code=2, says=["--seconds takes 0 to 3600"])


tap.main("/cli/watches")
