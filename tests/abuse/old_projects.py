"""Project files as each form of the past wrote them: its migrations, then rows as its program wrote them."""
import base64
import json
import pathlib
import re
import sqlite3
import struct
import zipfile

from program import SOURCE, good

DATASET = SOURCE / "src" / "dataset"
APPLICATION_ID = 0x5761676c
N_FLOATS = 5  # forms that kept samples as floats: what came after, the program itself makes
PRESET_TEXT = (SOURCE / "tests/fuzz/preset-dense.txt").read_text(encoding="utf-8")
MODELS = [(1, None, "float", "classic", b"\x01\x02float" * 300), (2, 1, "int8", "classic", b"\x03int8" * 500),
          (3, None, "float", "mine", b"\x04again" * 100)]
FACTS = {"split": json.dumps({"train": [1, 2], "validation": [3], "test": [4]}), "thresholds": '{"a":0.5}',
         "name with ünicode": "value “with” quotes'"}
SPANS = [(5, 2, 3, "ämne"), (5, 6, 2, "b")]
GAPS = [(5, 1, 4), (5, 7, 1)]
STREAM = [struct.pack("<6f", *range(i, i + 6)) for i in (0, 60)]  # blocks of a recording that a kill ended


def migrations():
    text = (DATASET / "meson.build").read_text(encoding="utf-8")
    names = re.search(r"dataset_migrations = \[(.*?)\]", text, re.S).group(1)
    return [DATASET / "migrations" / f"{name}.sql" for name in re.findall(r"'([^']+)'", names)]


def pack_lines(project, folder):
    """What a pack says of each take, by its digest: all of it but what depends on the file."""
    out = pathlib.Path(folder) / "state.wagglepack"
    out.unlink(missing_ok=True)
    good("pack", project, out)
    with zipfile.ZipFile(out) as pack:
        rows = [json.loads(line) for line in pack.read("takes.jsonl").splitlines()]
    out.unlink()
    return {row["digest"]: row for row in rows}


def insert_takes(db, rows, form):
    for number, row in enumerate(rows, 1):
        original = base64.b64decode(row["original"])
        values = struct.unpack(f"<{len(original) // 4}f", original)
        samples = struct.pack(f"<{len(values)}f", *(value / row["units_per_g"] for value in values))
        db.execute(
            "INSERT INTO recordings (id, digest, label, person, device, file, line, rate_hz, n_samples, n_channels, "
            "units_per_g, n_clipped, samples, original, disabled, deleted) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, row["digest"], row["label"], "Zoë" if number % 3 else None, row["device"], row["file"], row["line"],
             row["rate_hz"], row["samples"], row["channels"], row["units_per_g"], row["clipped"], samples, original,
             number % 7 == 0, number % 11 == 0))
    if form >= 5:
        db.execute("UPDATE takes SET wrist = 'left' WHERE recording = 2")
        db.execute("UPDATE takes SET label = 'anew', person = 'Bo' WHERE recording = 3")
        db.execute("UPDATE takes SET trim_first = 1, trim_n = 5 WHERE recording = 4")


def make(path, form, rows):
    """A project of that form (1 is the first) with those takes, and one of each thing that it knew."""
    if form <= N_FLOATS:
        return make_of_floats(path, form, rows)
    assert form == 6, "how one of a later form is made, its migration tells"
    make_of_floats(path, N_FLOATS, rows)
    good("info", path)
    path.with_suffix(f".form{N_FLOATS}.waggle").unlink()
    with sqlite3.connect(path) as db:
        db.execute("ALTER TABLE models DROP COLUMN digest")
        db.execute("PRAGMA user_version = 6")
    db.close()
    return path


def make_of_floats(path, form, rows):
    files = migrations()
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    for number, file in enumerate(files[:form], 1):
        db.executescript(f"BEGIN; {file.read_text(encoding='utf-8')}; PRAGMA application_id = {APPLICATION_ID}; "
                         f"PRAGMA user_version = {number}; COMMIT")
    insert_takes(db, rows, form)
    for number, parent, kind, preset, data in MODELS:
        db.execute("INSERT INTO models (id, parent, kind, preset, created, meta, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
                   (number, parent, kind, preset, "2026-01-02T03:04:05Z", '{"labels":["a","b"],"n":%d}' % number, data))
    db.executemany("INSERT INTO facts (name, value) VALUES (?, ?)", FACTS.items())
    if form >= 2:
        db.execute("INSERT INTO presets (name, text, note) VALUES ('mine', ?, 'a note')", (PRESET_TEXT,))
    if form >= 3:
        db.executemany("INSERT INTO spans (recording, first, n_samples, label) VALUES (?, ?, ?, ?)", SPANS)
    if form >= 4:
        db.executemany("INSERT INTO gaps (recording, first, n_missing) VALUES (?, ?, ?)", GAPS)
        db.execute("UPDATE recordings SET held_back = 'clipping' WHERE id = 6")
        db.execute("INSERT INTO recordings (id, digest, label, rate_hz, n_samples, n_channels, units_per_g, samples, "
                   "original) VALUES (1000, 'growing', 'stream', 12.5, 0, 3, 64, x'', x'')")
        db.executemany("INSERT INTO blocks (recording, first, original, added) VALUES (1000, ?, ?, 1700000000)",
                       [(0, STREAM[0]), (2, STREAM[1])])
    db.commit()
    db.close()
    return path


def wanted(rows, form):
    """What a pack of it must say, by digest, once a program of today has opened it."""
    found = {}
    for number, row in enumerate(rows, 1):
        if number % 11 == 0:
            continue
        row = dict(row, person="Zoë" if number % 3 else None, disabled=number % 7 == 0)
        if number == 5 and form >= 3:
            row["spans"] = [[first, n, label] for _, first, n, label in SPANS]
        if number == 5 and form >= 4:
            row["gaps"] = [[first, n] for _, first, n in GAPS]
        if number == 6 and form >= 4:
            row["held_back"] = "clipping"
        if form >= 5:
            row["wrist"] = "left" if number == 2 else row["wrist"]
            if number == 3:
                row.update(label="anew", person="Bo")
            if number == 4:
                row["trim"] = [1, 5]
        found[row["digest"]] = row
    return found
