"""What the tests of this folder share: projects with a trained model, and their exports compiled and run."""
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))

import program  # noqa: E402  pylint: disable=wrong-import-position
import tap  # noqa: E402,F401  pylint: disable=wrong-import-position,unused-import
from program import BUILD, SPLIT, good  # noqa: E402  pylint: disable=wrong-import-position

STRICT = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-pedantic"]
PRESETS = ("waggle", "classic", "dense", "conv1d")
THRESHOLD = 0.5
N_TEST = 241  # takes of the test part of seed-split.json


def run(*words, code=0, **options):
    done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          check=False, timeout=250, **options)
    assert done.returncode == code, (words, done.returncode, done.stdout[-2000:], done.stderr[-4000:])
    return done.stdout + done.stderr


def facts(text):
    """Lines NAME=NUMBER."""
    return {name: float(value) for name, value in (line.split("=") for line in text.splitlines() if "=" in line)}


def train(project, preset, epochs):
    good("train", project, "--split", SPLIT, "--seed", "1", "--preset", preset, "--epochs", epochs)
    good("quantize", project)


def export(project, form, out, *options):
    result = good("--json", "export", project, "--to", form, out, *options).json
    assert [entry["path"] for entry in result["files"]], result
    return out


def dump_takes(project, folder, part="test"):
    """takes.h in that folder: all takes of the part, and what the int8 network says of each."""
    environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}
    run(BUILD / "tests" / "export" / "dump-takes", project, part, THRESHOLD, folder / "takes.h", env=environment)


def seed_project(path):
    return program.seed_project(path)
