#!/usr/bin/env python3
"""Models that others made: every one that the firmware answered is answered alike, and what it cannot run is refused."""
import json
import math
import os
import random
import shutil
import struct

import program
import tap
from program import SOURCE, cli, good, refused

WORK = program.folder()
GOLDEN = SOURCE / "tests" / "data" / "golden"
INT8 = GOLDEN / "seed-v11-int8.tflite"
FLOAT = GOLDEN / "seed-v11-float.tflite"
OPS = ["QUANTIZE", "CONV_2D", "CONV_2D", "MAX_POOL_2D", "FULLY_CONNECTED", "DEQUANTIZE"]


def read_entries():
    """What the firmware answered, model by model; WAGGLE_EVERY_MODEL=1: all 85 (tests/quant has them all too)."""
    entries = json.loads((GOLDEN / "ops" / "golden.json").read_text())
    assert len(entries) == 85
    if os.environ.get("WAGGLE_EVERY_MODEL"):
        return entries
    first = {entry["kind"]: entry for entry in reversed(entries)}
    return list({entry["model"]: entry for entry in [*first.values(), *entries[-14::7]]}.values())


def test_every_operation_answers_as_the_firmware_and_needs_its_arena():
    for entry in read_entries():
        windows = WORK / "windows.json"
        windows.write_text(json.dumps(entry))
        model = GOLDEN / "ops" / entry["model"]
        answered = good("--json", "predict", model, windows).json
        assert answered["output_hex"] == [text.lower() for text in entry["output_hex"]], entry["model"]
        found = good("--json", "inspect", model, "--for", "bangle2").json
        assert found["arena_bytes"] == entry["arena_bytes_min_watch_layout"], (entry["model"], found)
        assert found["ops"] == entry["ops"], (entry["model"], found["ops"])


def test_what_is_no_number_is_named_with_its_place():
    windows, int8 = WORK / "windows.json", GOLDEN / "ops" / "mix03.tflite"
    for model, of_type in ((int8, "int8"), (INT8, "float32")):
        tensor = good("--json", "inspect", model).json["input"]
        assert tensor["type"] == of_type, tensor
        fine = [0] * math.prod(tensor["shape"])
        for value in (None, "abc", True, {}, []) + ((1.5, 128, -129) if model is int8 else ()):
            windows.write_text(json.dumps({"windows": [fine, [*fine[:7], value, *fine[8:]]]}))
            kind = "is no int8" if model is int8 and value in (1.5, 128, -129) else "is no number"
            refused("predict", model, windows, says=["window 1, value 7", f"{json.dumps(value)} {kind}"])


def test_the_firmwares_depthwise_faults_are_named_where_they_show():
    entries = json.loads((GOLDEN / "ops" / "golden.json").read_text())
    entries = [entry for entry in entries if "DEPTHWISE_CONV_2D" in entry["ops"]]
    assert sum("depthwise_quirk" in entry for entry in entries) == 7
    if not os.environ.get("WAGGLE_EVERY_MODEL"):
        entries = entries[:8]
    words = {"act": "activation of a depthwise conv", "pad": "pads a dilated depthwise conv"}
    for entry in entries:
        found = good("--json", "inspect", GOLDEN / "ops" / entry["model"], "--for", "bangle2").json
        for quirk, text in words.items():
            is_named = any(text in reason for reason in found["reasons"])
            assert is_named == (quirk in entry.get("depthwise_quirk", [])), (entry["model"], found["reasons"])


def test_the_published_model_fits_and_its_float_form_does_not():
    found = good("--json", "inspect", INT8, "--for", "bangle2").json
    assert found["bytes"] == 3616 and found["fits"] and found["reasons"] == [], found
    assert found["ops"] == OPS and found["arena_bytes"] == 1924
    int8 = [tensor for tensor in found["tensors"] if tensor["type"] == "int8"]
    assert all(tensor["scales"] > 0 and tensor["scale"] > 0 for tensor in int8)
    assert sorted(tensor["scales"] for tensor in int8 if tensor["constant"]) == [1, 6, 14]
    text = good("inspect", INT8, "--for", "bangle2").out
    assert "int8 14 x 5 x 1 x 3, constant, a scale each of 14 channels" in text, text
    assert "(q + 128)" in text and text.endswith("bangle2 can run it\n"), text
    other = good("--json", "inspect", FLOAT, "--for", "bangle2").json
    assert not other["fits"] and "4504" in other["reasons"][0], other


def spoil(name, change):
    """The published model with one thing wrong."""
    path = WORK / f"{name}.tflite"
    data = bytearray(INT8.read_bytes())
    path.write_bytes(change(data) or data)
    return path


def field(data, table, number):
    vtable = table - struct.unpack_from("<i", data, table)[0]
    return table + struct.unpack_from("<H", data, vtable + 4 + 2 * number)[0]


def follow(data, at):
    return at + struct.unpack_from("<I", data, at)[0]


def set_version(data):
    struct.pack_into("<I", data, field(data, follow(data, 0), 0), 4)


def set_subgraphs(data):
    struct.pack_into("<I", data, follow(data, field(data, follow(data, 0), 2)), 2)


def test_what_crashes_the_watch_is_refused_by_every_command():
    draw = random.Random(1)
    windows = GOLDEN / "inference-seed-v11-int8.json"
    for name, change, says in [
        ("version", set_version, "schema version 4"),
        ("subgraphs", set_subgraphs, "2 subgraphs"),
        ("short", lambda data: data[:2000], "damaged"),
        ("noise", lambda data: bytes(draw.randrange(256) for _ in data), "no .tflite file"),
        ("empty", lambda data: b"", ""),
    ]:
        path = spoil(name, change) if name != "empty" else WORK / "empty.tflite"
        path.touch()
        watch = WORK / f"watch-{name}"
        for words in (["inspect", path, "--for", "bangle2"], ["predict", path, windows],
                      ["deploy", path, "--names", "a,b,c,d,e,f", "--watch", f"virtual:{watch}"]):
            result = refused(*words, says=[says])
            assert path.name in result.err, result.err
        assert not list(watch.glob("*")), list(watch.glob("*"))


def test_a_model_cut_anywhere_is_refused():
    whole = INT8.read_bytes()
    for size in range(0, len(whole), 361):
        path = WORK / "cut.tflite"
        path.write_bytes(whole[:size])
        result = cli("inspect", path)
        assert result.code == 1 and len(result.err.strip().splitlines()) == 1, (size, result.err)


if __name__ == "__main__":
    try:
        tap.main("/cli/models")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
