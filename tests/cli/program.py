"""Runs waggle-cli of the build under test."""
import json
import os
import pathlib
import subprocess
import tempfile

SOURCE = pathlib.Path(os.environ["WAGGLE_SOURCE"])
BUILD = pathlib.Path(os.environ["WAGGLE_BUILD"])
CLI = BUILD / "src" / "cli" / "waggle-cli"
SEED = SOURCE / "data" / "recordings" / "bangle-gestures"
SPLIT = SOURCE / "data" / "recordings" / "seed-split.json"


class Result:
    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def rows(self):
        return [json.loads(line) for line in self.out.splitlines()]


def cli(*words, timeout=250, program=CLI, **options):
    done = subprocess.run([str(program), *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, timeout=timeout, check=False, stdin=subprocess.DEVNULL, **options)
    for fault in ("AddressSanitizer", "LeakSanitizer", "runtime error:", "CRITICAL", "WARNING **"):
        assert fault not in done.stderr, done.stderr
    return Result(done)


def good(*words, **options):
    result = cli(*words, **options)
    assert result.code == 0, (words, result.code, result.out[-500:], result.err[-2000:])
    return result


def refused(*words, code=1, says=(), **options):
    """One clear sentence on standard error, and that exit code."""
    result = cli(*words, **options)
    assert result.code == code, (words, result.code, result.out[-500:], result.err[-1000:])
    lines = result.err.strip().splitlines()
    assert len(lines) == 1, lines
    for text in says:
        assert text in lines[0], (text, lines[0])
    return result


def folder():
    return pathlib.Path(tempfile.mkdtemp(prefix="waggle-test-"))


def seed_project(path):
    """The project of the two people of the seed's split."""
    good("new", path)
    good("import", path, SEED / "james-v2", "--person", "james")
    good("import", path, SEED / "conor-v2", "--person", "conor")
    return path


def trained(path, *recordings, words=()):
    """A project with those of the sample recordings ("conor-v2", "james-v2/upup.txt"), each by the person it is named
    after, a model that was trained as `words` say, and the watch's model of it."""
    good("new", path)
    for one in recordings:
        good("import", path, SEED / one, "--person", one.partition("-")[0])
    good("train", path, *words)
    good("quantize", path)
    return path
