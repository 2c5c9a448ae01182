#!/usr/bin/env python3
"""Projects of every form that a Waggle wrote open today with all that they hold, and are then of today's form."""
import base64
import pathlib
import shutil
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))

import program  # noqa: E402  pylint: disable=wrong-import-position
import tap  # noqa: E402  pylint: disable=wrong-import-position
from old_projects import FACTS, MODELS, N_FLOATS, STREAM, make, migrations, pack_lines, wanted  # noqa: E402
from program import SEED, good, refused  # noqa: E402  pylint: disable=wrong-import-position

WORK = program.folder()
N_FORMS = len(migrations())
STORED = sorted((program.SOURCE / "tests" / "data" / "projects").glob("form-*.waggle"))


def same(found, rows, form):
    """All that it held; where a form knew less, nothing is added."""
    for digest, row in wanted(rows, form).items():
        there = dict(found.pop(digest))
        for name in set(row) | set(there):
            assert there.get(name) == row.get(name), (form, digest, name, there.get(name), row.get(name))
    if form >= 4:
        (left,) = found.values()
        assert left["label"] == "stream" and base64.b64decode(left["original"]) == b"".join(STREAM), left
    else:
        assert not found, found


def read(path, sql):
    with sqlite3.connect(path) as db:
        rows = db.execute(sql).fetchall()
    db.close()
    return rows


def rows_of_a_seed():
    path = WORK / "source.waggle"
    good("new", path)
    good("import", path, SEED / "conor-v3", "--person", "conor")
    return list(pack_lines(path, WORK).values())[:60]


def test_every_form_keeps_everything():
    for form in range(1, N_FORMS):
        path = make(WORK / f"form-{form}.waggle", form, ROWS)
        good("info", path)
        assert read(path, "PRAGMA user_version") == [(N_FORMS,)] and read(path, "PRAGMA integrity_check") == [("ok",)]
        assert read(path, "PRAGMA foreign_key_check") == []
        same(pack_lines(path, WORK), ROWS, form)
        models = read(path, "SELECT id, parent, kind, preset, data, created, meta FROM models ORDER BY id")
        assert [model[:5] for model in models] == MODELS, models
        assert all(model[5] == "2026-01-02T03:04:05Z" and f'"n":{model[0]}' in model[6] for model in models)
        assert dict(read(path, "SELECT name, value FROM facts")).items() >= FACTS.items()
        if form >= 2:
            assert [row[0] for row in read(path, "SELECT name FROM presets")] == ["mine"]
        runs = good("--json", "runs", path).out
        assert '"classic"' in runs and '"mine"' in runs, runs
        # it is a project as any other: what is edited, and taken in again
        before = pack_lines(path, WORK)
        good("edit", path, "1", "--label", "other")
        good("edit", path, "--undo")
        assert pack_lines(path, WORK) == before
        added = good("--json", "import", path, SEED / "conor-v3").json["added"]
        assert added >= 80 - 60, added


def test_opening_it_again_changes_nothing():
    for form in range(1, N_FORMS):
        path = make(WORK / f"again-{form}.waggle", form, ROWS)
        good("info", path)
        content = pack_lines(path, WORK)
        for _ in range(2):
            good("info", path)
            assert pack_lines(path, WORK) == content


def test_a_newer_form_is_left_alone():
    path = make(WORK / "newer.waggle", N_FLOATS, ROWS)
    good("info", path)
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {N_FORMS + 1}")
    db.close()
    content = path.read_bytes()
    refused("info", path, says=["newer Waggle"])
    assert path.read_bytes() == content


def test_a_form_below_the_first_is_refused():
    for form in (-1, -3, -2147483648):
        path = make(WORK / f"below{form}.waggle", N_FLOATS, ROWS)
        with sqlite3.connect(path) as db:
            db.execute(f"PRAGMA user_version = {form}")
        db.close()
        refused("info", path, says=["no Waggle wrote"])


def test_a_form_that_is_not_what_it_says_is_refused_and_kept():
    """A migration that fails takes nothing from the file."""
    for form in range(1, N_FLOATS + 1):
        path = make(WORK / f"odd-{form}.waggle", form, ROWS)
        with sqlite3.connect(path) as db:
            db.execute("DROP TABLE recordings" if form != 1 else "CREATE TABLE presets (name)")
        db.close()
        models, facts = (read(path, f"SELECT * FROM {table}") for table in ("models", "facts"))
        refused("info", path)
        assert read(path, "SELECT * FROM models") == models and read(path, "SELECT * FROM facts") == facts
        assert form <= read(path, "PRAGMA user_version")[0][0] < N_FORMS
        assert read(path, "PRAGMA integrity_check") == [("ok",)]


def test_files_that_were_released_open_with_all_they_hold():
    assert STORED
    for stored in STORED:
        path = WORK / stored.name
        shutil.copy(stored, path)
        before = read(path, "SELECT count(*) FROM recordings WHERE id NOT IN (SELECT recording FROM takes WHERE deleted)")
        expected = stored.with_suffix(".txt").read_text(encoding="utf-8").split()
        assert sorted(pack_lines(path, WORK)) == expected and before == [(len(expected),)], stored
        good("edit", path, "--undo")  # what was edited there can be taken back here
        good("edit", path, "--redo")
        assert sorted(pack_lines(path, WORK)) == expected


if __name__ == "__main__":
    try:
        ROWS = rows_of_a_seed()
        tap.main("/abuse/migrations")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
