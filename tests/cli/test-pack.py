#!/usr/bin/env python3
"""Packs on the command line: handed in, looked at, merged; nothing is replaced and nothing lost."""
import base64
import json
import pathlib
import struct
import sys
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import project_file  # noqa: E402
import tap  # noqa: E402
from program import SEED, folder, good, refused  # noqa: E402

place = None


def project(person, name=None):
    path = place / f"{name or person}.waggle"
    if not path.exists():
        good("new", path)
        source = SEED / f"{person}-v2"
        for name in ("clap2.txt", "wraggle.txt"):
            good("import", path, source / name, "--person", person)
    return path


def listed(path):
    return good("--json", "list", path).json["recordings"]


def test_packs_and_merges_without_loss():
    pack, pool = place / "james.wagglepack", place / "pool.waggle"
    told = good("--json", "pack", project("james"), pack).json
    assert told["takes"] == len(listed(project("james"))) and told["persons"] == ["james"], told
    good("new", pool)
    assert good("--json", "merge", pool, pack).json["added"] == told["takes"]
    again = good("--json", "merge", pool, pack).json
    assert again["added"] == 0 and again["known"] == told["takes"], again
    own, merged = good("--json", "info", project("james")).json, good("--json", "info", pool).json
    for what in ("recordings", "labels", "persons", "devices", "lengths", "rates"):
        assert own[what] == merged[what], what


def test_the_form_is_what_its_page_says():
    pack = place / "form.wagglepack"
    good("pack", project("james"), pack)
    with zipfile.ZipFile(pack) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        lines = [json.loads(line) for line in archive.read("takes.jsonl").decode().splitlines()]
    assert manifest["format"] == "waggle-pack" and manifest["version"] == 1 and manifest["step"] == "recorded"
    assert [line["digest"] for line in lines] == manifest["takes"]
    assert sum(manifest["gestures"].values()) == len(lines)
    for line in lines[:20]:
        values = base64.b64decode(line["original"])
        assert len(values) == 4 * line["samples"] * line["channels"]
        struct.unpack(f"<{line['samples'] * line['channels']}f", values)
        assert not line["file"].startswith("/"), line["file"]


def test_pools_projects_too():
    pool = place / "pool2.waggle"
    good("new", pool)
    told = good("--json", "merge", pool, project("james"), project("conor")).json
    assert [one["file"] for one in told["files"]] == ["james.waggle", "conor.waggle"], told
    assert set(good("--json", "info", pool).json["persons"]) == {"james", "conor"}


def test_who_has_no_name_is_called_as_the_file():
    pool, pack = place / "pool3.waggle", place / "table 7.wagglepack"
    good("new", pool)
    good("pack", project("james"), pack, "--persons", "drop")
    good("merge", pool, pack, "--name-by-file")
    assert list(good("--json", "info", pool).json["persons"]) == ["table 7"]


def test_persons_are_replaced():
    pack = place / "who.wagglepack"
    for how, name in (("replace", "person 1"), ("letters", "A")):
        assert good("--json", "pack", project("james"), pack, "--persons", how, "--replace").json["persons"] == [name]
        assert b"james" not in zipfile.ZipFile(pack).read("takes.jsonl")
    refused("pack", project("james"), place / "x.wagglepack", "--persons", "hide", code=2, says=["keep", "drop"])


def test_the_room_says_who_is_where():
    room = place / "room"
    (room / "stick").mkdir(parents=True)
    good("pack", project("james"), room / "james.wagglepack")
    good("pack", project("conor"), room / "stick" / "conor.wagglepack")
    whole = (room / "james.wagglepack").read_bytes()
    (room / "copy.wagglepack").write_bytes(whole)
    (room / "broken.wagglepack").write_bytes(whole[:-100])
    (room / "notes.txt").write_text("no pack")
    rows = {row["file"]: row for row in good("--json", "room", room).json["rows"]}
    assert set(rows) == {"james.wagglepack", "conor.wagglepack", "copy.wagglepack", "broken.wagglepack"}, list(rows)
    assert rows["broken.wagglepack"]["state"] == "damaged" and "broken.wagglepack" in rows["broken.wagglepack"]["words"]
    assert sorted(row["state"] for row in rows.values()).count("same") == 1, rows
    assert rows["conor.wagglepack"]["persons"] == ["conor"] and rows["conor.wagglepack"]["step"] == "recorded"
    assert "takes to pool" in good("room", room).out


def test_says_how_far_it_came():
    path = project("conor", "further")
    good("train", path, "--epochs", 2)
    pack = place / "further.wagglepack"
    assert good("--json", "pack", path, pack).json["step"] == "trained"
    rows = good("--json", "room", place).json["rows"]
    row = [row for row in rows if row["file"] == "further.wagglepack"][0]
    assert row["step"] == "trained" and 0 <= row["accuracy"] <= 1, row


def test_what_can_be_no_name_is_kept_and_packed_but_not_merged():
    """An older Waggle took any: such a project is read and packed, and the room shows its pack."""
    for name, label in (("endless", "x" * 100000), ("turned", "a\u202eb")):
        older, pack, pool = (place / f"{name}{ending}" for ending in (".waggle", ".wagglepack", ".pool.waggle"))
        good("new", older)
        good("import", older, SEED / "james-v2" / "clap2.txt", "--label", "short")
        project_file.name_as_before(older, "short", label)
        assert list(good("--json", "info", older).json["labels"]) == [label]
        good("pack", older, pack)
        row = [row for row in good("--json", "room", place).json["rows"] if row["file"] == pack.name][0]
        assert row["takes"] > 0 and not row.get("trouble"), row
        good("new", pool)
        refused("merge", pool, pack, says=[pack.name, "take 1", "a name has"])
        good("edit", older, "--rename", f"{label}=short")
        good("pack", older, pack, "--replace")
        assert good("--json", "merge", pool, pack).json["added"] > 0


def test_replaces_nothing_and_says_why():
    pack = place / "kept.wagglepack"
    pack.write_text("something else")
    refused("pack", project("james"), pack, says=["is there already", "--replace"])
    assert pack.read_text() == "something else"
    empty = place / "empty.waggle"
    good("new", empty)
    refused("pack", empty, place / "none.wagglepack", says=["record some first"])
    assert not (place / "none.wagglepack").exists()
    refused("pack", project("james"), place / "no" / "folder.wagglepack", says=["folder.wagglepack"])
    refused("merge", empty, pack, says=["kept.wagglepack"])
    refused("merge", empty, place / "nowhere.wagglepack", says=["nowhere.wagglepack"])
    refused("merge", empty, SEED / "james-v2" / "clap2.txt", says=["clap2.txt is neither a pack", "“import”"])
    refused("merge", empty, SEED, says=["“import”"])
    good("pack", project("james"), pack, "--replace")
    refused("import", empty, pack, says=["kept.wagglepack is a pack", "“merge”"])
    assert good("--json", "merge", empty, pack).json["added"] > 0
    refused("merge", empty, code=2, says=["PACK"])
    refused("room", place / "nowhere", says=["nowhere"])


def main():
    global place
    place = folder()
    return tap.run(sys.modules["__main__"], "/cli/pack")


if __name__ == "__main__":
    sys.exit(main())
