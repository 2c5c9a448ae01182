#!/usr/bin/env python3
"""Files of somebody who means harm: refused in one sentence, and nothing but themselves can suffer from them."""
import ast
import json
import os
import re
import shutil
import sqlite3
import struct
import zipfile

import program
import tap
from program import SEED, cli, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"
VICTIM = WORK / "victim.txt"
DEEP = 1000000
ESCAPES = "\x1b]0;owned\x07\x1b[2J\u202eevil\x9b31m\r"


def copy(name):
    path = WORK / name
    for ending in ("", "-wal", "-shm", "-journal"):
        (WORK / (name + ending)).unlink(missing_ok=True)
    shutil.copy(PROJECT, path)
    return path


def edit(path, *statements):
    with sqlite3.connect(path) as db:
        for statement in statements:
            if isinstance(statement, str):
                db.execute(statement)
            else:
                db.execute(*statement)
    db.close()


def test_nesting_does_not_end_the_program():
    cases = {"lists": "[" * DEEP, "objects": '{"a":' * DEEP, "samples": '{"samples":' + "[" * DEEP,
             "comment": '{"samples":/*"*/' + "[" * DEEP, "quotes": "{'samples\"':" + "[" * DEEP,
             "windows": '{"windows":' + "[" * DEEP}
    for name, text in cases.items():
        path = WORK / f"{name}.json"
        path.write_text(text)
        refused("detect", path, says=[str(path)])
        refused("predict", program.SOURCE / "tests/data/golden/seed-v11-int8.tflite", path, says=[str(path)])
        refused("train", PROJECT, "--split", path, says=[str(path)])
        refused("import", PROJECT, path, says=[str(path)])
        refused("record", PROJECT, "--label", "a", "--watch", f"virtual:{WORK / 'w'}?perform={path}", says=[str(path)])


def test_numbers_of_the_wrong_type_are_no_samples():
    for value in ('"a"', "null", "true", "[1]", "{}", "1e999", "40000", "-1e300"):
        path = WORK / "types.json"
        path.write_text(f'{{"samples":[[0,0,8192],[0,{value},0]]}}')
        refused("detect", path, says=["sample 1"])


def test_nesting_in_a_models_description_does_not_end_the_program():
    path = copy("meta.waggle")
    edit(path, ("INSERT INTO models (kind, preset, meta, data) VALUES ('int8', 'x', ?, x'00')", ("[" * DEEP,)),
         ("INSERT INTO models (kind, preset, meta, data) VALUES ('float', 'x', ?, x'00')", ('{"labels":' * DEEP,)),
         ("INSERT INTO facts (name, value) VALUES ('split', ?)", ("{" * DEEP,)))
    for words in (("info", path), ("list", path), ("runs", path), ("check", path)):
        done = cli(*words)
        assert done.code in (0, 1), (words, done.code, done.err)
    refused("evaluate", path)
    refused("record", path, "--label", "a", "--watch", f"virtual:{WORK / 'w'}?perform=split:test")


def hot_journal(project, victim):
    """A rollback journal with one page, and behind it the name of the file that SQLite then deletes."""
    content = project.read_bytes()
    page_bytes = struct.unpack(">H", content[16:18])[0]
    magic = bytes.fromhex("d9d505f920a163d7")
    header = (magic + struct.pack(">IIIII", 1, 7, len(content) // page_bytes, 512, page_bytes)).ljust(512, b"\0")
    page = content[:page_bytes]
    check = (7 + sum(page[i] for i in range(page_bytes - 200, 0, -200))) & 0xffffffff
    name = os.fsencode(victim)
    return (header + struct.pack(">I", 1) + page + struct.pack(">I", check) +
            struct.pack(">I", 0x40000000 // page_bytes + 1) + name + struct.pack(">II", len(name), sum(name)) + magic)


def test_a_journal_beside_a_project_deletes_no_other_file():
    path = copy("journal.waggle")
    edit(path, "PRAGMA journal_mode = DELETE")
    VICTIM.write_text("precious")
    journal = WORK / "journal.waggle-journal"
    journal.write_bytes(hot_journal(path, VICTIM))
    # as SQLite itself does it: the attack is real
    bait, other = WORK / "bait.waggle", WORK / "other.txt"
    shutil.copy(path, bait)
    other.write_text("precious")
    (WORK / "bait.waggle-journal").write_bytes(hot_journal(bait, other))
    with sqlite3.connect(bait) as db:
        db.execute("SELECT count(*) FROM recordings").fetchone()
    assert not other.exists()
    for words in (("info", path), ("import", path, SEED / "conor-v2")):
        refused(*words, says=[str(journal), "move it away"])
    (WORK / "link.waggle").symlink_to(path)
    refused("info", WORK / "link.waggle", says=[str(journal)])
    assert VICTIM.read_text() == "precious"
    journal.unlink()
    good("info", path)


def test_links_beside_a_project_are_not_written_through():
    VICTIM.write_text("precious" * 1000)
    before = VICTIM.read_bytes()
    for ending in ("-wal", "-shm", "-journal"):
        path = copy("links.waggle")
        beside = WORK / f"links.waggle{ending}"
        beside.symlink_to(VICTIM)
        for words in (("info", path), ("import", path, SEED / "conor-v2")):
            refused(*words, says=[str(beside), "move it away"])
        assert VICTIM.read_bytes() == before
        beside.unlink()


def test_programs_in_a_project_are_not_run():
    endless = ("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, 'a' AS name, "
               "'b' AS value FROM n")
    cases = [
        ("trigger", ["CREATE TRIGGER evil AFTER INSERT ON recordings BEGIN DELETE FROM takes; END"]),
        ("same name", ["CREATE TRIGGER takes_of_recordings AFTER INSERT ON recordings BEGIN DELETE FROM takes; END"]),
        ("view", ["DROP TABLE facts", f"CREATE VIEW facts AS {endless}"]),
        ("virtual", ["CREATE VIRTUAL TABLE evil USING fts5(a)"]),
        ("generated", ["ALTER TABLE facts ADD COLUMN evil AS (hex(zeroblob(100000000)))"]),
        ("index", ["CREATE INDEX evil ON facts (hex(zeroblob(1000) || value))"]),
    ]
    for name, statements in cases:
        path = copy("program.waggle")
        edit(path, *statements)
        content = path.read_bytes()
        for words in (("info", path), ("list", path), ("import", path, SEED / "conor-v2")):
            refused(*words, says=["no Waggle wrote"])
        assert path.read_bytes() == content, name


def test_nothing_of_a_project_reaches_the_terminal_as_control_bytes():
    path = copy("escapes.waggle")
    edit(path, ("UPDATE takes SET label = ?, person = ? WHERE recording < 10", (ESCAPES, ESCAPES)),
         ("UPDATE recordings SET device = ?, file = ? WHERE id < 10", (ESCAPES,) * 2),
         ("INSERT INTO presets (name, text, note) VALUES (?, ?, ?)", (ESCAPES,) * 3),
         ("INSERT INTO models (kind, preset, meta, data) VALUES ('float', ?, ?, x'00')",
          (ESCAPES, json.dumps({"labels": [ESCAPES], "preset": ESCAPES}))),
         ("INSERT INTO edits (kind, n, detail, changes) VALUES (?, 1, ?, x'00')", (ESCAPES, ESCAPES)))
    shown = 0
    for words in (("info", path), ("list", path), ("check", path), ("runs", path), ("ready", path), ("map", path),
                  ("train", path, "--epochs", "1", "--preset", "classic"), ("evaluate", path, "--on", "validation"),
                  ("train", path, "--preset", ESCAPES), ("import", path, WORK / "escapes.csv"),
                  ("compare", path, ESCAPES, ESCAPES)):
        done = cli(*words)
        for text in (done.out, done.err):
            assert all(c.isprintable() or c in "\n\t" for c in text), (words, repr(text[:600]))
        shown += "evil" in done.out
    assert shown >= 3, shown


def test_labels_of_a_foreign_file_reach_the_terminal_as_text():
    path, folder = copy("labels.waggle"), WORK / "foreign"
    folder.mkdir()
    lines = [f"{ESCAPES.strip()}, {i}, 0, 64, 0, 0, 64, 1, 0, 64" for i in range(3)]
    (folder / "a\x1b[2J\u202e.txt").write_text("\n".join(lines) + "\n")
    (folder / "b.csv").write_text("timestamp,x,y\x1b[2J,z\n0,1,2\n\x1b[2Jevil,2,3\n")
    for words in (("import", path, folder), ("import", path, folder / "b.csv"), ("info", path), ("list", path)):
        done = cli(*words)
        for text in (done.out, done.err):
            assert all(c.isprintable() or c in "\n\t" for c in text), (words, repr(text[:600]))


def test_labels_are_no_code_in_what_is_exported():
    path = copy("code.waggle")
    labels = ("x\nEVIL = 1\n#*/ EVIL */ \"\"\" ''' ?>", "y\\\nEVIL = 2 //\r\nEVIL\u2028EVIL")
    edit(path, *(("UPDATE takes SET label = ? WHERE label = ?", pair) for pair in zip(labels, ("upup", "waggle"))))
    good("train", path, "--preset", "dense", "--epochs", "1")
    good("quantize", path)
    for target in ("c", "arduino", "micropython", "watch-app"):
        out = WORK / f"code-{target}"
        good("export", path, "--to", target, out)
        texts = [file for file in out.rglob("*") if file.suffix in (".c", ".h", ".cpp", ".ino", ".py", ".js", ".info")]
        assert texts, target
        for file in texts:
            ends = "[\n\r\u2028\u2029]" if file.suffix == ".js" else "[\n\r]"  # as the language has it
            lines = re.split(ends, file.read_bytes().decode("utf-8", "replace"))
            assert not [line for line in lines if line.lstrip().startswith("EVIL")], file
            if file.suffix == ".py":
                ast.parse("\n".join(lines))


def test_a_pack_that_swells_is_refused():
    path, pack = copy("pack.waggle"), WORK / "bomb.wagglepack"
    good("pack", path, WORK / "true.wagglepack")
    with zipfile.ZipFile(WORK / "true.wagglepack") as true:
        names = {name: true.read(name) for name in true.namelist()}
    for bombed in names:
        with zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED) as bomb:
            for name, content in names.items():
                if name == bombed:
                    with bomb.open(name, "w", force_zip64=True) as out:
                        for _ in range(700):
                            out.write(b" " * (1 << 20))
                else:
                    bomb.writestr(name, content)
        refused("merge", path, pack, says=[pack.name, "not read"])
    assert good("--json", "info", path).json["recordings"] == 259


def test_names_in_a_pack_are_no_paths():
    path, pack = copy("names.waggle"), WORK / "names.wagglepack"
    good("pack", path, WORK / "true2.wagglepack")
    with zipfile.ZipFile(WORK / "true2.wagglepack") as true, zipfile.ZipFile(pack, "w") as evil:
        for name in true.namelist():
            evil.writestr(name, true.read(name))
        evil.writestr("../../owned", "owned")
        evil.writestr(str(WORK / "owned"), "owned")
    cli("merge", path, pack)
    assert not (WORK / "owned").exists() and not (WORK.parent / "owned").exists()


if __name__ == "__main__":
    try:
        good("new", PROJECT)
        good("import", PROJECT, SEED / "conor-v2", "--person", "conor")
        tap.main("/cli/hostile-files")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
