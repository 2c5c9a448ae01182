#!/usr/bin/env python3
"""What the watch does at a gesture: given to deploy, refused in one sentence, kept in the project."""
import json
import shutil

import program
import tap
from program import SOURCE, cli, good

WORK = program.folder()
PROJECT = WORK / "p.waggle"
WATCH = WORK / "watch"
MODEL = SOURCE / "tests" / "data" / "golden" / "seed-v11-int8.tflite"
NAMES = "a,b=c,d,e,f,g"


def record(folder=WATCH):
    return json.loads((folder / "waggle.json").read_text(encoding="utf-8"))


def deploy(*words):
    return good("deploy", PROJECT, "--watch", f"virtual:{WATCH}", *words)


def refused(*words):
    result = cli("deploy", MODEL, "--names", NAMES, "--watch", f"virtual:{WORK / 'none'}", *words)
    assert result.code == 2 and result.err.splitlines()[-1].startswith("waggle-cli deploy: "), (result.code, result.err)
    return result.err


def test_takes_one_action_after_the_other():
    folder = WORK / "other"
    good("deploy", MODEL, "--names", NAMES, "--watch", f"virtual:{folder}", "--action", "a=media:next", "--action",
         "b=c=key:ctrl+x", "--action", 'f=script:print("a=b")', "--action", "g=event")
    assert record(folder)["actions"] == [["m", 1], ["k", 27, 1], None, None, ["s", 'print("a=b")'], ["e"]], record(folder)
    assert "debounce" not in record(folder) and "background" not in record(folder)


def test_refuses_what_it_does_not_know():
    assert "knows no gesture “x”" in refused("--action", "x=event")
    assert "“media:up” is no action" in refused("--action", "a=media:up")
    assert "takes a gesture and what it does" in refused("--action", "event")
    assert "--background takes on or off" in refused("--background", "yes")
    assert "--debounce takes" in refused("--debounce", "many")
    assert "deploy the app" in refused("--mode", "builtin", "--action", "a=event")
    file = WORK / "actions.json"
    file.write_text('{"a": 5}', encoding="utf-8")
    assert "the action of “a” is no text" in refused("--actions", file)
    assert not (WORK / "none").exists()


def test_the_project_keeps_them():
    program.trained(PROJECT, "conor-v2", words=("--preset", "classic", "--epochs", 5))
    file = WORK / "actions.json"
    file.write_text('{"upup": "media:play", "clap2": "key:a"}', encoding="utf-8")
    deploy("--actions", file, "--debounce", "2,900", "--background", "on")
    first = record()
    assert first["debounce"] == [2, 900] and first["background"] is True, first
    assert first["actions"][first["names"].index("upup")] == ["m", 16], first
    deploy("--action", "clap2=none")
    second = record()
    assert second["debounce"] == [2, 900] and second["background"] is True, second
    assert second["actions"][second["names"].index("clap2")] is None, second
    assert second["actions"][second["names"].index("upup")] == ["m", 16], second
    deploy("--action", "upup=none", "--debounce", "0", "--background", "off")
    assert not {"actions", "debounce", "background"} & set(record()), record()


def test_a_refused_deployment_keeps_nothing():
    before = record()
    result = cli("deploy", PROJECT, "--watch", f"virtual:{WATCH}", "--background", "on", "--action", "nobody=event")
    assert result.code == 2, result.err
    deploy()
    assert not {"actions", "debounce", "background"} & set(record()), (before, record())


if __name__ == "__main__":
    try:
        tap.main("/cli/actions")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
