#!/usr/bin/env python3
"""The app on the watch beside the program: who connects leaves it as it was, and what it shows and says comes through."""
import os
import select
import subprocess
import time
import tty

import program
import tap
from program import BUILD, SOURCE, cli, good

WORK = program.folder()
TTY = WORK / "tty"
MODEL = SOURCE / "tests" / "data" / "golden" / "seed-v11-int8.tflite"
NAMES = ("left", "圈", "手", "наверх", "“quoted”", "ключ")
PATIENCE_S = 60
# what runs: the app or its background, listeners to a gesture, whether it stands aside
STATE = 'print("~"+[typeof WaggleApp,(Bangle["#ongesture"]||[]).length,!!(global.WaggleApp&&WaggleApp.paused)])'


class Watch:
    """waggle-watch behind a terminal that stays; its console can be typed into while nobody else is connected."""

    def __init__(self):
        self.process = subprocess.Popen([str(BUILD / "src/virtual-watch/waggle-watch"), str(WORK / "watch"), "--tty", str(TTY)],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        while not TTY.exists():
            time.sleep(0.02)
        self.line = os.open(TTY, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self.line)
        self.address = f"serial:{TTY}"

    def type(self, code):
        """What it prints behind a ~, or None."""
        os.write(self.line, b"\x10" + code.encode() + b"\n")
        heard = b""
        while select.select([self.line], [], [], 0.5)[0]:
            heard += os.read(self.line, 4096)
            if b"~" in heard and heard.endswith(b"\n"):
                break
        parts = heard.decode("latin-1").split("~")
        return parts[1].split("\r")[0] if len(parts) > 1 else None

    def wait_for(self, state):
        end = time.monotonic() + PATIENCE_S
        found = self.type(STATE)
        while found != state:
            assert time.monotonic() < end, found
            found = self.type(STATE)


WATCH = Watch()


def deploy(*options):
    return good("deploy", MODEL, "--names", ",".join(NAMES), "--watch", WATCH.address, *options)


def test_looking_leaves_the_app_alone():
    deploy("--background", "on")
    WATCH.type('load("waggle.app.js")')
    WATCH.wait_for("object,1,false")
    good("carries", "--watch", WATCH.address)
    assert WATCH.type(STATE) == "object,1,false"
    good("identify", "--watch", WATCH.address)
    assert WATCH.type(STATE) == "object,1,false"


def test_the_app_is_back_after_a_job():
    for job in (["deploy", MODEL, "--names", ",".join(NAMES), "--test-only"], ["record", WORK / "p.waggle", "--label", "x",
                                                                             "--trigger", "continuous", "--seconds", "1"]):
        if job[0] == "record":
            good("new", WORK / "p.waggle")
        good(*job, "--watch", WATCH.address)
        WATCH.wait_for("object,1,false")


def test_the_background_begins_after_a_deployment():
    WATCH.type("Bangle.CLOCK=1;delete global.WaggleApp")
    WATCH.type('require("Storage").write(".bootcde","Bangle.setUI(\'clock\')")')
    WATCH.type('require("Storage").write(".boot0",require("Storage").read("waggle.boot.js"))')
    WATCH.type("load()")
    WATCH.wait_for("object,1,false")
    deploy("--background", "on")
    WATCH.wait_for("object,1,false")


def test_a_watch_is_told_letters_that_it_has():
    said = deploy().err
    assert "“圈” as “gesture 2”" in said and "“手” as “gesture 3”" in said, said
    carried = good("--json", "carries", "--watch", WATCH.address).json
    names = carried["now"]["gestures"]
    assert names[:3] == ["left", "gesture 2", "gesture 3"], carried
    assert all(ord(letter) < 256 for name in names for letter in name) and len(set(names)) == 6, names


def test_a_damaged_model_is_told():
    deploy()
    good("--json", "deploy", MODEL, "--names", ",".join(NAMES), "--watch", WATCH.address, "--test-only")
    model = next(path for path in (WORK / "watch").glob("waggle.mm*") if path.stat().st_size == MODEL.stat().st_size)
    data = bytearray(model.read_bytes())
    at = data.index(b"sequential")  # the name of a tensor: no answer depends on it
    data[at] ^= 1
    model.write_bytes(data)
    done = cli("--json", "deploy", MODEL, "--names", ",".join(NAMES), "--watch", WATCH.address, "--test-only")
    assert done.code == 1 and "damaged" in done.err, (done.code, done.err)
    assert done.json["verified"] is False and done.json["self_test"] == {"n": 20, "equal": 20}, done.out


if __name__ == "__main__":
    try:
        tap.main("/cli/watch-app")
    finally:
        WATCH.process.kill()
