#!/usr/bin/env python3
"""Recording: rates, triggers, what is held back, what a kill leaves, traces."""
import json
import shutil
import signal
import sqlite3
import subprocess
import time

import program
import project_file
import tap
from program import SOURCE, cli, good, refused

WORK = program.folder()
TRACE = SOURCE / "tests/data/traces/espruino-record.trace"


def project(name):
    path = WORK / f"{name}.waggle"
    good("new", path)
    return path


def stream(name, samples, rate):
    path = WORK / f"{name}.json"
    path.write_text(json.dumps({"rate_hz": rate, "samples": samples}))
    return path


def long_stream(name, seconds):
    return stream(name, [(k, -k, 8000) for k in range(1, int(seconds * 12.5))], 12.5)


def originals(path, recording):
    blob = sqlite3.connect(path).execute("SELECT original FROM recordings WHERE id = ?", (recording,)).fetchone()[0]
    values = project_file.floats(blob)
    return [tuple(values[i:i + 3]) for i in range(0, len(values), 3)]


def test_each_rate_gives_its_samples_in_its_units():
    for rate, units in ((12.5, 8192), (25, 4096), (50, 4096), (100, 4096)):
        path = project(f"rate{rate}")
        # even numbers: at +-8 g the sensor gives half of them
        played = [(2 * k, -2 * k, 1000) for k in range(1, 200)]
        file = stream(f"rate{rate}", played, rate)
        good("record", path, "--watch", f"virtual:{WORK / 'r'}?perform={file}&speed=20", "--label", "x", "--rate", rate,
             "--trigger", "continuous")
        row = good("--json", "list", path).json["recordings"][0]
        assert row["rate_hz"] == rate, row
        stored = originals(path, row["id"])
        factor = units / 8192
        wanted = [tuple(v * factor for v in sample) for sample in played]
        begin = stored.index(wanted[0])
        assert stored[begin:begin + len(wanted)] == wanted, (rate, stored[begin:begin + 5])
        connection = sqlite3.connect(path)
        assert connection.execute("SELECT units_per_g FROM recordings").fetchone()[0] == units


def test_a_minute_of_ordinary_movement_becomes_takes():
    path = project("ordinary")
    # too calm for the detector, each sample another
    file = stream("ordinary", [(k, -k, 8000) for k in range(1, 1000)], 12.5)
    result = good("--json", "record", path, "--watch", f"virtual:{WORK / 'o'}?perform={file}&speed=40", "--label", "other",
                  "--trigger", "ordinary").json
    assert result["recordings"] + result["known"] == 15, result
    rows = good("--json", "list", path).json["recordings"]
    assert {(row["rate_hz"], row["n_samples"]) for row in rows} == {(12.5, 50)}, rows
    all_samples = [sample for row in rows for sample in originals(path, row["id"])]
    played = [sample for sample in all_samples if sample[2] == 8000]
    assert len(played) > 500, len(played)
    assert [x for x, y, z in played] == list(range(1, len(played) + 1))  # none twice, none left out


def test_what_is_noticed_within_ordinary_movement_is_a_take_of_its_own():
    path = project("noticed")
    takes = SOURCE / "data/recordings/bangle-gestures/conor-v2/random.txt"
    good("record", path, "--watch", f"virtual:{WORK / 'n'}?perform={takes}&speed=40", "--label", "other",
         "--trigger", "ordinary", "--seconds", "40")
    lengths = [row["n_samples"] for row in good("--json", "list", path).json["recordings"]]
    assert any(length < 50 for length in lengths), lengths  # a window has 50
    assert sum(lengths) <= 40 * 12.5, lengths


def test_hands_free_takes_begin_and_end_with_the_button():
    lengths = {}
    for name, seconds in (("once", 10), ("twice", 1.5)):
        path = project(name)
        good("record", path, "--watch", f"virtual:{WORK / name}?press={seconds}&speed=20", "--label", "x", "--trigger", "button",
             "--count", "3", "--length", "2")
        lengths[name] = [row["n_samples"] for row in good("--json", "list", path).json["recordings"]]
    assert set(lengths["once"]) == {25}, lengths
    # pressed again 1.1 s after the take began, which is 0.4 s after the first press
    assert lengths["twice"] and all(12 <= n <= 16 for n in lengths["twice"]), lengths


def test_says_what_to_record_next():
    path = project("next")
    takes = SOURCE / "data/recordings/bangle-gestures/conor-v2"
    assert good("--json", "info", path).json["next"] == {"step": "name", "label": None, "takes": 0}
    good("import", path, takes / "clap2.txt", takes / "swipe_up.txt")
    assert good("--json", "info", path).json["next"]["step"] == "other"
    assert "a minute of ordinary movement" in good("info", path).out
    good("import", path, takes / "random.txt")
    assert good("--json", "info", path).json["next"]["step"] == "train"
    assert "next:" not in good("info", path).out


def locked(path):
    lock = sqlite3.connect(path, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    return lock


def test_nothing_is_lost_while_another_program_writes_the_project():
    """Side by side: the stream, takes, an import and a quantization, each into a project that is locked for 6 s."""
    paths = {name: project(f"locked-{name}") for name in ("stream", "takes", "import", "quantize")}
    played = [(2 * k, -2 * k, 1000) for k in range(1, 200)]
    file = stream("locked", played, 100)
    takes = SOURCE / "data/recordings/bangle-gestures/conor-v2/clap2.txt"
    good("import", paths["quantize"], takes, takes.with_name("swipe_up.txt"))
    good("train", paths["quantize"], "--preset", "classic", "--epochs", "1")
    words = {
        "stream": ["--watch", f"virtual:{WORK / 'l'}?perform={file}&speed=20", "--label", "x", "--rate", "100",
                   "--trigger", "continuous"],
        "takes": ["--watch", f"virtual:{WORK / 't'}?perform={takes}&speed=40", "--label", "clap", "--count", "5"],
        "import": [takes], "quantize": [],
    }
    locks = {name: locked(path) for name, path in paths.items()}
    running = {name: subprocess.Popen([str(program.CLI), "record" if name in ("stream", "takes") else name, str(path),
                                       *map(str, words[name])], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
               for name, path in paths.items()}
    said = {name: process.stderr.readline() for name, process in running.items()}
    assert all("in use by another program" in text for text in said.values()), said
    time.sleep(6)  # longer than one write waits
    for name, lock in locks.items():
        assert running[name].poll() is None, name
        lock.execute("ROLLBACK")
        lock.close()
    for name, process in running.items():
        out, error = process.communicate(timeout=60)
        assert process.returncode == 0, (name, process.returncode, out, error)
    row = good("--json", "list", paths["stream"]).json["recordings"][0]
    stored = originals(paths["stream"], row["id"])
    wanted = [tuple(v / 2 for v in sample) for sample in played]
    begin = stored.index(wanted[0])
    assert stored[begin:begin + len(wanted)] == wanted
    assert len(good("--json", "list", paths["takes"]).json["recordings"]) == 5
    assert len(good("--json", "list", paths["import"]).json["recordings"]) > 10
    assert len(good("--json", "info", paths["quantize"]).json["models"]) == 2


def test_wrong_use_is_said():
    path = project("wrong")
    refused("record", path, "--watch", "virtual:", "--label", "x", "--rate", "100", code=2, says=["--trigger"])
    refused("record", path, "--watch", "virtual:", "--label", "x", "--rate", "30", "--trigger", "continuous", code=2,
            says=["30"])
    refused("record", path, "--watch", "virtual:", "--label", "x", "--trigger", "clap", code=2, says=["clap"])
    refused("record", path, "--watch", "virtual:", "--label", "x", "--raw", "--seconds", "1", "--trigger", "button",
            code=2, says=["--raw"])


def test_a_countdown_records_its_length():
    path = project("countdown")
    done = cli("--json", "record", path, "--watch", f"virtual:{WORK / 'c'}?speed=1", "--label", "x", "--trigger",
               "countdown", "--count", "1", "--length", "1", "--rate", "50")
    assert done.code == 0, done.err
    assert [line for line in done.err.split() if line in "321now"] == ["3", "2", "1", "now"], done.err
    row = good("--json", "list", path).json["recordings"][0]
    assert row["n_samples"] == 50 and row["rate_hz"] == 50, row
    done = cli("record", path, "--watch", f"virtual:{WORK / 'c'}?speed=1", "--label", "x", "--trigger", "countdown",
               "--count", "1", "--length", "0.5", "--countdown", "1")
    assert done.code == 0 and [line for line in done.err.split() if line in "321now"] == ["1", "now"], done.err


def test_a_countdown_outlasts_what_is_performed_in_haste():
    """The seconds are this computer's: what is performed goes on beside them, and the takes that were asked for come."""
    path = project("paced")
    done = cli("--json", "record", path, "--watch", f"virtual:{WORK / 'p'}?perform={long_stream('paced', 6)}", "--label", "x",
               "--trigger", "countdown", "--count", "2", "--length", "0.5", "--countdown", "1")
    assert done.code == 0 and done.json["recordings"] == 2, (done.code, done.out, done.err)


def test_fewer_takes_than_asked_are_a_failure():
    path = project("fewer")
    done = cli("--json", "record", path, "--watch", f"virtual:{WORK / 'f'}?perform={long_stream('fewer', 10)}&speed=4", "--label",
               "x", "--trigger", "countdown", "--count", "20", "--length", "0.5", "--countdown", "1")
    n = done.json["recordings"]
    assert done.code == 1 and 1 <= n < 20 and f"{n} of 20 takes" in done.err, (done.code, done.out, done.err)


def test_clipped_takes_are_held_back_and_kept():
    path = project("clipped")
    loud = stream("loud", [[0, 0, -8192]] * 20 + [[32000 * (-1) ** k, 0, -8192] for k in range(20)] +
                  [[0, 0, -8192]] * 20, 12.5)
    done = good("--json", "record", path, "--watch", f"virtual:{WORK / 'l'}?perform={loud}&speed=40", "--label", "x")
    assert done.json["recordings"] >= 1 and done.json["held_back"] >= 1, done.json
    assert "held back" in done.err, done.err
    rows = [row for row in good("--json", "list", path).json["recordings"] if row["clipped"]]
    assert rows and all(row["disabled"] and row["held_back"] == "clipping" for row in rows), rows
    assert good("--json", "info", path).json["held_back"] == len(rows)


def test_a_kill_leaves_what_had_arrived():
    path = project("killed")
    recorder = subprocess.Popen([str(program.CLI), "record", str(path), "--label", "x", "--trigger", "continuous", "--rate",
                                 "100", "--watch", f"virtual:{WORK / 'k'}?speed=1"], stderr=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL)
    blocks = 0
    while blocks < 5:  # nothing is asked of the clock: so many commits have returned
        time.sleep(0.2)
        blocks = sqlite3.connect(path).execute("SELECT count(*) FROM blocks").fetchone()[0]
    recorder.send_signal(signal.SIGKILL)
    recorder.wait()
    rows = good("--json", "list", path).json["recordings"]
    assert len(rows) == 1 and rows[0]["n_samples"] >= 50 and rows[0]["label"] == "x", rows
    # a minute later it is joined by the next program that opens the project
    connection = sqlite3.connect(path)
    connection.execute("UPDATE blocks SET added = added - 61")
    connection.commit()
    connection.close()
    again = good("--json", "list", path).json["recordings"]
    assert again == rows, (again, rows)
    assert sqlite3.connect(path).execute("SELECT count(*) FROM blocks").fetchone()[0] == 0


def test_a_stream_goes_on_when_a_lost_watch_is_back():
    path = project("lost")
    file = stream("lost", [(2 * k, -2 * k, 1000) for k in range(1, 1500)], 100)
    result = good("--json", "record", path, "--watch",
                  f"virtual:{WORK / 'lost'}?perform={file}&speed=1&drop-seconds=2&back=1", "--label", "x", "--rate", "100",
                  "--trigger", "continuous", "--seconds", "6")
    assert "lost, waiting for it" in result.err and "back after" in result.err, result.err
    row = good("--json", "list", path).json["recordings"][0]
    first, missing = sqlite3.connect(path).execute("SELECT first, n_missing FROM gaps ORDER BY n_missing DESC").fetchone()
    stored = [sample[0] for sample in originals(path, row["id"])]
    really = stored[first] - stored[first - 1] - 1  # one more a sample, at +-8 g
    print(f"# {missing} samples stored as missing over the loss, {really:.0f} really were")
    assert result.json["recordings"] == 1 and row["n_samples"] > 200, (result.json, row)
    assert missing >= 50 and abs(missing - really) <= 50, (missing, really)


def test_a_trace_is_recorded_and_played_again():
    path = project("trace")
    trace = WORK / "own.trace"
    good("record", path, "--watch", f"virtual:{WORK / 't'}?perform=upup&speed=20", "--label", "up", "--count", "2",
         "--trace", trace)
    first = good("--json", "list", path).json["recordings"]
    copy = project("copy")
    good("record", copy, "--watch", f"replay:{trace}?speed=100", "--label", "up", "--count", "2")
    assert [originals(copy, row["id"]) for row in good("--json", "list", copy).json["recordings"]] == \
           [originals(path, row["id"]) for row in first]


def test_a_trace_of_the_real_firmware_is_played():
    path = project("espruino")
    done = good("--json", "record", path, "--watch", f"replay:{TRACE}?speed=100", "--label", "esp", "--count", "2").json
    assert done["recordings"] == 2, done
    first, second = (originals(path, id) for id in done["ids"])
    # its listener was handed [k, 1, 2, 3, 4, 5], k a multiple of 25 and one more time 25
    assert first[0][1:] == (1, 2) and first[1] == (3, 4, 5) and second[0][0] == first[0][0] + 25, (first, second)


def test_a_trace_replaces_nothing_but_a_trace():
    path = project("kept")
    before = path.read_bytes()
    refused("carries", "--watch", f"virtual:{WORK / 'kept-watch'}", "--trace", path, code=2, says=["is no trace", "another name"])
    refused("record", path, "--watch", f"virtual:{WORK / 'kept-watch'}", "--label", "x", "--trace", path, code=2,
            says=["is no trace"])
    assert path.read_bytes() == before
    trace = WORK / "again.trace"
    for _ in range(2):
        good("carries", "--watch", f"virtual:{WORK / 'kept-watch'}", "--trace", trace)
    done = cli("carries", "--watch", f"virtual:{WORK / 'kept-watch'}", "--trace", "/dev/full")
    assert "is not whole" in done.err, done.err


def test_stops_while_the_watch_is_away_before_it_began():
    address = f"virtual:{WORK / 'early'}?drop-heard=2500&back=70&speed=1"
    process = subprocess.Popen([str(program.CLI), "record", str(project("early")), "--watch", address, "--label", "q", "--raw",
                                "--seconds", "5"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while "lost" not in (line := process.stderr.readline()):
        assert line, "it ended without a loss"
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130


def test_another_talk_than_the_trace_is_said():
    refused("record", project("other"), "--watch", f"replay:{TRACE}?speed=100", "--label", "x", "--trigger",
            "continuous", "--seconds", "3", says=["goes another way"])
    refused("record", project("none"), "--watch", f"replay:{WORK / 'missing'}", "--label", "x", says=["cannot be read"])
    foreign = WORK / "foreign"
    foreign.write_text("hello\n")
    refused("record", project("foreign"), "--watch", f"replay:{foreign}", "--label", "x", says=["no trace"])


if __name__ == "__main__":
    try:
        tap.main("/cli/record")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
