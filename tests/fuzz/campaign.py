#!/usr/bin/env python3
"""The long run of each fuzz target: libFuzzer, until 5 million executions or 10 minutes; prints the table of
docs/security.md.

    CC=clang meson setup _build-fuzz -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false \\
        -Dc_args='-fsanitize=fuzzer-no-link -Wno-unused-variable'
    ninja -C _build-fuzz
    tests/fuzz/campaign.py _build-fuzz [--seconds 600] [--runs 5000000] [TARGET...]

What it finds is left in BUILD/findings; the corpus that it grew, in BUILD/corpus/TARGET.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent


def targets(build):
    """Each with the files its corpus begins with, as ./test runs it."""
    tests = json.loads(subprocess.run(["meson", "introspect", "--tests", str(build)], check=True,
                                      stdout=subprocess.PIPE).stdout)
    return {test["name"][5:]: test["cmd"][2:] for test in tests if test["name"].startswith("fuzz/")}


def run(build, name, files, words):
    corpus, findings = build / "corpus" / name, build / "findings"
    corpus.mkdir(parents=True, exist_ok=True)
    findings.mkdir(exist_ok=True)
    for file in files:
        shutil.copy(file, corpus)
    env = dict(os.environ, G_DEBUG="fatal-criticals", G_SLICE="always-malloc", OPENBLAS_NUM_THREADS="1",
               WAGGLE_SOURCE=str(SOURCE), ASAN_OPTIONS="detect_leaks=1", UBSAN_OPTIONS="halt_on_error=1",
               LSAN_OPTIONS=f"suppressions={SOURCE}/tests/lsan.supp:print_suppressions=0")
    start = time.monotonic()
    done = subprocess.run(
        [str(build / "tests" / "fuzz" / f"fuzz-{name}"), f"-runs={words.runs}", f"-max_total_time={words.seconds}",
         "-max_len=32768", "-timeout=25", "-rss_limit_mb=3000", "-print_final_stats=1",
         f"-artifact_prefix={findings}/{name}-", str(corpus)],
        env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    said = done.stderr.decode("utf-8", "replace")
    (build / f"campaign-{name}.log").write_text(said, encoding="utf-8")
    executions = re.findall(r"number_of_executed_units: (\d+)", said)
    edges = re.findall(r"\bcov: (\d+)", said)
    row = (name, len(files), len(list(corpus.iterdir())), int(executions[-1]) if executions else 0,
           round(time.monotonic() - start), edges[-1] if edges else "?", "none" if done.returncode == 0 else "FINDING")
    print(" | ".join(map(str, row)), flush=True)
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("target", nargs="*")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--runs", type=int, default=5000000)
    words = parser.parse_intermixed_args()
    known = targets(words.build)
    print("target | files | corpus after | executions | seconds | edges | findings", flush=True)
    good = [run(words.build, name, known[name], words) for name in words.target or sorted(known)]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
