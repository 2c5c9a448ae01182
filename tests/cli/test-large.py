#!/usr/bin/env python3
"""What is asked of all takes: written as it is read, in the same words as ever, in memory that does not grow with them."""
import functools
import json
import os
import random
import signal
import sqlite3
import subprocess
import time

import program
import tap
from program import CLI, SEED, good

N_MANY = 60000
# the sanitizer keeps what was freed: that is not what is measured
QUIET = {**os.environ, "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"}
# of special_project(), as it was before they were read one by one
INFO = (
    '{"recordings":118,"labels":{"upup":80,"clap2":37},"persons":{"james":81,"conor":37},"devices":{"":117,"Bangle.js 2":1},'
    '"lengths":{"17":16,"5":1,"16":25,"15":27,"14":10,"18":1,"13":10,"10":8,"11":11,"12":9},"continuous":1,'
    '"spans":{"walk":1,"run":1},"gyroscope":0,"rates":{"12.5":117,"50":1},"gaps":2,"missing":3,"held_back":1,'
    '"guests":[{"name":"abe","takes":37},{"name":"zoe","takes":37}],"rate_hz":null,"models":[],"presets":[],'
    '"next":{"step":"other","label":null,"takes":10}}\n')
ROWS = {
    3: '{"id":3,"label":"upup","person":"james","wrist":null,"device":null,"file":"FILE","line":5,"n_samples":5,'
       '"n_channels":3,"rate_hz":12.5,"trim_first":2,"n_whole":15,"clipped":false,"disabled":false}',
    7: '{"id":7,"label":"upup","person":"james","wrist":null,"device":null,"file":"FILE","line":9,"n_samples":15,'
       '"n_channels":3,"rate_hz":12.5,"clipped":false,"disabled":true,"held_back":null}',
    9: '{"id":9,"label":"upup","person":"james","wrist":null,"device":null,"file":"FILE","line":11,"n_samples":15,'
       '"n_channels":3,"rate_hz":12.5,"spans":[{"first":0,"n_samples":3,"label":"walk"},{"first":4,"n_samples":4,'
       '"label":"run"}],"clipped":false,"disabled":false}',
    11: '{"id":11,"label":"upup","person":"james","wrist":null,"device":null,"file":"FILE","line":13,"n_samples":17,'
        '"n_channels":3,"rate_hz":12.5,"gaps":[{"first":4,"missing":2},{"first":6,"missing":1}],"clipped":true,'
        '"disabled":false}',
    12: '{"id":12,"label":"upup","person":"james","wrist":null,"device":null,"file":"FILE","line":14,"n_samples":17,'
        '"n_channels":3,"rate_hz":12.5,"clipped":true,"disabled":true,"held_back":"clipping"}',
    13: '{"id":13,"label":"upup","person":"james","wrist":null,"device":"Bangle.js 2","file":"FILE","line":15,'
        '"n_samples":17,"n_channels":3,"rate_hz":50.0,"clipped":true,"disabled":false}'}
LINES = {
    3: "     3    5 samples           upup  james  FILE:5  trimmed from 15",
    9: "     9   15 samples           upup  james  FILE:11  2 spans",
    11: "    11   17 samples  clipped  upup  james  FILE:13  2 gaps",
    12: "    12   17 samples  clipped  upup  james  FILE:14  held back: clipping"}


def special_project():
    """Takes of every sort: trimmed, in stretches, with gaps, deleted, disabled, of a guest."""
    path = program.folder() / "p.waggle"
    good("new", path)
    good("import", path, SEED / "james-v2" / "upup.txt", "--person", "james")
    good("import", path, SEED / "conor-v2" / "clap2.txt", "--person", "conor")
    good("import", path, SEED / "conor-v2" / "swipe_left.txt", "--person", "zoe", "--guest")
    good("import", path, SEED / "conor-v2" / "random.txt", "--person", "abe", "--guest")
    good("edit", path, "3", "--trim", "2,5")
    good("edit", path, "5", "--delete")
    good("edit", path, "7", "--disable")
    good("edit", path, "8", "--wrist", "left")
    good("edit", path, "9", "--span", "0,3,walk", "--span", "4,4,run")
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO gaps VALUES (11, 4, 2), (11, 6, 1)")
        db.execute("UPDATE takes SET disabled = 1 WHERE recording = 12")
        db.execute("UPDATE recordings SET held_back = 'clipping' WHERE id = 12")
        db.execute("UPDATE recordings SET rate_hz = 50, device = 'Bangle.js 2' WHERE id = 13")
    return path


@functools.cache
def many_project(n):
    """Takes of three gestures and two persons, too short for the check of lengths, so that each that is looked at is found."""
    folder = program.folder()
    chance = random.Random(1)
    path = folder / "p.waggle"
    good("new", path)
    for person, label, share in (("ann", "rise", 0.6), ("bob", "rise", 0.25), ("ann", "fall", 0.1), ("bob", "still", 0.05)):
        source = folder / f"{person}-{label}.txt"
        source.write_text("".join(f"{label}(5),{','.join(str(chance.randint(-99, 99)) for _ in range(15))}\n"
                                  for _ in range(int(n * share))))
        good("import", path, source, "--person", person, "--units-per-g", "64")
    return path


def measure(out, *words):
    """Writes what it says into the file, and gives the most memory it had, in MB: at least what this program had when it began
    it, for that is inherited; so nothing large is kept here."""
    with subprocess.Popen([CLI, *map(str, words)], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, env=QUIET) as process:
        time.sleep(1)  # a reader that is slow: what is not read yet must not pile up
        with open(out, "wb") as file:
            while chunk := process.stdout.read(1 << 16):
                file.write(chunk)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, words
    return usage.ru_maxrss / 1024


def test_info_and_list_have_the_same_words_as_ever():
    path = special_project()
    source = str(SEED / "james-v2" / "upup.txt")
    assert good("--json", "info", path).out == INFO
    text = good("--json", "list", path).out
    told = json.loads(text)
    assert list(told) == ["recordings"] and text == json.dumps(told, separators=(",", ":"), ensure_ascii=False) + "\n"
    assert [row["id"] for row in told["recordings"]] == [1, 2, 3, 4, *range(6, 120)]
    for row in ROWS.values():
        assert row.replace("FILE", source) in text, row
    lines = good("list", path).out.splitlines()
    assert len(lines) == 118
    for line in LINES.values():
        assert line.replace("FILE", source) in lines, line
    guests = good("--json", "list", path, "--guest").json["recordings"]
    assert {row["person"] for row in guests} == {"zoe", "abe"} and len(guests) == 74


def test_list_of_nothing_is_a_list():
    path = program.folder() / "p.waggle"
    good("new", path)
    assert good("--json", "list", path).out == '{"recordings":[]}\n'
    assert good("list", path).out == ""
    assert good("--json", "info", path).json["recordings"] == 0


def test_many_takes_need_no_more_memory_than_few():
    few, many = many_project(2000), many_project(N_MANY)
    out = program.folder() / "out"
    for words in (["--json", "info"], ["list"], ["--json", "list"]):
        before, after = measure(out, *words, few), measure(out, *words, many)
        print(f"# {' '.join(words)}: {before:.0f} MB of 2000 takes, {after:.0f} MB of {N_MANY}", flush=True)
        assert after < before + 25, (words, before, after)  # 14 MB are the file, as SQLite keeps it
    rows = json.loads(out.read_text())["recordings"]
    assert [row["id"] for row in rows] == list(range(1, N_MANY + 1))
    assert len(good("list", many).out.splitlines()) == N_MANY
    counts = {"rise": N_MANY * 85 // 100, "fall": N_MANY // 10, "still": N_MANY // 20}
    assert good("--json", "info", many).json["labels"] == counts


def test_list_stops_when_it_is_told_to():
    path = many_project(N_MANY)
    with subprocess.Popen([CLI, "--json", "list", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.read(10)  # it has begun, and waits for its reader
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130, process.returncode
    assert b"stopped" in err and out.count(b'"id"') < N_MANY and not out.endswith(b"]}\n")


def test_check_looks_at_a_sample_of_many_and_says_so():
    path = many_project(N_MANY)
    done = good("--json", "check", path, "--kind", "length")
    assert done.json["sampled"] == {"looked_at": 20000, "of": N_MANY}
    assert "20000 of 60000" in done.json["note"] and "--all" in done.json["note"]
    assert done.json["note"] in good("check", path, "--kind", "length").out
    looked_at = [finding["id"] for finding in done.json["findings"]]
    assert len(set(looked_at)) == 20000
    # ann's and bob's rise, ann's fall, bob's still, in the order of ids: what there is little of is all there, and the two
    # share what is left
    ends, counts = [36000, 51000, 57000, 60000], [0, 0, 0, 0]
    for number in looked_at:
        counts[[number <= end for end in ends].index(True)] += 1
    assert counts == [5500, 5500, 6000, 3000], counts
    assert max(looked_at) > 59900 and sum(number <= 18000 for number in looked_at) in range(2600, 2900)
    assert good("--json", "check", path, "--kind", "length").out == done.out
    everything = good("--json", "check", path, "--kind", "length", "--all").json
    assert len(everything["findings"]) == N_MANY and "sampled" not in everything


if __name__ == "__main__":
    tap.main("/cli/large")
