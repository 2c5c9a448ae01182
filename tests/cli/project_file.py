"""What a project file holds, as Python reads it: src/dataset/packed-samples.h, samples-rule.h and migrations/."""
import pathlib
import sqlite3
import struct

MIGRATIONS = pathlib.Path(__file__).resolve().parents[2] / "src/dataset/migrations"
FORMS = {1: ("b", 1 / 64), 2: ("h", 1 / 64), 3: ("b", 1), 4: ("h", 1), 5: ("f", 1)}
OWN, SCALED = 0, 1  # rules


def floats(blob):
    """The values of a column of samples."""
    code, step = FORMS[blob[0]]
    return [value * step for value in struct.unpack(f"<{(len(blob) - 1) // struct.calcsize(code)}{code}", blob[1:])]


def single(value):
    return struct.unpack("<f", struct.pack("<f", value))[0]


def samples(rule, original, own, n_channels, units_per_g):
    """In g, of the values that were stored."""
    if rule == OWN:
        return own
    scaled = [value / units_per_g if i % n_channels < 3 else value for i, value in enumerate(original)]
    if rule != SCALED:
        scaled = [max(-128, min(127, round(value * 64))) / 64 if i % n_channels < 3 else value
                  for i, value in enumerate(scaled)]
    return [single(value) for value in scaled]


def name_as_before(path, label, to):
    """Gives takes a label that an older Waggle took, and that today can be no name."""
    db = sqlite3.connect(path)
    with db:
        db.execute("UPDATE takes SET label = ? WHERE label = ?", (to, label))
    db.close()


def make_older(path, form):
    """A project of that older form (up to 5) with the recordings of this one in its place."""
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT id, digest, label, person, device, file, line, rate_hz, n_samples, n_channels, units_per_g, "
                          "n_clipped, disabled, deleted, rule, original, samples FROM recordings JOIN takes ON recording = id "
                          "ORDER BY id").fetchall()
    db.close()
    path.unlink()
    with sqlite3.connect(path) as db:
        for migration in sorted(MIGRATIONS.glob("*.sql"))[:form]:
            db.executescript(migration.read_text(encoding="ascii"))
        for *facts, rule, original, own in rows:
            facts[1] = facts[1].hex()
            values = floats(original)
            both = [struct.pack(f"<{len(values)}f", *one)
                    for one in (samples(rule, values, own and floats(own), facts[9], facts[10]), values)]
            db.execute("INSERT INTO recordings (id, digest, label, person, device, file, line, rate_hz, n_samples, n_channels, "
                       "units_per_g, n_clipped, disabled, deleted, samples, original) VALUES (" + ", ".join("?" * 16) + ")",
                       [*facts, *both])
        db.execute("PRAGMA application_id = 0x5761676c")
        db.execute(f"PRAGMA user_version = {form}")
    db.close()
