#!/usr/bin/env python3
"""Deploy and listen over a serial line that delays 1 % of the bytes and breaks replies into single bytes."""
import os
import pty
import random
import select
import shutil
import signal
import subprocess
import threading
import time
import tty

import program
import tap
from program import BUILD, SEED, cli, good

WORK = program.folder()
PROJECT = WORK / "p.waggle"


class Line:
    """waggle-watch behind a pseudo-terminal whose bytes pass through here."""

    def __init__(self, folder, *options):
        self.master, slave = pty.openpty()
        tty.setraw(slave)
        self.slave = slave  # kept open, so that the line survives between two commands
        self.address = f"serial:{os.ttyname(slave)}"
        self.watch = subprocess.Popen([str(BUILD / "src/virtual-watch/waggle-watch"), str(folder), *options],
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.delayed = self.passed = 0
        self.random = random.Random(1)
        self.ends = False
        self.thread = threading.Thread(target=self.pump, daemon=True)
        self.thread.start()

    def pump(self):
        out = self.watch.stdout.fileno()
        while not self.ends:
            ready, _, _ = select.select([self.master, out], [], [], 0.2)
            if self.master in ready:
                data = os.read(self.master, 4096)
                try:
                    self.slow(data, lambda part: self.watch.stdin.write(part))
                except BrokenPipeError:
                    return  # the watch has just been closed
            if out in ready:
                data = os.read(out, 4096)
                if not data:
                    return
                for i in range(len(data)):
                    self.slow(data[i:i + 1], lambda part: os.write(self.master, part))

    def slow(self, data, write):
        """Passes the bytes on; before one in a hundred it waits."""
        start = 0
        for i in range(len(data)):
            if self.random.random() < 0.01:
                write(data[start:i])
                start = i
                self.delayed += 1
                time.sleep(0.002)
        write(data[start:])
        self.passed += len(data)

    def close(self):
        self.ends = True
        self.watch.kill()
        self.watch.wait()
        self.thread.join()
        os.close(self.master)
        os.close(self.slave)


def test_deploys_and_listens_over_a_bad_line():
    good("new", PROJECT)
    good("import", PROJECT, SEED / "conor-v2", "--person", "conor")
    good("train", PROJECT, "--preset", "classic", "--epochs", "60")
    good("quantize", PROJECT)
    line = Line(WORK / "w", "--project", str(PROJECT), "--perform", "split:test", "--speed", "20")
    try:
        done = good("--json", "deploy", PROJECT, "--watch", line.address).json
        assert done["verified"] and done["self_test"] == {"n": 20, "equal": 20}, done
        heard = good("--json", "listen", PROJECT, "--watch", line.address).rows
        print("#", heard[-1], f"{line.delayed} of {line.passed} bytes delayed")
        assert heard[-1]["gestures"] == heard[-1]["equal"] >= 40, heard[-1]
        assert line.delayed > 50
    finally:
        line.close()


def test_works_without_packets():
    line = Line(WORK / "w-old", "--no-packets", "--project", str(PROJECT), "--perform", "split:test",
                "--speed", "20")
    try:
        done = good("--json", "deploy", PROJECT, "--watch", line.address).json
        assert done["verified"] and done["self_test"] == {"n": 20, "equal": 20}, done
        heard = good("--json", "listen", PROJECT, "--watch", line.address).rows
        assert heard[-1]["gestures"] == heard[-1]["equal"] >= 40, heard[-1]
    finally:
        line.close()


def test_full_storage_is_said():
    line = Line(WORK / "w-full", "--storage-bytes", "4000")
    try:
        done = cli("deploy", PROJECT, "--watch", line.address)
        assert done.code == 1 and len(done.err.strip().splitlines()) == 1, (done.code, done.err)
        print("#", done.err.strip())
    finally:
        line.close()


def listen_and_hear(address, *options):
    """A running listen, and the lines of its standard error as they come."""
    process = subprocess.Popen([str(program.CLI), "--json", "listen", str(PROJECT), "--watch", address, *options],
                               stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    return process


def wait_line(stream, word):
    for line in stream:
        if word in line:
            return line
    raise AssertionError(f"no line with {word!r}")


def test_watch_that_goes_away_is_said():
    line = Line(WORK / "w", "--speed", "20")
    process = listen_and_hear(line.address, "--wait", "1")
    time.sleep(2)
    line.close()
    assert "closed at the other end" in wait_line(process.stderr, "lost, ")
    _, error = process.communicate(timeout=60)
    assert process.returncode == 1 and "did not come back within 1 s" in error, (process.returncode, error)


def start_terminal(folder, path):
    return subprocess.Popen([str(BUILD / "src/virtual-watch/waggle-watch"), str(folder), "--tty", str(path)],
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_watch_that_comes_back_is_listened_to_again():
    path = WORK / "tty"
    watch = start_terminal(WORK / "w", path)
    try:
        while not path.exists():
            time.sleep(0.02)
        process = listen_and_hear(f"serial:{path}")
        time.sleep(1)
        for how in ("killed", "stopped"):
            began = time.monotonic()
            if how == "killed":
                watch.kill()
                watch.wait()
            else:
                watch.send_signal(signal.SIGSTOP)
            said = wait_line(process.stderr, "lost, ")
            noticed = time.monotonic() - began
            time.sleep(1)
            began = time.monotonic()
            if how == "killed":
                path.unlink(missing_ok=True)
                watch = start_terminal(WORK / "w", path)
            else:
                watch.send_signal(signal.SIGCONT)
            wait_line(process.stderr, "back after")
            print(f"# {how}: noticed after {noticed:.2f} s ({said.strip()}), back {time.monotonic() - began:.2f} s "
                  "after the watch was")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode in (0, 130), process.returncode
    finally:
        watch.send_signal(signal.SIGCONT)
        watch.kill()
        watch.wait()


if __name__ == "__main__":
    try:
        tap.main("/cli/serial")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
