#!/usr/bin/env python3
"""What a watch carries, the way back to the model before, and room that is not there."""
import shutil

import program
import tap
from program import SOURCE, cli, good, refused

WORK = program.folder()
MODEL = SOURCE / "tests" / "data" / "golden" / "seed-v11-int8.tflite"
NAMES = "upup,left,right,wave,shake,caf\u00e9"
WEIGHT = 440  # of the dense layer, in that file


def other_model(pattern=0x40):
    """The same network with another weight: other answers."""
    path = WORK / "other.tflite"
    data = bytearray(MODEL.read_bytes())
    data[WEIGHT] ^= pattern
    path.write_bytes(data)
    return path


def deploy(path, address, *words):
    return good("--json", "deploy", path, "--names", NAMES, "--watch", address, *words).json


def carries(address):
    return good("--json", "carries", "--watch", address).json


def stored(folder, name):
    return (folder / name).read_bytes()


def test_says_what_it_carries_and_goes_back():
    for mode in ("app", "builtin"):
        folder = WORK / f"watch-{mode}"
        address = f"virtual:{folder}"
        refused("restore", "--watch", address, says=["no model of Waggle's yet"])
        assert carries(address)["now"] is None
        first = deploy(MODEL, address, "--mode", mode)
        refused("restore", "--watch", address, says=["no model from before"])
        second = deploy(other_model(), address, "--mode", mode)
        assert first["crc32"] != second["crc32"]
        has = carries(address)
        assert has["now"]["crc32"] == second["crc32"] and has["former"]["crc32"] == first["crc32"]
        assert has["now"]["project"] == "other.tflite" and has["now"]["gestures"] == NAMES.split(",")
        assert has["now"]["verified"] and has["now"]["in_use"] and has["now"]["mode"] == mode
        back = good("--json", "restore", "--watch", address).json
        assert back["now"]["crc32"] == first["crc32"] and back["now"]["in_use"], back
        assert back["former"]["crc32"] == second["crc32"]
        test = deploy(MODEL, address, "--mode", mode, "--test-only")["self_test"]
        assert test["equal"] == test["n"] == 20
        if mode == "builtin":
            assert stored(folder, "%2Etfmodel") == MODEL.read_bytes()
            assert stored(folder, "%2Etfnames") == NAMES.encode("latin-1")
        again = good("--json", "restore", "--watch", address).json
        assert again["now"]["crc32"] == second["crc32"]
        text = good("carries", "--watch", address).out
        assert text.startswith("in use: other.tflite, deployed 20") and "before: seed-v11" in text, text


def test_a_model_that_was_found_on_the_watch_comes_back():
    folder = WORK / "watch-found"
    address = f"virtual:{folder}"
    found, names = other_model().read_bytes(), b"a,b,\xff\n"
    folder.mkdir()
    (folder / "%2Etfmodel").write_bytes(found)
    (folder / "%2Etfnames").write_bytes(names)
    done = cli("deploy", MODEL, "--names", NAMES, "--watch", address, "--mode", "builtin", "--kind", "bangle2")
    assert done.code == 0, done.err
    assert done.err.count("the firmware's own recogniser leaves") == 1, done.err
    assert stored(folder, "%2Etfmodel") == MODEL.read_bytes()
    has = carries(address)
    assert has["former"]["found"] and has["former"]["verified"] and not has["now"]["found"], has
    text = good("restore", "--watch", address).out
    assert text.startswith("in use again: found on the watch, kept 20"), text
    assert stored(folder, "%2Etfmodel") == found and stored(folder, "%2Etfnames") == names
    # beside the app
    deploy(MODEL, address)
    deploy(MODEL, address, "--mode", "builtin")
    assert carries(address)["former"]["keeps_found"]
    text = good("restore", "--watch", address).out
    assert "(app)" in text and "beside it the model that was found" in text, text
    assert stored(folder, "%2Etfmodel") == found and stored(folder, "%2Etfnames") == names


def test_a_changed_weight_fails_the_test_and_is_said():
    folder = WORK / "watch-weight"
    address = f"virtual:{folder}"
    deploy(MODEL, address)
    path = folder / "waggle.mm00"
    data = bytearray(path.read_bytes())
    data[WEIGHT] ^= 0x40
    path.write_bytes(data)
    assert not carries(address)["now"]["verified"]
    result = cli("deploy", MODEL, "--names", NAMES, "--watch", address, "--test-only")
    assert result.code == 1 and "of 20 stored takes" in result.err, result.err
    again = deploy(MODEL, address)
    assert again["verified"] and again["self_test"]["equal"] == 20


def test_same_model_again_keeps_the_one_before():
    address = f"virtual:{WORK / 'watch-again'}"
    first = deploy(MODEL, address)
    for _ in range(2):
        deploy(other_model(), address)
    assert carries(address)["former"]["crc32"] == first["crc32"]


def test_a_record_spoilt_by_a_power_cut_is_replaced_by_the_newest():
    folder = WORK / "watch-power"
    address = f"virtual:{folder}"
    deploy(MODEL, address)
    second = deploy(other_model(), address)
    text = stored(folder, "waggle.json")
    (folder / "waggle.json").write_bytes(text[:100] + b"\xff" * (len(text) - 100))
    assert carries(address)["now"]["crc32"] == second["crc32"]
    test = deploy(other_model(), address, "--test-only")["self_test"]
    assert test["equal"] == 20, test
    (folder / "waggle.json").unlink()
    assert carries(address)["now"]["crc32"] == second["crc32"]


def test_no_room_is_said_with_both_numbers_and_changes_nothing():
    folder = WORK / "watch-full"
    deploy(MODEL, f"virtual:{folder}?storage-bytes=12000")
    before = {path.name: path.read_bytes() for path in folder.glob("waggle*")}
    full = f"virtual:{folder}?storage-bytes=12000"
    result = cli("deploy", other_model(), "--names", NAMES, "--watch", full)
    assert result.code == 1 and "bytes of the storage of" in result.err and "are free" in result.err, result.err
    assert before == {path.name: path.read_bytes() for path in folder.glob("waggle*")}
    assert carries(full)["now"]["verified"]


def test_tidies_up_where_only_erased_files_are_in_the_way():
    address = f"virtual:{WORK / 'watch-trash'}?storage-bytes=23000"
    trash = []
    for pattern in range(1, 9):
        done = deploy(other_model(pattern), address)
        assert done["verified"] and done["self_test"]["equal"] == 20
        trash.append(carries(address)["storage"]["trash"])
    assert any(after < before for before, after in zip(trash, trash[1:])), trash
    assert carries(address)["former"]["verified"]


if __name__ == "__main__":
    try:
        tap.main("/cli/deploy")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
