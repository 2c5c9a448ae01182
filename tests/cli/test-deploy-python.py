#!/usr/bin/env python3
"""Deploys to a MicroPython board: the real interpreter behind a pseudo-terminal, with a folder as its flash."""
import json
import os
import pty
import shutil
import signal
import subprocess
import threading
import time
import tty
import zlib

import program
import tap
from program import BUILD, CLI, SOURCE, SPLIT, cli, good

WORK = program.folder()
PROJECT = WORK / "p.waggle"
GOLDEN = SOURCE / "tests/data/golden"
MODEL = GOLDEN / "seed-v11-int8.tflite"
NAMES = ("--names", "a,b,c,d,e,f", "--kind", "micropython")
MICROPYTHON = SOURCE / "tests/micropython"


class Board:
    """`stub`: a program that it runs first."""

    def __init__(self, flash, *options, stub=None):
        flash.mkdir(exist_ok=True)
        words = [f"--flash={flash}", *options]
        if stub:
            path = WORK / "stub.py"
            path.write_text(stub)
            words.append(str(path))
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        os.set_blocking(self.master, False)
        self.address = f"serial:{os.ttyname(self.slave)}"
        self.process = subprocess.Popen(
            ["node", str(MICROPYTHON / "board.mjs"), str(BUILD / "tests/micropython/micropython.mjs"), *words],
            stdin=self.master, stdout=self.master)
        os.close(self.master)

    def __enter__(self):
        return self.address

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self.slave)


def complain(result):
    """The one sentence on standard error; a note may stand before it."""
    lines = result.err.strip().splitlines()
    assert len([line for line in lines if not line.startswith("no stored takes fit")]) == 1, lines
    return lines[-1]


def refused(*words, code=1, says=()):
    result = cli(*words)
    assert result.code == code, (words, result.code, result.out[-500:], result.err[-1000:])
    for text in says:
        assert text in complain(result), (text, result.err)


def small(memory=200000, blocks=100, full_after=1 << 20):
    return (MICROPYTHON / "small.py").read_text().replace("NUMBERS", f"{memory}, {blocks}, {full_after}")


def check(done, flash):
    content = (flash / "waggle_model.py").read_bytes()
    assert done["bytes"] == len(content) and done["verified"], done
    assert int(done["crc32"], 16) == zlib.crc32(content), done
    assert done["self_test"] == {"n": 20, "equal": 20} and done["inference_ms"] > 0, done
    assert not (flash / "waggle_new.py").exists() and not (flash / "waggle_copy.py").exists()


def test_a_project_goes_there_and_back():
    program.seed_project(PROJECT)
    flash = WORK / "flash"
    good("train", PROJECT, "--epochs", "2", "--split", SPLIT)
    good("quantize", PROJECT)
    before = good("--json", "figures", PROJECT, "--for", "micropython").json
    assert before["inference"]["ms"] is None and "arena" not in before, before
    with Board(flash, "--paste=yes") as address:
        first = good("--json", "deploy", PROJECT, "--watch", address).json  # it says itself what it is
        check(first, flash)
        print(f"# {first}")
        figures = good("--json", "figures", PROJECT, "--for", "micropython").json
        assert figures["inference"]["is_measured"] and figures["inference"]["ms"] == first["inference_ms"], figures
        assert figures["inference"]["measured_on"] == first["measured_on"], figures
        assert abs(figures["flash"]["bytes"] - first["bytes"]) < 200, (figures["flash"], first)
        refused("restore", "--watch", address, says=["no model from before"])
        again = good("--json", "deploy", PROJECT, "--watch", address, "--kind", "micropython").json
        assert again["crc32"] == first["crc32"] and not (flash / "waggle_model.old").exists(), again
        good("train", PROJECT, "--epochs", "3", "--split", SPLIT)
        good("quantize", PROJECT)
        second = good("--json", "deploy", PROJECT, "--watch", address).json
        check(second, flash)
        assert zlib.crc32((flash / "waggle_model.old").read_bytes()) == int(first["crc32"], 16)
        assert good("--json", "deploy", PROJECT, "--watch", address, "--test-only").json["verified"]
        back = good("--json", "restore", "--watch", address).json
        assert back["now"]["crc32"] == first["crc32"] and back["former"]["crc32"] == second["crc32"], back
        assert zlib.crc32((flash / "waggle_model.py").read_bytes()) == int(first["crc32"], 16)
        other = cli("deploy", PROJECT, "--watch", address, "--test-only")
        assert other.code == 1 and "deploy again" in other.err, other.err
        assert "in use again" in good("restore", "--watch", address).out


def test_every_way_to_send_is_taken_and_the_repl_given_back():
    for way in ("yes", "no", "old"):
        flash = WORK / f"flash-{way}"
        board = Board(flash, f"--paste={way}")
        with board as address:
            check(good("--json", "deploy", MODEL, *NAMES, "--watch", address).json, flash)
            os.write(board.slave, b"\r\nprint(6 * 7, [n for n in dir() if n.startswith('waggle_')])\r\n")
            said, end = b"", time.monotonic() + 20
            while b"42 []" not in said and time.monotonic() < end:
                said += os.read(board.slave, 4096)
            assert b"42 []" in said, said


def test_example_never_replaces_the_owners_program():
    flash = WORK / "flash-main"
    with Board(flash) as address:
        good("deploy", MODEL, *NAMES, "--watch", address, "--example")
        assert "find_reader" in (flash / "main.py").read_text()
        refused("deploy", MODEL, *NAMES, "--watch", address, "--example", code=2, says=["--replace-main"])
    (flash / "main.py").write_text("mine")
    with Board(flash) as address:
        refused("deploy", MODEL, *NAMES, "--watch", address, "--example", code=2, says=["main.py of its own"])
        assert (flash / "main.py").read_text() == "mine"
        good("deploy", MODEL, *NAMES, "--watch", address, "--replace-main")
        assert "find_reader" in (flash / "main.py").read_text() and (flash / "main.old").read_text() == "mine"


def test_what_has_no_room_is_refused_with_both_numbers_and_changes_nothing():
    flash = WORK / "flash-small"
    with Board(flash) as address:
        good("deploy", MODEL, *NAMES, "--watch", address)
    had = (flash / "waggle_model.py").read_bytes()
    for stub, says in ((small(memory=9000), ["bytes of memory", "9000 free"]),
                       (small(blocks=2), ["room for 8192 bytes", "delete something"]),
                       (small(full_after=6000), ["is full", "keeps what it had"])):
        with Board(flash, stub=stub) as address:
            refused("deploy", MODEL, *NAMES, "--threshold", "0.7", "--watch", address, says=says)
            assert [path.name for path in flash.iterdir()] == ["waggle_model.py"], list(flash.iterdir())
            assert (flash / "waggle_model.py").read_bytes() == had


def test_a_former_model_makes_room_and_it_is_said():
    flash = WORK / "flash-former"
    with Board(flash) as address:
        good("deploy", MODEL, *NAMES, "--watch", address)
        good("deploy", MODEL, *NAMES, "--threshold", "0.6", "--watch", address)
    had = (flash / "waggle_model.py").read_bytes()
    with Board(flash, stub=small(blocks=5)) as address:
        done = good("deploy", MODEL, *NAMES, "--threshold", "0.7", "--watch", address)
        assert "is deleted" in done.out, done.out
    assert (flash / "waggle_model.old").read_bytes() == had


def test_a_board_that_answers_otherwise_keeps_what_it_had():
    """Its min() is one off, and with it the softmax."""
    flash = WORK / "flash-wrong"
    with Board(flash) as address:
        good("deploy", PROJECT, "--watch", address)
    had = (flash / "waggle_model.py").read_bytes()
    wrong = "import builtins\n_min = builtins.min\nbuiltins.min = lambda a, b: _min(a, b) ^ 1\n"
    with Board(flash, stub=wrong) as address:
        done = cli("--json", "deploy", PROJECT, "--threshold", "0.7", "--watch", address)
    assert done.code == 1 and "keeps the model it had" in done.err, done.err
    assert done.json["self_test"]["equal"] < 20, done.out
    assert (flash / "waggle_model.py").read_bytes() == had and len(list(flash.iterdir())) == 1


def test_a_connection_that_breaks_leaves_a_whole_model():
    flash = WORK / "flash-cut"
    with Board(flash) as address:
        good("deploy", MODEL, *NAMES, "--watch", address)
    had = (flash / "waggle_model.py").read_bytes()
    for n_bytes in (1500, 4500, 9000, 15000, 18000):
        with Board(flash, f"--die={n_bytes}") as address:
            done = cli("deploy", MODEL, *NAMES, "--threshold", "0.7", "--watch", address)
        assert done.code == 1, (n_bytes, done.code, done.err)
        print(f"# after {n_bytes} bytes: {complain(done)}")
        assert (flash / "waggle_model.py").read_bytes() == had
    with Board(flash) as address:  # and it still runs, and what was left over goes
        check(good("--json", "deploy", MODEL, *NAMES, "--threshold", "0.7", "--watch", address).json, flash)


def test_cancelled_it_keeps_what_it_had():
    flash = WORK / "flash-cancel"
    with Board(flash) as address:
        good("deploy", MODEL, *NAMES, "--watch", address)
        had = (flash / "waggle_model.py").read_bytes()
        process = subprocess.Popen([str(CLI), "deploy", str(MODEL), *NAMES, "--threshold", "0.7", "--watch", address],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while not (flash / "waggle_new.py").exists():
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 130, (process.returncode, said)
        assert (flash / "waggle_model.py").read_bytes() == had and len(list(flash.iterdir())) == 1


def read_helper():
    """The program that runs on the board, with files that fail and are gone at the n-th operation."""
    return """
import os
class Cut(Exception):
    pass
class Counter:
    n = 0
def use():
    Counter.n -= 1
    if Counter.n < 0:
        raise Cut
class Guarded:
    def __init__(self, file):
        self.file = file
    def read(self, n):
        return self.file.read(n)
    def write(self, part):
        use()
        return self.file.write(part)
    def close(self):
        self.file.close()
    def __enter__(self):
        return self
    def __exit__(self, *_):
        self.file.close()
plain_open, rename, remove = open, os.rename, os.remove
def open(name, mode):
    if "w" in mode:
        use()
    return Guarded(plain_open(name, mode))
def guarded_rename(a, b):
    use()
    rename(a, b)
def guarded_remove(a):
    use()
    remove(a)
os.rename, os.remove = guarded_rename, guarded_remove
""" + (SOURCE / "data/boards/deploy.py").read_text()


ATTEMPT = """
def attempt(n, action):
    for name, text in (("waggle_model.py", b"now" * 200), ("waggle_model.old", b"former" * 100)):
        with plain_open(name, "wb") as f:
            f.write(text)
    Counter.n = n
    try:
        action()
        done = True
    except Cut:
        done = False
    with plain_open("waggle_model.py", "rb") as f:
        return done, f.read()
def deploy():
    waggle_ask("waggle_model.py", "waggle_model.old", "main.py")
    waggle_open()
    for _ in range(5):
        waggle_write(b"bmV3" * 40)
    waggle_close()
    waggle_switch("waggle_model.py", "waggle_model.old")
def restore():
    waggle_restore("waggle_model.py", "waggle_model.old")
for action, wanted in ((deploy, b"new" * 200), (restore, b"former" * 100)):
    n = 0
    while True:
        done, content = attempt(n, action)
        if content != wanted and (done or content != b"now" * 200):
            raise ValueError((action, n, content[:20]))
        if done:
            break
        n += 1
    steps.append(n)
"""


def test_power_that_fails_at_any_operation_leaves_a_whole_model():
    folder = WORK / "empty"
    folder.mkdir()
    text = "import os\nos.chdir('/flash')\nsteps = []\n" + read_helper() + ATTEMPT + "print('steps', *steps)\n"
    done = subprocess.run(["node", str(MICROPYTHON / "run.mjs"), str(BUILD / "tests/micropython/micropython.mjs"),
                           str(folder)], input=json.dumps(text) + "\n", stdout=subprocess.PIPE, text=True, check=True)
    last = done.stdout.splitlines()[-2:]
    print("#", last)
    assert last[0].startswith("steps ") and last[1] == "\x04", last
    assert all(int(n) >= 8 for n in last[0].split()[1:]), last


class Babbler:
    """Greets as MicroPython does and answers the n-th program with garbage."""

    def __init__(self, n, garbage):
        self.n, self.garbage = n, garbage
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        self.address = f"serial:{os.ttyname(self.slave)}"
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        program_text = b""
        while True:
            try:
                received = os.read(self.master, 1024)
            except OSError:
                return
            for byte in received:
                program_text += bytes([byte])
                answer = b""
                if byte == 3:
                    answer = b"\r\n>>> "
                elif program_text.endswith(b"\x05A\x01"):
                    answer, program_text = b"R\0", b""
                elif byte == 1:
                    answer, program_text = b"raw REPL; CTRL-B to exit\r\n>", b""
                elif byte == 4:
                    answer, program_text = self.answer(program_text), b""
                if answer:
                    os.write(self.master, answer)

    def answer(self, text):
        if b"implementation" in text:
            return b"OKBabbler | 1.0\r\n\x04\x04>"
        self.n -= 1
        good_answer = b"99999 99999 -1 0 -1 0 -1 0" if b"waggle_ask" in text[:12] else b""
        return b"OK" + (self.garbage if self.n == 0 else good_answer) + b"\x04\x04>"

    def close(self):
        os.close(self.master)
        os.close(self.slave)


def test_garbage_is_refused_in_one_sentence():
    for n, garbage in ((1, b"what?"), (2, b"1 2 3"), (2, b"9" * 30 + b" 1 -1 0 -1 0 -1 0"), (3, b"\xff\x00\x1b[2J"),
                       (2, b"99999 99999 -1 0 -1 0 -1 0 7"), (4, b"x" * 70000)):
        babbler = Babbler(n, garbage)
        done = cli("deploy", MODEL, *NAMES, "--watch", babbler.address)
        babbler.close()
        print("#", complain(done))
        assert done.code == 1, (n, done.code, done.err)
        assert "\x1b" not in done.err and ("answer" in done.err or "says more" in done.err), done.err


def test_wrong_words_are_refused():
    flash = WORK / "flash-words"
    with Board(flash) as address:
        refused("deploy", MODEL, *NAMES, "--watch", address, "--mode", "app", code=2, says=["--mode", "Espruino"])
        refused("deploy", MODEL, "--kind", "micropython", "--watch", address, code=2, says=["6 outputs"])
        refused("carries", "--watch", address, says=["runs MicroPython"])
        other = cli("deploy", MODEL, *NAMES, "--watch", f"virtual:{WORK / 'watch'}")
        assert other.code == 1 and "does not run MicroPython" in other.err, other.err
        test = cli("deploy", MODEL, *NAMES, "--watch", address, "--test-only")
        assert test.code == 1 and "no model of Waggle's yet" in test.err, test.err
        assert not list(flash.iterdir())


if __name__ == "__main__":
    try:
        tap.main("/cli/deploy-python")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
