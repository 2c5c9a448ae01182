#!/usr/bin/env python3
"""waggle-thumbnailer draws projects and packs for a file manager, writes nothing else, and survives what is damaged or hostile."""
import hashlib
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
import tap  # noqa: E402
from program import BUILD, SEED, folder, good, seed_project  # noqa: E402

PROGRAM = BUILD / "src" / "ui" / "waggle-thumbnailer"
TOP = folder()
PROJECT = seed_project(folder() / "sample.waggle")
PACK = folder() / "one.wagglepack"
good("pack", PROJECT, PACK)
GESTURES = ["E69F00", "0072B2", "009E73"]  # the colours of the first three


def draw(source, size=128):
    """Its exit code, and the picture or None."""
    picture = folder() / "picture.png"
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run([PROGRAM, "--size", str(size), source, picture], env=environment, capture_output=True, text=True,
                          timeout=30, check=False)
    assert done.returncode in (0, 1), (done.returncode, done.stderr[-2000:])
    for fault in ("Sanitizer", "runtime error", "CRITICAL"):
        assert fault not in done.stderr, done.stderr[-2000:]
    assert picture.exists() == (done.returncode == 0)
    if done.returncode == 1:
        assert [line for line in done.stderr.splitlines() if line.startswith("waggle-thumbnailer: ")], done.stderr
    return done.returncode, picture if done.returncode == 0 else None


def refused(source):
    assert draw(source) == (1, None)


def measure(picture):
    head = picture.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", head[16:])


def count_colours(picture):
    """Pixels of each colour, as "RRGGBB"."""
    told = subprocess.run(["convert", picture, "-depth", "8", "-alpha", "off", "-format", "%c", "histogram:info:-"],
                          capture_output=True, text=True, check=True).stdout
    return {colour[:6]: int(n) for n, colour in re.findall(r"^\s*(\d+):.*#([0-9A-F]{6,8})", told, re.M)}


def look(top):
    return {path.name: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) for path in top.iterdir()}


def test_draws_a_project_at_the_size_asked():
    for size in (64, 128, 256, 512):
        code, picture = draw(PROJECT, size)
        assert code == 0 and measure(picture) == (size, size)
    colours = count_colours(picture)
    for colour in GESTURES:
        assert colours.get(colour, 0) > 800, (colour, colours.get(colour))  # its bar; x, y and z have them too
    assert colours.get("FFFFFF", 0) > 512 * 512 / 2


def test_draws_what_is_in_it():
    other = TOP / "other.waggle"
    good("new", other)
    good("import", other, SEED / "conor-v3" / "swipe.txt")
    assert draw(other)[1].read_bytes() != draw(PROJECT)[1].read_bytes()
    assert draw(PROJECT)[1].read_bytes() == draw(PROJECT)[1].read_bytes()


def test_leaves_all_as_it_was():
    top = folder()
    shutil.copy(PROJECT, top / "p.waggle")
    before = look(top)
    assert draw(top / "p.waggle")[0] == 0
    assert look(top) == before


def test_leaves_the_log_of_a_program_that_has_it_open():
    top = folder()
    shutil.copy(PROJECT, top / "p.waggle")
    database = sqlite3.connect(top / "p.waggle", isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("BEGIN IMMEDIATE")
    database.execute("UPDATE takes SET label = 'another'")
    before = look(top)
    assert "p.waggle-wal" in before
    begun = time.monotonic()
    assert draw(top / "p.waggle")[0] == 0
    assert time.monotonic() - begun < 10 and look(top) == before
    database.execute("ROLLBACK")
    database.close()


def test_draws_a_pack():
    before = look(PACK.parent)
    code, picture = draw(PACK, 256)
    assert code == 0 and measure(picture) == (256, 256)
    assert picture.read_bytes() == draw(PROJECT, 256)[1].read_bytes()  # the same takes
    assert look(PACK.parent) == before


def test_draws_nothing_where_there_are_no_takes():
    empty = TOP / "empty.waggle"
    good("new", empty)
    refused(empty)


def test_refuses_what_is_no_project():
    top = folder()
    (top / "text.waggle").write_text("not a project\n", encoding="utf-8")
    (top / "nothing.waggle").write_bytes(b"")
    database = sqlite3.connect(top / "foreign.waggle")
    database.execute("CREATE TABLE takes (recording, label, deleted)")
    database.commit()
    database.close()
    os.mkfifo(top / "pipe.waggle")
    (top / "folder.waggle").mkdir()
    for name in ("text", "nothing", "foreign", "pipe", "folder", "missing"):
        refused(top / f"{name}.waggle")


def damage(source, seed):
    """The file cut short, or with bytes of it changed, as the seed has it."""
    chance, content = random.Random(seed), bytearray(source.read_bytes())
    if seed % 3 == 0:
        del content[chance.randrange(100, len(content)):]
    else:
        for _ in range(chance.choice((1, 8, 300))):
            # the head of a file, of its schema, or anywhere
            content[chance.randrange(chance.choice((120, 5000, len(content))))] = chance.randrange(256)
    return bytes(content)


def test_survives_damage():
    top = folder()
    codes = set()
    for seed in range(45):
        source = PACK if seed % 5 == 0 else PROJECT
        damaged = top / source.name
        damaged.write_bytes(damage(source, seed))
        codes.add(draw(damaged)[0])
    assert codes == {0, 1}, codes


def test_ends_what_a_hostile_file_would_never_end():
    top = folder()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i"
    for name, view in (("takes", f"CREATE VIEW takes AS {endless} AS recording, 'a' AS label, 0 AS deleted FROM n"),
                       ("recordings", f"CREATE VIEW recordings AS {endless} AS id, 'a' || i AS label, 0 AS deleted FROM n")):
        hostile = top / f"{name}.waggle"
        database = sqlite3.connect(hostile)
        database.execute(f"PRAGMA application_id = {0x5761676c}")
        database.execute(view)
        database.commit()
        database.close()
        begun = time.monotonic()
        refused(hostile)
        assert time.monotonic() - begun < 15


def test_a_huge_size_is_bounded():
    code, picture = draw(PROJECT, 2000000000)
    assert code == 0 and measure(picture) == (1024, 1024)


def test_says_how_it_is_used():
    for words in ([], [PROJECT], ["--size", "0", PROJECT, TOP / "no.png"], ["--size", "x", PROJECT, TOP / "no.png"]):
        done = subprocess.run([PROGRAM, *words], capture_output=True, check=False)
        assert done.returncode == 2, (words, done.returncode)
    assert not (TOP / "no.png").exists()


if __name__ == "__main__":
    signal.alarm(300)
    tap.main("/ui/thumbnailer")
