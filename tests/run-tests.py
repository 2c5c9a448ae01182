#!/usr/bin/env python3
"""Builds with ASan and UBSan, runs every test and counts them; `--all` adds the slow ones, without sanitizers.

Each TAP test point counts as one. Ends with `N passed, N failed`.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parent.parent
BUILDS = {
    "sanitized": ["-Db_sanitize=address,undefined", "-Db_lundef=false"],
    "plain": [],
}
# a leak in GTK, fontconfig or a driver is not ours to mend: tests/lsan.supp names them
ENVIRONMENT = {
    "ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
    "LSAN_OPTIONS": f"suppressions={SOURCE}/tests/lsan.supp:print_suppressions=0",
}


def build(name, options):
    folder = SOURCE / f"_build-{name}"
    if not (folder / "build.ninja").exists():
        done = subprocess.run(["meson", "setup", *options, str(folder)], cwd=SOURCE,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode != 0:
            print(done.stdout[-4000:])
            return None
    done = subprocess.run(["ninja", "-C", str(folder), "all", "meson-test-prereq"], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        print(done.stdout[-8000:])
        return None
    return folder


def count_points(text):
    """Test points of a TAP stream: passed, failed."""
    passed = len(re.findall(r"^ok \d+", text, re.M))
    failed = len(re.findall(r"^not ok \d+", text, re.M))
    skipped = len(re.findall(r"^ok \d+.*# SKIP", text, re.M))
    return passed, failed + skipped  # a skipped test is a missing referee: it fails


def run_suite(folder, selection):
    command = ["meson", "test", "-C", str(folder), "--no-rebuild", "--print-errorlogs",
               "--num-processes", "3", *selection]
    done = subprocess.run(command, env={**os.environ, **ENVIRONMENT}, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    passed = failed = 0
    log = folder / "meson-logs" / "testlog.json"
    for line in log.read_text(encoding="utf-8").splitlines():
        test = json.loads(line)
        good, bad = count_points(test.get("stdout", "") or "")
        if good + bad == 0 or (test["result"] not in ("OK",) and bad == 0):
            good, bad = good + (test["result"] == "OK"), bad + (test["result"] != "OK")
        print(f"{test['result']:8} {test['duration']:6.1f} s {good:4} passed {bad:3} failed  "
              f"{folder.name}: {test['name']}")
        passed, failed = passed + good, failed + bad
    if done.returncode != 0 and failed == 0:
        failed = 1
    if failed:
        print(done.stdout[-20000:])
    return passed, failed


def read_words():
    """Of the command line; what is not known ends the program with 2, and with it what it knows."""
    parser = argparse.ArgumentParser(
        prog="./test", allow_abbrev=False,
        description="Builds Waggle with the address and undefined-behaviour sanitizers and runs every test.",
        epilog="Ends with the line “N passed, N failed”. Builds are in _build-sanitized and _build-plain; "
        "`meson test -C _build-sanitized --list` names single tests.")
    parser.add_argument("--all", action="store_true",
                        help="add the slow tests, a minute of fuzzing a target, and the watches of tests/lab in a "
                        "virtual machine; installs what that needs")
    return parser.parse_args()


def main():
    words = read_words()
    runs = [("sanitized", ["--no-suite", "slow", "--no-suite", "long-fuzz"])]
    if words.all:
        runs += [("sanitized", ["--suite", "long-fuzz"]), ("plain", ["--suite", "slow"])]
    passed = failed = 0
    for name, selection in runs:
        folder = build(name, BUILDS[name])
        good, bad = run_suite(folder, selection) if folder else (0, 1)
        passed, failed = passed + good, failed + bad
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
