#!/usr/bin/env python3
"""A model of the project that is damaged, or does not belong there, is refused by what is wrong with it; takes are kept."""
import json
import shutil
import sqlite3

import program
import tap
from program import good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"
COPY = WORK / "copy.waggle"
WATCH = f"virtual:{WORK / 'watch'}"


def change(sql, *values):
    """A fresh copy, changed by another program, which leaves no digests of models."""
    shutil.copy(PROJECT, COPY)
    with sqlite3.connect(COPY) as db:
        db.execute(sql, values)
        db.execute("UPDATE models SET digest = NULL")
    db.close()
    return COPY


def meta(kind):
    with sqlite3.connect(PROJECT) as db:
        (text,) = db.execute("SELECT meta FROM models WHERE kind = ? ORDER BY id DESC LIMIT 1", (kind,)).fetchone()
    db.close()
    return json.loads(text)


def change_meta(kind, **members):
    """None: without that member."""
    changed = {name: value for name, value in {**meta(kind), **members}.items() if value is not None}
    return change("UPDATE models SET meta = ? WHERE kind = ?", json.dumps(changed), kind)


def test_description_that_is_none():
    for text in ("", "[]", "{", "null"):
        refused("evaluate", change("UPDATE models SET meta = ?", text), "--on", "validation", says=["the model's description"])


def test_model_without_gestures():
    for kind in ("float", "int8"):
        for labels in (None, []):
            refused("evaluate", change_meta(kind, labels=labels), "--on", "validation", "--model", kind,
                    says=[f"the {kind} model names no gestures", "train it again"])


def test_model_of_another_length_than_it_says():
    window = {**meta("float")["window"], "length": 40}
    for kind in ("float", "int8"):
        refused("evaluate", change_meta(kind, window=window), "--on", "validation", "--model", kind,
                says=[f"the {kind} model takes 150 values, its description says 120"])


def test_windows_that_cannot_be():
    for name, value in (("length", 0), ("length", -3), ("length", 1e12), ("rate_hz", 0), ("range_g", -1), ("step", 0),
                        ("channels", "x,warmth"), ("channels", ""), ("event", "later"), ("shift", 9999)):
        window = {**meta("float")["window"], name: value}
        refused("evaluate", change_meta("float", window=window), "--on", "validation", "--model", "float",
                says=["the float model's description"])


def test_members_of_another_kind_end_in_a_sentence_at_most():
    for name in meta("float")["window"]:
        for value in (5, "x", ["x"], {}, True):
            window = {**meta("float")["window"], name: value}
            result = program.cli("evaluate", change_meta("float", window=window), "--on", "validation", "--model", "float")
            assert result.code in (0, 1) and len(result.err.splitlines()) == result.code, (name, value, result.err)
    for name in ("window", "split", "labels", "training", "settings"):
        for value in (5, "x", ["x"], {}):
            result = program.cli("evaluate", change_meta("float", **{name: value}), "--on", "validation", "--model", "float")
            assert result.code in (0, 1, 2) and len(result.err.splitlines()) <= 1, (name, value, result.err)


def test_bytes_that_are_no_model():
    for kind in ("float", "int8"):
        for share in (0, 0.5, 0.95):
            project = change("UPDATE models SET data = substr(data, 1, CAST(length(data) * ? AS INTEGER)) WHERE kind = ?",
                             share, kind)
            result = program.cli("evaluate", project, "--on", "validation", "--model", kind)
            assert result.code == 1 and len(result.err.splitlines()) == 1, (kind, share, result.err)


def test_int8_model_of_another_trained_one():
    project = change("UPDATE models SET parent = 4711 WHERE kind = 'int8'")
    for words in (("evaluate", project, "--on", "validation", "--model", "int8"), ("deploy", project, "--watch", WATCH)):
        refused(*words, says=["of another than the trained one", "quantize again"])


def test_split_whose_takes_are_gone():
    ids = meta("float")["split"]["validation"]
    marks = ",".join("?" * len(ids))
    refused("evaluate", change(f"UPDATE takes SET deleted = 1 WHERE recording IN ({marks})", *ids), "--on", "validation",
            says=["are gone", "train again"])
    for part, says in (("validation", ["learned from every take"]), ("train", ["the train part", "no recordings"])):
        split = {**meta("float")["split"], part: []}
        refused("evaluate", change_meta("float", split=split), "--on", part, "--model", "float", says=says)


def test_what_was_damaged_can_be_trained_anew():
    project = change("UPDATE models SET meta = 'x', data = x'00'")
    before = good("--json", "info", PROJECT).json["recordings"]
    good("train", project, "--labels", "upup,clap2", "--epochs", 1, "--preset", "classic")
    good("quantize", project)
    assert good("--json", "evaluate", project, "--on", "validation").json["n"] > 0
    assert good("--json", "info", project).json["recordings"] == before


def test_takes_are_pooled_without_a_damaged_model():
    n = good("--json", "info", PROJECT).json["recordings"]
    shutil.copy(PROJECT, COPY)
    with sqlite3.connect(COPY) as db:
        db.execute("UPDATE models SET data = x'00'")
    db.close()
    pool, pack = WORK / "pool.waggle", WORK / "p.wagglepack"
    good("new", pool)
    assert good("--json", "merge", pool, COPY).json["added"] == n
    assert good("--json", "pack", COPY, pack).json["step"] == "trained"
    refused("pack", COPY, pack, "--replace", "--with-model", says=["damaged", "train again"])


def main():
    program.trained(PROJECT, "conor-v2", words=("--labels", "upup,clap2", "--epochs", 2, "--preset", "classic"))
    tap.main("/cli/damaged-models")


if __name__ == "__main__":
    main()
