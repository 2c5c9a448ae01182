#!/usr/bin/python3
"""A fresh clone on a bare Debian 12, with nobody there but root and no display: ./run installs what it needs, builds, and does the
main job; what ./test needs beyond that can be installed, too."""
import functools
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "cli")]
import apt_sources  # noqa: E402
import tap  # noqa: E402
from program import folder  # noqa: E402


@functools.lru_cache
def life():
    facts = folder() / "facts.json"
    hook = f'/usr/bin/python3 {HERE / "fresh-clone.py"} "$1" {facts}'
    done = subprocess.run(apt_sources.mmdebstrap("--include=git,ca-certificates", f"--customize-hook={hook}"), text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                          env={**os.environ, "TMPDIR": "/var/tmp"})
    assert done.returncode == 0 and facts.exists(), done.stdout[-3000:]
    return json.loads(facts.read_text(encoding="utf-8"))


def check(step):
    seen = life()[step]
    print(f"# {step}: {seen['seconds']} s", flush=True)
    assert seen["code"] == 0, seen["said"][-3000:]
    return seen


def test_run_does_the_main_job_with_nothing_there():
    said = check("run")["said"]
    for part in ("1040 added", "== train", "== quantize", "== evaluate", "== deploy", "== the watch recognises"):
        assert part in said, (part, said[-3000:])


def test_run_again_installs_and_builds_nothing():
    seen = check("again")
    assert "installing" not in seen["said"] and seen["seconds"] < max(60, life()["run"]["seconds"] / 2), seen["seconds"]


def test_what_the_tests_need_can_be_installed():
    """And meson finds all of it."""
    assert "Build targets in project" in check("prepare")["said"]


if __name__ == "__main__":
    tap.main("/package/fresh-clone")
