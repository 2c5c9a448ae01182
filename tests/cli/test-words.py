#!/usr/bin/env python3
"""What the command line is told is checked, and what it says is true, in one sentence."""
import os
import shutil

import program
import tap
from program import good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"


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


if __name__ == "__main__":
    os.environ.setdefault("XDG_STATE_HOME", str(WORK / "state"))
    try:
        tap.main("/cli/words")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
