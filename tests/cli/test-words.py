#!/usr/bin/env python3
"""What the command line is told is checked, and what it says is true, in one sentence."""
import json
import os
import shutil
import signal
import subprocess
import time

import program
import tap
from program import CLI, SEED, SOURCE, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"


def text(name, content):
    path = WORK / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_unknown_option_is_named_wherever_it_stands():
    good("new", PROJECT)
    refused("info", PROJECT, "--bogus", code=2, says=["has no option --bogus"])
    refused("info", "--bogus", PROJECT, code=2, says=["has no option --bogus"])
    refused("train", PROJECT, "--epochs", code=2, says=["--epochs needs a value"])
    refused("cross-validate", PROJECT, "--leave-one-person-out=no", code=2, says=["takes no value"])


def test_help_is_given_for_the_short_word_too():
    for words in ((), ("train",)):
        assert good(*words, "-h").out == good(*words, "--help").out == good("help", *words).out
    refused("help", "bogus", code=2, says=["bogus"])


def test_help_says_what_the_commands_for_a_watch_do():
    for command, says in (("carries", ["found on the watch", "--watch", "--trace"]),
                          ("identify", ["--word TEXT", "which of several watches"]),
                          ("restore", ["byte for byte", "--watch"]),
                          ("listen", ["--wait S", "lost so long"]), ("record", ["--wait S", "lost so long"])):
        out = good("help", command).out
        assert f"usage: waggle-cli {command}" in out and all(text in out for text in says), out
    for scheme in ("ble:", "serial:", "usb:", "rfcomm:", "virtual:", "replay:"):
        assert f"  {scheme}" in good("--help").out


def test_the_two_commands_say_what_they_take_and_begin_nothing():
    there = set(SOURCE.iterdir())
    quiet = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    for command, words, code in (("test", ["--help"], 0), ("test", ["--bogus"], 2), ("test", ["--all", "some"], 2),
                                 ("run", ["--help"], 0), ("run", ["--bogus"], 2)):
        done = subprocess.run([SOURCE / command, *words], env=quiet, capture_output=True, text=True, timeout=20,
                              check=False)
        assert done.returncode == code, (command, words, done)
        assert (f"usage: ./{command}" in done.stdout) == (code == 0), done
        assert code == 0 or (done.stdout == "" and words[-1] in done.stderr), done
    assert set(SOURCE.iterdir()) == there


def test_no_command_is_said_on_standard_error():
    silent = refused("--json", code=2, says=["no command", "--help"])
    assert silent.out == ""
    assert "usage:" in refused(code=2, says=["no command"]).out


def test_numbers_are_written_whole():
    refused("train", PROJECT, "--seed", "1e20", code=2, says=["--seed takes 0 to 9000000000000000,"])
    refused("quantize", PROJECT, "--samples", "-1", code=2, says=["0 to 1000000000,"])
    refused("deploy", PROJECT, "--threshold", "1.5", code=2, says=["0 to 1,"])
    refused("train", PROJECT, "--epochs", "nan", code=2, says=["whole number"])


def test_names_are_text_and_not_empty():
    up = text("up.txt", "up(1), 1,2,3\n")
    for option in ("--label", "--person"):
        for empty in ("", " \t"):
            refused("import", PROJECT, up, option, empty, code=2, says=[option, "nothing is given"])
        refused("import", PROJECT, up, option, os.fsdecode(b"a\xffb"), code=2, says=[option, "UTF-8"])
    refused("record", PROJECT, "--label", "", "--watch", "virtual:", code=2, says=["--label"])
    assert good("--json", "info", PROJECT).json["recordings"] == 0


def test_json_is_utf8_whatever_the_file_is_called():
    path = text(os.fsdecode(b"\xff.txt"), "up(1), 3,2,1\n")
    assert good("--json", "import", PROJECT, path).json["added"] == 1
    assert good("--json", "list", PROJECT).json["recordings"][0]["file"].endswith("\ufffd.txt")


def table(name, step, n=5, header="timestamp"):
    rows = [f"{i * step!r},0.0{i},0.1,0.98" for i in range(n)]
    return text(name, "\n".join([f"{header},accX,accY,accZ", *rows, ""]))


def test_unit_of_timestamps_is_judged_by_their_step():
    for number, (step, unit) in enumerate(((0.08, "seconds"), (80, None), (80000, "microseconds"),
                                           (80000000, "nanoseconds"))):
        project = WORK / f"rate{number}.waggle"
        good("new", project)
        said = good("--json", "import", project, table("t.csv", step)).json["messages"]
        assert good("--json", "info", project).json["rate_hz"] == 12.5, step
        assert [line for line in said if f"so they are {unit}: 12.5 Hz" in line] or not unit, said
        assert len(said) == (2 if unit else 1), said


def test_rate_outside_of_what_is_read_is_refused():
    refused("import", PROJECT, table("slow.csv", 80000, header="ms"),
            says=["slow.csv:2", "0.0125 Hz", "1 to 2000 Hz", "milliseconds"])
    refused("import", PROJECT, table("fast.csv", 1e-5), says=["1e+08 Hz", "1 to 2000 Hz"])
    refused("import", PROJECT, table("either.csv", 800), says=["1.25 Hz", "1250 Hz", "--rate"])
    refused("import", PROJECT, table("back.csv", -80), says=["do not rise"])
    refused("import", PROJECT, table("index.csv", 1), says=["index", "--rate"])
    refused("import", PROJECT, table("index.csv", 1), "--rate", "0.5", code=2, says=["--rate takes 1 to 2000"])


def test_value_out_of_range_is_not_called_no_number():
    for value in ("1e30", "-1e30", "1e999", "inf"):
        path = text("wild.csv", f"timestamp,accX,accY,accZ\n0,0,{value},1\n")
        refused("import", PROJECT, path, says=["wild.csv:2", f"column 3 holds {value}", "out of range"])
    path = text("wild.csv", "timestamp,accX,accY,accZ\n0,0,nan,1\n")
    refused("import", PROJECT, path, says=["column 3 holds no number"])


def test_file_whose_name_is_no_label_is_refused():
    content = "timestamp,accX,accY,accZ\n0,0,0,1\n80,0,0,1\n"
    for name in (".csv", os.fsdecode(b"\xff.csv")):
        refused("import", PROJECT, text(name, content), says=["--label"])
        assert good("--json", "import", PROJECT, WORK / name, "--label", "up", "--rate", "50").json["labels"] == {"up": 1}
    done = good("--json", "import", PROJECT, text("bytes.txt", b"u\xe4p(1), 1,2,3\n")).json
    assert done["labels"] == {"uäp": 1} and "bytes.txt: its text is not UTF-8" in done["messages"][0], done


def test_many_refused_lines_are_counted():
    path = text("many.txt", "up(1), 1,2,5\n" + "up(1), 1,2\n" * 5000)
    done = good("--json", "import", PROJECT, path).json
    assert done["added"] == 1 and done["n_refused"] == 5000 and len(done["refused"]) == 1000, done["n_refused"]
    lines = [line for line in good("import", PROJECT, path).out.splitlines() if line.startswith("refused ")]
    assert len(lines) == 21 and "many.txt:2:" in lines[0] and lines[20] == "refused and 4980 more", lines


def test_import_names_the_file_and_how_its_scale_was_judged():
    project = WORK / "scale.waggle"
    good("new", project)
    said = good("--json", "import", project, text("one.txt", "up(2), 0,0,0,0,0,0\n")).json["messages"]
    assert len(said) == 1 and "one.txt: nothing rests" in said[0] and "taken as 64" in said[0], said
    assert "0 of 1 take clips" in said[0], said
    (WORK / "several").mkdir()
    for name in ("a", "b"):
        text(f"several/{name}.txt", f"{name}(2), 0,0,64,0,1,64\n")
    said = good("--json", "import", project, WORK / "several").json["messages"]
    assert len(said) == 1 and "several: rests at 64" in said[0], said


def conor():
    """A project with the takes of one person, made once."""
    project = WORK / "conor.waggle"
    if not project.exists():
        good("new", project)
        good("import", project, SEED / "conor-v2")
    return project


def test_takes_that_are_known_are_said_by_record():
    project = WORK / "recorded.waggle"
    good("new", project)
    words = ("record", project, "--label", "up", "--count", "2", "--watch",
             f"virtual:{WORK / 'w'}?perform={SEED / 'conor-v2' / 'up_up.txt'}&speed=40")
    first = good("--json", *words).json
    assert (first["recordings"], first["known"]) == (2, 0), first
    again = good(*words).out
    assert again == "0 recorded, 2 known already and not added again\n", again
    assert good("--json", "info", project).json["recordings"] == 2


def split_file(name, **parts):
    rows = good("--json", "list", conor()).json["recordings"]
    numbered = {label: [row for row in rows if row["label"] == label] for label in ("upup", "waggle", "random")}
    entries = {part: [{"file": row["file"], "line": row["line"], "label": row["label"]}
                      for label, first, last in ranges for row in numbered[label][first:last]]
               for part, ranges in parts.items()}
    return text(name, json.dumps(entries))


def test_gesture_that_only_tests_is_refused():
    trained = (("upup", 0, 10), ("waggle", 0, 10))
    split = split_file("only-test.json", train=trained, validation=(), test=(("random", 0, 5),))
    refused("train", conor(), "--split", split, says=["no take of “random” to train on"])
    few = WORK / "few.waggle"
    good("new", few)
    takes = [f"a(1), {i},0,64\n" for i in range(9)] + ["b(1), 0,1,64\n", "b(1), 0,2,64\n"]
    good("import", few, text("few.txt", "".join(takes)))
    refused("train", few, "--validation", "0.4", "--test", "0.4", says=["no take of “b” to train on"])


def test_split_file_and_shares_exclude_each_other():
    split = split_file("whole.json", train=(("upup", 0, 10), ("waggle", 0, 10)), validation=(), test=())
    for option, value in (("--test", "0.2"), ("--validation", "0.2"), ("--split-seed", "1"), ("--labels", "upup")):
        refused("train", conor(), "--split", split, option, value, code=2, says=[option, "exclude"])
    good("train", conor(), "--split", split, "--epochs", "1", "--preset", "classic")


def test_label_given_twice_is_said():
    for command in ("train", "cross-validate"):
        refused(command, conor(), "--labels", "upup,waggle,upup", code=2, says=["“upup” is given twice"])
        refused(command, conor(), "--labels", "upup,downdown", says=["no recording is labelled “downdown”"])


def stop(*words):
    process = subprocess.Popen([CLI, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130
    return process.stderr.read()


def test_stopping_says_what_is_kept():
    before = good("--json", "info", conor()).json["models"]
    assert stop("train", conor(), "--epochs", "100000") == \
        "waggle-cli train: stopped; what was trained is not kept, the project is as it was\n"
    assert stop("cross-validate", conor(), "--epochs", "100000") == \
        "waggle-cli cross-validate: stopped; what was trained so far is not kept\n"
    assert good("--json", "info", conor()).json["models"] == before


def test_one_is_not_counted_as_many():
    one = WORK / "one.waggle"
    good("new", one)
    good("import", one, text("1.txt", "up(1), 1,2,3\n"))
    assert good("info", one).out.startswith("1 recording\n")
    assert good("check", one, "--kind", "length").out.endswith("1 finding\n")
    refused("train", one, says=["the takes that take part are of 1:"])
    assert ": 1 take, " in good("pack", one, WORK / "one.wagglepack").out
    room = good("room", WORK).out
    assert "  1 take of 1 gesture  " in room, room
    refused("detect", code=2, says=["not 0 arguments"])
    refused("new", code=2, says=["not 0 arguments"])
    refused("watches", "x", code=2, says=["not 1 argument ("])


def test_a_file_of_one_take_has_no_line():
    one, again = WORK / "line.waggle", WORK / "line-again.waggle"
    good("new", one)
    good("import", one, text("blink.csv", "ms,x,y,z\n" + "".join(f"{80 * i},0,0,1000\n" for i in range(3))))
    assert "blink.csv:2: " in good("check", one).out
    good("export-data", one, "--format", "wav", WORK / "wav")
    good("new", again)
    good("import", again, WORK / "wav")
    findings = good("check", again).out
    assert ".wav: " in findings and ":0:" not in findings, findings


def test_file_that_cannot_be_read_or_written_is_named_with_the_reason():
    good("train", conor(), "--preset", "classic", "--epochs", "1")
    good("quantize", conor())
    gone, reason = WORK / "nowhere" / "m.tflite", "No such file or directory"
    written = refused("export", conor(), "--to", "tflite", gone)
    assert written.err == f"waggle-cli export: {gone} cannot be written: {reason}\n", written.err
    folder = refused("export", conor(), "--to", "tflite", WORK)
    assert folder.err == (
        f"waggle-cli export: {WORK} has files in it, and an export replaces nothing: name a new folder, or a .zip\n"), folder.err
    for words in (("inspect", gone), ("predict", gone, gone), ("detect", gone), ("train", conor(), "--split", gone),
                  ("deploy", gone, "--names", "a", "--watch", "virtual:")):
        read = refused(*words)
        assert read.err == f"waggle-cli {words[0]}: {gone} cannot be read: {reason}\n", read.err
    refused("new", gone, says=[f"{gone} cannot be made: {reason}"])


def test_export_prints_a_line_and_detect_nothing_before_it_fails():
    path = WORK / "m.tflite"
    line = good("export", conor(), "--to", "tflite", path).out
    assert line == f"{path} is written: {path.stat().st_size / 1000:.1f} kB\n", line
    assert good("--json", "export", conor(), "--to", "tflite", path, "--replace").json["bytes"] == path.stat().st_size
    samples = text("samples.json", '{"samples":[[1,2,3],[1,2]]}')
    assert refused("detect", samples, says=["sample 1"]).out == ""
    assert refused("--json", "detect", samples).out == ""


def test_wrong_words_for_a_watch_are_wrong_use():
    refused("deploy", conor(), "--names", "a,b", "--watch", "virtual:", code=2, says=["--names", ".tflite"])
    for query in ("speed=0", "speed=fast", "speed=1001", "storage-bytes=-1"):
        refused("deploy", conor(), "--watch", f"virtual:{WORK / 'w'}?{query}", code=2, says=[query.split("=")[0]])


if __name__ == "__main__":
    os.environ.setdefault("XDG_STATE_HOME", str(WORK / "state"))
    try:
        tap.main("/cli/words")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
