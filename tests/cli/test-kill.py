#!/usr/bin/env python3
"""SIGKILL at random moments of recording, importing and training loses no finished take."""
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time

import program
import tap
from program import CLI, SEED, good

WORK = program.folder()
N_KILLS = 7


def start(*words):
    return subprocess.Popen([str(CLI), "--json", *map(str, words)], stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def kill(process, seconds):
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()


def committed(path):
    """What another connection can see: those takes are finished."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10) as database:
        return database.execute("SELECT count(*) FROM recordings").fetchone()[0]


def open_again(path):
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    return good("--json", "info", path).json["recordings"]


def test_killed_while_importing():
    moments = random.Random(1)
    for number in range(N_KILLS):
        path = WORK / f"import-{number}.waggle"
        good("new", path)
        good("import", path, SEED / "conor-v2")
        kill(start("import", path, SEED), moments.uniform(0.0, 0.6))
        before = committed(path)
        assert open_again(path) == before >= 259
        good("import", path, SEED)
        assert open_again(path) == 3077


def test_killed_while_training():
    path = WORK / "train.waggle"
    good("new", path)
    good("import", path, SEED / "conor-v2")
    moments = random.Random(2)
    for _ in range(N_KILLS):
        kill(start("train", path, "--epochs", "2000"), moments.uniform(0.05, 1.0))
        assert open_again(path) == 259


def test_killed_while_recording():
    moments = random.Random(3)
    most = 0
    for number in range(N_KILLS):
        path = WORK / f"record-{number}.waggle"
        good("new", path)
        recorder = start("record", path, "--label", "a", "--count", "1000", "--watch",
                         f"virtual:{WORK / 'w'}{number}?perform=swipeleft&speed=40")
        kill(recorder, moments.uniform(0.3, 2.0))
        before = committed(path)
        assert open_again(path) == before
        most = max(most, before)
    assert most > 0


if __name__ == "__main__":
    os.environ.setdefault("XDG_STATE_HOME", str(WORK / "state"))
    try:
        tap.main("/cli/kill")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
