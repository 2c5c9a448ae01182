"""What the scenes in the virtual machine share: programs that run, what they say and when, in the guest's own clock."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(os.environ["WAGGLE_SOURCE"]) / "tests" / "cli"))

from program import BUILD, CLI, SEED, good  # noqa: E402  pylint: disable=wrong-import-position

HERE = pathlib.Path(__file__).resolve().parent
WATCH = BUILD / "src" / "virtual-watch" / "waggle-watch"
ROUND_TRIP = BUILD / "tests" / "device" / "round-trip"
WORK = pathlib.Path(tempfile.mkdtemp(prefix="lab-"))
PATIENCE_S = 120


class Program:
    """A program in the background; its lines come with the time at which they came."""

    def __init__(self, *words, **options):
        self.lines = []  # (seconds, "out" or "err", text)
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, **options}
        self.process = subprocess.Popen([str(word) for word in words], stderr=subprocess.PIPE, text=True,
                                        start_new_session=True, **options)
        self.threads = [threading.Thread(target=self._read, args=(stream, name), daemon=True)
                        for stream, name in ((self.process.stdout, "out"), (self.process.stderr, "err")) if stream]
        for thread in self.threads:
            thread.start()

    def _read(self, stream, name):
        for line in stream:
            self.lines.append((time.monotonic(), name, line.rstrip("\n")))

    def wait_line(self, *words, after=0.0, patience=PATIENCE_S):
        """Time and text of the first line since `after` that holds one of the words."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            for when, _, text in list(self.lines):
                if when >= after and any(word in text for word in words):
                    return when, text
            if self.process.poll() is not None and not any(thread.is_alive() for thread in self.threads):
                break
            time.sleep(0.02)
        raise AssertionError(f"never said {words}: {self.lines[-12:]}")

    def wait_end(self, patience=PATIENCE_S):
        code = self.process.wait(timeout=patience)
        for thread in self.threads:
            thread.join()
        return code

    def get_rows(self):
        return [json.loads(text) for _, name, text in self.lines if name == "out"]

    def stop(self):
        """As a user who presses Ctrl-C."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.wait_end()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.kill()

    def kill(self):
        """As the power going: nothing of the group says goodbye."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, 9)
        self.process.wait()


def start_cli(*words):
    return Program(CLI, "--json", *words)


def measure_round_trip(address):
    """Milliseconds of a question and its answer while nothing else goes on."""
    done = subprocess.run([str(ROUND_TRIP), address], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          check=False, timeout=PATIENCE_S)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def make_project(name="lab", preset="classic", epochs=60):
    """A project with a quantized model, trained here: some takes of one person, few epochs."""
    path = WORK / f"{name}.waggle"
    if not path.exists():
        good("new", path)
        good("import", path, SEED / "conor-v2", "--person", "conor")
        good("train", path, "--preset", preset, "--epochs", epochs)
        good("quantize", path)
    return path


def make_large_project():
    """With the network of preset waggle: 4.8 kB."""
    return make_project("large", "waggle", 4)


def run_cli(*words):
    """The result of a command and the seconds it took."""
    start = time.monotonic()
    result = good("--json", *words)
    return result, time.monotonic() - start


def say(*words):
    print("#", *words, flush=True)


def wait_for(is_so, patience=PATIENCE_S):
    end = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
