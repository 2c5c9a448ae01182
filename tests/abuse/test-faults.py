#!/usr/bin/env python3
"""Kills, power cuts, full disks, failing disks and no memory, over recording, importing, migrating and deploying.

test-faults.py KILLS CUTS FULL ERRORS MEMORY [SEED]: how many of each. After each the project opens, is whole and
holds every finished take, the watch carries a whole model, and what was said is one clear line. A fault is given by
its job, kind and number alone: the same seed strikes at the same operations.
"""
import collections
import concurrent.futures
import itertools
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))

import program  # noqa: E402  pylint: disable=wrong-import-position
from fault_jobs import JOBS, DeployingHost, DeployingWatch, PROGRAM  # noqa: E402

SHIM = os.environ["WAGGLE_FAULT_SHIM"]
WORK = program.folder()
AT_ONCE = 2  # with more, the moments of a small machine are no longer the job's own
LONGEST = 40  # seconds: a job that hangs is a fault as well
KINDS = {"kill": ("kill", "moment"), "power cut": ("power",), "full disk": ("full",),
         "write error": ("error", "broken"), "memory": ("memory", "sqlite")}
ENDS = ("kill", "moment", "power", "memory")  # the program is gone, whatever it had to say


def environment(job, folder, fault, at=0, seed=0, report=None):
    found = dict(os.environ, LD_PRELOAD=SHIM, WAGGLE_FAULT=fault, WAGGLE_FAULT_AT=str(at), WAGGLE_FAULT_SEED=str(seed),
                 WAGGLE_FAULT_FOLDER=str(folder), WAGGLE_FAULT_PROGRAM=job.program, G_DEBUG="",
                 ASAN_OPTIONS="verify_asan_link_order=0:detect_leaks=0")
    if report:
        found["WAGGLE_FAULT_REPORT"] = str(report)
    return found


def run(job, folder, env, moment=None):
    """What it said, its code, and what another program saw in the file meanwhile."""
    observer = job.watch(folder)
    with subprocess.Popen([str(PROGRAM), "--quiet", "--json", *map(str, job.words(folder))], env=env, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        if moment is not None:
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
        _, said = process.communicate(timeout=LONGEST)
    return said, process.returncode, observer.stop() if observer else set()


def remove(folder):
    """The virtual watch of a program that was killed may still write its last file there."""
    for _ in range(50):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)
    raise AssertionError(f"{folder} is still written to")


def count_operations(job, kind):
    folder, report = WORK / f"count-{job.name}-{kind}", WORK / f"count-{job.name}-{kind}.report"
    job.set_up(folder)
    # an allocation is only counted where one is to fail, so the one that fails is behind them all
    at = 10 ** 12 if kind in ("memory", "sqlite") else 0
    start = time.monotonic()
    said, code, _ = run(job, folder, environment(job, folder, kind if at else "none", at, report=report))
    job.needs = time.monotonic() - start
    assert code == 0, (job.name, kind, said)
    n = int.from_bytes(report.read_bytes()[:8], "little")
    report.unlink()  # a second count would go on from it
    assert n > 3, (job.name, kind, n)
    remove(folder)
    return n


def check_said(job, said, code):
    """One line that says what and what to do, and nothing that a library or a sanitizer would print."""
    lines = said.strip().splitlines()
    assert code == 1 and len(lines) == 1, (code, lines)
    assert re.match(r"waggle-cli \w+: .{20,300}$", lines[0]), lines
    assert not re.search(r"CRITICAL|WARNING|Sanitizer|runtime error|assert|NULL|SQLITE_|\(null\)", said), lines
    return re.sub(r"/\S+", "PATH", re.sub(r"\d+", "N", lines[0]))


class Strike:
    def __init__(self, job, kind, number, at, seed):
        self.job, self.kind, self.number, self.at, self.seed = job, kind, number, at, seed
        self.is_met, self.is_struck, self.message, self.n_takes = False, False, None, 0

    def __str__(self):
        return f"{self.job.name}, {self.kind} at {self.at}, seed {self.seed}"

    def go(self):
        folder = WORK / f"{self.job.name}-{self.kind}-{self.number}"
        self.job.set_up(folder)
        if self.kind == "moment":
            env = dict(os.environ, G_DEBUG="")
            said, code, seen = run(self.job, folder, env, self.at * self.job.needs)
            self.is_met = code == -signal.SIGKILL
        else:
            report = WORK / f"{folder.name}.report"
            env = environment(self.job, folder, self.kind, self.at, self.seed, report)
            said, code, seen = run(self.job, folder, env)
            self.is_met = int.from_bytes(report.read_bytes()[:8], "little") >= self.at
            report.unlink()
        for kept in list(folder.rglob("*.kept-by-shim-*")):
            kept.unlink()
        is_done = code == 0
        self.is_struck = not is_done
        if not is_done and (self.kind not in ENDS or code >= 0) and not (self.kind == "memory" and code != 1):
            self.message = check_said(self.job, said, code)
        self.n_takes = self.job.check(folder, is_done, seen)
        remove(folder)
        return self


def plan(jobs, kind, seed):
    """Strikes without end, shared by the jobs and the ways of this kind, at operations chosen by the seed."""
    ways = [(job, fault) for fault in KINDS[kind] for job in jobs
            if not (fault == "moment" and job.program != "waggle-cli") and
            not (fault == "sqlite" and job.program != "waggle-cli") and
            not (fault == "power" and isinstance(job, DeployingWatch) and not isinstance(job, DeployingHost)) and
            not (fault != "power" and isinstance(job, DeployingHost)) and
            not (fault == "memory" and "sanitized" in str(program.BUILD))]
    counts, moments = {}, random.Random(f"{seed}-{kind}")
    for job in jobs:
        counts[job, "none"] = count_operations(job, "none")
    for number in itertools.count():
        job, fault = ways[number % len(ways)]
        if fault == "moment":
            yield Strike(job, fault, number, round(moments.random(), 3), seed)
            continue
        counted = fault if fault in ("memory", "sqlite") else "none"
        if (job, counted) not in counts:
            counts[job, counted] = count_operations(job, counted)
        yield Strike(job, fault, number, moments.randint(1, counts[job, counted]), seed * 100003 + number)


def strike_all(jobs, kind, n, seed):
    """Prints the figures; how many strikes left something that must not be."""
    n_met, n_struck, n_takes, n_tried, bad = collections.Counter(), 0, 0, 0, 0
    messages = collections.Counter()
    strikes = plan(jobs, kind, seed)
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        # one that the job outran is tried anew elsewhere
        while n_met.total() < n and n_tried < 3 * n + 20 and bad < 20:
            some = list(itertools.islice(strikes, min(n - n_met.total(), 8 * AT_ONCE)))
            n_tried += len(some)
            for strike, future in [(strike, pool.submit(strike.go)) for strike in some]:
                try:
                    future.result()
                    n_met[strike.job.name] += strike.is_met
                    n_struck += strike.is_struck
                    n_takes += strike.n_takes
                    messages[strike.message] += strike.message is not None
                except Exception as error:  # pylint: disable=broad-except
                    bad += 1
                    print(f"{strike}: {type(error).__name__}: {str(error)[:1500]}", file=sys.stderr)
    print(f"# {kind}: {n_met.total()} of {n_tried} struck ("
          f"{', '.join(f'{name} {count}' for name, count in sorted(n_met.items()))}), {n_struck} ended the job, "
          f"{n_takes} takes looked at, {bad} with a loss, a fault or no clear message")
    if n_met.total() < n and not bad:
        bad = 1
        print(f"{kind}: only {n_met.total()} of {n} struck", file=sys.stderr)
    for message, count in messages.most_common():
        if message:
            print(f"#   {count} x {message}")
    sys.stdout.flush()
    return bad


def main():
    numbers = [int(word) for word in sys.argv[1:]]
    seed = numbers[5] if len(numbers) > 5 else 1
    print(f"1..{len(KINDS)}\n# seed {seed}", flush=True)
    jobs = [kind(WORK) for kind in (*JOBS, DeployingHost)]
    failed = 0
    for number, (kind, n) in enumerate(zip(KINDS, numbers), 1):
        bad = strike_all(jobs, kind, n, seed)
        failed += bad > 0
        print(f"{'not ok' if bad else 'ok'} {number} /abuse/faults/{kind.replace(' ', '-')}-loses-nothing", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
