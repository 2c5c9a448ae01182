#!/usr/bin/env python3
"""The export for the Espruino web tools: put onto a virtual watch without a deployment, it recognises what is performed."""
import json
import os
import select
import shutil
import subprocess
import time
import tty

import exports
import program
import tap
from exports import export
from program import BUILD, good, refused

WORK = program.folder()
PROJECT = exports.seed_project(WORK / "p.waggle")
APP = WORK / "app"
PATIENCE_S = 60


def make_app():
    if not APP.exists():
        exports.train(PROJECT, "waggle", 30)
        export(PROJECT, "watch-app", APP)
    return APP


def check_watch(folder):
    """The watch in that folder holds the project's network and answers as it does."""
    address = f"virtual:{folder}"
    tested = good("--json", "deploy", PROJECT, "--watch", address, "--test-only").json
    assert tested["verified"] and tested["self_test"] == {"n": 20, "equal": 20}, tested
    carried = good("--json", "carries", "--watch", address).json
    assert carried["now"]["gestures"] == ["clap2", "random", "swipeleft", "swiperight", "upup", "waggle"], carried


def check_performed(folder):
    heard = good("--json", "listen", PROJECT, "--watch", f"virtual:{folder}?perform=split:test&speed=40").rows
    print("#", heard[-1])
    assert heard[-1]["gestures"] == heard[-1]["equal"] > 200, heard[-1]
    named = [row["watch"]["label"] for row in heard[:-1] if row["watch"]["label"]]
    assert len(named) > 180 and len(set(named)) == 6, (len(named), set(named))


def test_files_put_into_storage_recognise():
    folder = WORK / "by-hand"
    shutil.copytree(make_app() / "storage", folder)
    check_watch(folder)
    check_performed(folder)


class Console:
    """A virtual watch's console behind a terminal, as the web tools have it."""

    def __init__(self, folder):
        self.path = WORK / f"tty-{folder.name}"
        self.process = subprocess.Popen([str(BUILD / "src/virtual-watch/waggle-watch"), str(folder), "--tty", str(self.path)],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        while not self.path.exists():
            time.sleep(0.02)
        self.line = os.open(self.path, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self.line)

    def type(self, text, wanted):
        """Sends it as the web tools do, and waits for what it prints."""
        waiting, heard, end = text.encode(), b"", time.monotonic() + PATIENCE_S
        while wanted not in heard:
            assert time.monotonic() < end, heard[-500:]
            readable, writable, _ = select.select([self.line], [self.line] if waiting else [], [], 1)
            if writable:
                waiting = waiting[os.write(self.line, waiting[:512]):]
            if readable:
                heard += os.read(self.line, 4096)
        return heard

    def close(self):
        os.close(self.line)
        self.process.kill()
        self.process.wait()


def test_one_script_writes_all_files_and_may_run_again():
    folder = WORK / "by-script"
    wanted = {path.name: path.read_bytes() for path in (make_app() / "storage").iterdir()}
    console = Console(folder)
    # functions and statements one a line, each without echo
    script = (APP / "install.js").read_text()
    script = "".join(f"\x10{line}\n" for line in join_lines(script))
    try:
        for _ in range(2):
            console.type(script, f"Waggle: all {len(wanted)} files are there".encode())
            console.type('\x10print("over")\n', b"over")
    finally:
        console.close()
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name in wanted} == wanted
    check_watch(folder)


def join_lines(script):
    """The statements of a script, as the web tools find them: what brackets or a comment hold together is one."""
    text = script[script.index("*/") + 2:]
    statement, depth = "", 0
    for line in text.splitlines():
        statement += line.strip() + " "
        depth += line.count("{") - line.count("}")
        if depth == 0 and statement.strip():
            yield statement.strip()
            statement = ""


def test_metadata_names_files_that_are_there():
    metadata = json.loads((make_app() / "metadata.json").read_text())
    names = {entry["name"] for entry in metadata["storage"]}
    assert names | {"waggle.info"} == {path.name for path in (APP / "storage").iterdir()}
    for entry in metadata["storage"]:
        assert (APP / entry["url"]).is_file(), entry
    info = json.loads((APP / "storage" / "waggle.info").read_text())
    assert metadata["id"] == info["id"] == "waggle"


def test_what_the_project_keeps_of_the_app_goes_along():
    folder = WORK / "kept"
    make_app()
    good("deploy", PROJECT, "--watch", f"virtual:{WORK / 'other'}", "--background", "on", "--action", "upup=event",
         "--debounce", "2,900")
    export(PROJECT, "watch-app", folder, "--threshold", "0.75")
    record = json.loads((folder / "storage" / "waggle.json").read_text())
    assert record["background"] and record["debounce"] == [2, 900] and record["threshold"] == 0.75, record
    assert record["actions"][4] == ["e"], record
    assert (folder / "storage" / "waggle.boot.js").is_file()
    assert "waggle.boot.js" in (folder / "metadata.json").read_text()


def test_a_model_of_other_windows_is_refused():
    project = exports.seed_project(WORK / "q.waggle")
    good("train", project, "--epochs", "1", "--rate", "25", "--window", "40")
    good("quantize", project)
    refused("export", project, "--to", "watch-app", WORK / "no", says=["40 samples", "25 Hz", "export it for a board"])


tap.main("/export/watch-app")
