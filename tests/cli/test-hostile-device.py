#!/usr/bin/env python3
"""A device that means harm at the other end of a serial line: nothing it says reaches a terminal as control bytes."""
import os
import pty
import re
import select
import shutil
import threading
import tty

import program
import tap
from program import cli, good

WORK = program.folder()
EVIL = "\\u001b]0;owned\\u0007\\u001b[2J<b onclick='x'>Evil</b>\\u202e\\r\\n\\u0000"
FACTS = f'["BANGLEJS2","2v29{EVIL}","Storage,tensorflow",0]'
BOARD = f'["{EVIL}","2v10{EVIL}","Storage,tensorflow",0]'


class Device:
    """Answers each question of the console with what `answer(number, question)` gives."""

    def __init__(self, answer):
        self.master, slave = pty.openpty()
        tty.setraw(slave)
        self.slave, self.answer, self.ends = slave, answer, False
        self.address = f"serial:{os.ttyname(slave)}"
        self.heard = b""
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        rest = b""
        while not self.ends:
            ready, _, _ = select.select([self.master], [], [], 0.1)
            if not ready:
                continue
            data = os.read(self.master, 4096)
            self.heard += data
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                number = re.search(rb"n:(\d+)", line)
                if number:
                    reply = self.answer(int(number.group(1)), line)
                    os.write(self.master, reply)

    def close(self):
        self.ends = True
        self.thread.join()
        os.close(self.master)
        os.close(self.slave)


def value(number, text):
    return f'\x1e{{"wg":"=","n":{number},"v":{text}}}\r\n'.encode()


def check_shown(done):
    """Nothing but whole lines of printable text; and of the device's words nothing that a terminal obeys."""
    for text in (done.out, done.err):
        assert all(c.isprintable() or c == "\n" for c in text), repr(text[:400])
        assert "\u202e" not in text, repr(text[:400])


def with_device(answer, *words, code=1):
    device = Device(answer)
    try:
        done = cli(*words, "--watch", device.address, timeout=120)
    finally:
        device.close()
    print("#", done.code, repr((done.err + done.out).strip()[:200]))
    check_shown(done)
    assert done.code == code and (code == 0 or len(done.err.strip().splitlines()) == 1), (done.code, done.err)
    assert b"owned" not in device.heard and b"Evil" not in device.heard, device.heard[-300:]
    return done


def test_a_hostile_name_is_shown_as_text():
    with_device(lambda n, _: value(n, BOARD), "record", PROJECT, "--label", "x", "--seconds", "1")


def test_a_hostile_error_is_shown_as_text():
    def answer(number, question):
        if b"process.env" in question:
            return value(number, BOARD)
        return f'\x1e{{"wg":"=","n":{number},"e":"{EVIL}"}}\r\n'.encode()
    with_device(answer, "record", PROJECT, "--label", "x", "--seconds", "1")


def test_a_line_that_never_ends_is_given_up():
    flood = b"A" * 200000
    with_device(lambda n, _: flood, "record", PROJECT, "--label", "x", "--seconds", "1")


def test_a_console_that_answers_with_code_is_not_obeyed():
    script = b"require('child_process').exec('touch owned')\r\nUncaught Evil\r\n\x10\x01\xff\xff" + b"x" * 50
    with_device(lambda n, _: script, "record", PROJECT, "--label", "x", "--seconds", "1")


def test_values_of_the_wrong_type_are_refused():
    for text in ("null", "{}", '[1,2,3,4]', '["a"]', "[" * 400 + "]" * 400, "1e999", '"' + "x" * 9000 + '"'):
        with_device(lambda n, _, text=text: value(n, text), "record", PROJECT, "--label", "x", "--seconds", "1")


PROJECT = WORK / "p.waggle"

if __name__ == "__main__":
    try:
        good("new", PROJECT)
        tap.main("/cli/hostile-device")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
