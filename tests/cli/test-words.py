#!/usr/bin/env python3
"""What the command line is told is checked, and what it says is true, in one sentence."""
import os
import shutil

import program
import tap
from program import good, refused

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
        assert good(*words, "-h").out == good(*words, "--help").out


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


if __name__ == "__main__":
    os.environ.setdefault("XDG_STATE_HOME", str(WORK / "state"))
    try:
        tap.main("/cli/words")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
