#!/usr/bin/env python3
"""Builds with ASan and UBSan, runs every test and counts them; `--all` adds the slow ones, without sanitizers.

Each TAP test point counts as one. Ends with `N passed, N failed`.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

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


def describe(test):
    """A test that failed: its points that did, what it said before them, and the end of its standard error."""
    lines = (test.get("stdout", "") or "").splitlines()
    faults = [i for i, line in enumerate(lines) if line.startswith("not ok") or "# SKIP" in line]
    told = [line for i, line in enumerate(lines) if i in faults or line.startswith(("# ", "Bail out"))][-40:]
    error = "\n".join((test.get("stderr", "") or "").splitlines()[-60:])
    return f"---- {test['name']}: {test['result']}, exit {test.get('returncode')}\n" + "\n".join(told) + f"\n{error[-6000:]}\n"


def run_suite(folder, selection):
    scratch = tempfile.mkdtemp(prefix="waggle-tests-")  # what tests leave goes with it
    os.chmod(scratch, 0o755)  # some tests become nobody
    try:
        return count_suite(folder, selection, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def count_suite(folder, selection, scratch):
    command = ["meson", "test", "-C", str(folder), "--no-rebuild", "--num-processes", "4", *selection]
    done = subprocess.run(command, env={**os.environ, **ENVIRONMENT, "TMPDIR": scratch}, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    passed = failed = 0
    faults = []
    log = folder / "meson-logs" / "testlog.json"
    for line in log.read_text(encoding="utf-8").splitlines():
        test = json.loads(line)
        good, bad = count_points(test.get("stdout", "") or "")
        if good + bad == 0 or (test["result"] not in ("OK",) and bad == 0):
            good, bad = good + (test["result"] == "OK"), bad + (test["result"] != "OK")
        print(f"{test['result']:8} {test['duration']:6.1f} s {good:4} passed {bad:3} failed  "
              f"{folder.name}: {test['name']}")
        passed, failed = passed + good, failed + bad
        if bad:
            faults.append(describe(test))
    if done.returncode != 0 and failed == 0:
        failed = 1
        print(done.stdout[-8000:])
    print("\n".join(faults), end="")
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
