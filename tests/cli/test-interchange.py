#!/usr/bin/env python3
"""Recordings from and for other tools: files as those write them, made by other code than our own."""
import hashlib
import hmac
import json
import pathlib
import struct
import sys
import wave

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import tap  # noqa: E402
from cbor_by_hand import encode  # noqa: E402
from program import SEED, folder, good, refused  # noqa: E402

place = None
number = 0
UNSIGNED = "0" * 64


def fresh():
    global number  # pylint: disable=global-statement
    number += 1
    path = place / f"{number}.waggle"
    good("new", path)
    return path


def imported(source, *options):
    """The recordings that a new project has of it, and what was said."""
    path = fresh()
    told = good("--json", "import", path, source, *options).json
    return good("--json", "list", path).json["recordings"], told


def acquisition(label="left", units="m/s2", interval=80, key=None):
    values = [[0.0, 0.5 * (i % 7), 9.75] for i in range(25)]
    root = {"protected": {"ver": "v1", "alg": "HS256" if key else "none", "iat": 1700000000}, "signature": UNSIGNED,
            "payload": {"device_name": "ab:cd", "device_type": "TESTER", "interval_ms": interval,
                        "sensors": [{"name": f"acc{axis}", "units": units} for axis in "XYZ"], "values": values}}
    return root


def sign(data, key):
    signature = hmac.new(key.encode(), data, hashlib.sha256).hexdigest()
    return data.replace(UNSIGNED.encode(), signature.encode(), 1)


def test_reads_cbor_of_another_encoder():
    for i, options in enumerate(({"floats": ">e"}, {"floats": ">f"}, {"floats": ">d"}, {"endless": True})):
        path = place / f"wave.{i}.cbor"
        path.write_bytes(encode(acquisition(), **options))
        takes, _ = imported(path)
        assert len(takes) == 1 and takes[0]["label"] == "wave" and takes[0]["n_samples"] == 25, takes
        assert abs(takes[0]["rate_hz"] - 12.5) < 1e-9 and takes[0]["device"] == "ab:cd", takes


def test_json_and_cbor_of_the_same_are_the_same_take():
    folder_ = place / "same"
    folder_.mkdir()
    (folder_ / "left.1.json").write_text(json.dumps(acquisition(), indent=2))
    (folder_ / "left.1.cbor").write_bytes(encode(acquisition()))
    takes, told = imported(folder_)
    assert len(takes) == 1 and told["added"] == 1 and told["known"] == 1, told


def test_signatures_of_another_hand():
    root = acquisition(key="secret")
    for name, data in (("s.json", json.dumps(root).encode()), ("s.cbor", encode(root))):
        path = place / name
        path.write_bytes(sign(data, "secret"))
        _, told = imported(path)
        assert any("not checked" in line for line in told["messages"]), told
        assert len(imported(path, "--key", "secret")[0]) == 1
        refused("import", fresh(), path, "--key", "other", says=["signature", name])
        changed = path.read_bytes().replace(b"TESTER", b"tester")
        path.write_bytes(changed)
        refused("import", fresh(), path, "--key", "secret", says=["signature"])


def test_what_we_sign_another_can_check():
    project, out = fresh(), place / "signed"
    good("import", project, SEED / "conor-v2" / "clap2.txt", "--person", "conor")
    for form, unpack in (("edge-impulse-json", lambda data: json.loads(data)["signature"]), ("edge-impulse-cbor", None)):
        good("export-data", project, "--format", form, "--key", "k\u00e4y", out / form if out.mkdir(exist_ok=True) else out / form)
        files = [path for path in (out / form).iterdir() if path.suffix in (".json", ".cbor")]
        assert len(files) > 10
        for path in files[:5]:
            data = path.read_bytes()
            at = data.index(b"signature") + len(b"signature") + (3 if form.endswith("json") else 2)
            signature = data[at:at + 64]
            assert not unpack or unpack(data) == signature.decode()
            blank = data[:at] + UNSIGNED.encode() + data[at + 64:]
            assert hmac.new("k\u00e4y".encode(), blank, hashlib.sha256).hexdigest() == signature.decode()
    refused("export-data", project, "--format", "wav", "--key", "k", place / "no", code=2, says=["wav", "--key"])


def test_labels_of_an_edge_impulse_export():
    root = place / "export"
    (root / "training").mkdir(parents=True)
    files = []
    for i, label in enumerate(("Swipe", "clap")):
        path = f"training/file{i}.json"
        (root / path).write_text(json.dumps(acquisition(interval=10 + i)))
        files.append({"path": path, "category": "testing", "label": {"type": "label", "label": label}, "metadata": {}})
    (root / "info.labels").write_text(json.dumps({"version": 1, "files": files}))
    (root / "structured_labels.labels").write_text(json.dumps({"version": 1, "type": "structured-labels", "structuredLabels": {
        "training/file1.json": [{"startIndex": 0, "endIndex": 9, "label": "idle"}, {"startIndex": 10, "endIndex": 24, "label": "clap"}]}}))
    takes, told = imported(root)
    assert sorted(take["label"] for take in takes) == ["Swipe", "clap"], takes
    assert told["spans"] == {"idle": 1, "clap": 1} and not told["refused"], told
    refused("import", fresh(), root / "info.labels", says=["beside it"])


def test_an_index_is_no_time():
    path = place / "left.index.csv"
    rows = "".join(f"{i},0.1,0.2,9.{i % 10}\n" for i in range(25))
    path.write_text("timestamp,accX,accY,accZ\n" + rows)
    refused("import", fresh(), path, says=["index", "--rate"])
    takes, _ = imported(path, "--rate", "12.5")
    assert takes[0]["rate_hz"] == 12.5 and takes[0]["label"] == "left", takes


def csv(name, header, row, n=25):
    path = place / name
    path.write_text(header + "\n" + "".join(row(i) + "\n" for i in range(n)))
    return path


def test_headers_of_other_tools():
    g = 9.80665
    cases = [
        ("phone.csv", '"Time (s)","Acceleration x (m/s^2)","Acceleration y (m/s^2)","Acceleration z (m/s^2)","Absolute acceleration (m/s^2)"',
         lambda i: f"{i * 0.02:.3f},{0.25 * g},{-0.5 * g},{g},{g}", 50, 1 / g),
        ("german.csv", '"Time (s)";"Acceleration x (m/s^2)";"Acceleration y (m/s^2)";"Acceleration z (m/s^2)"',
         lambda i: f"{i * 0.02:.3f};{0.25 * g};{-0.5 * g};{g}".replace(".", ","), 50, 1 / g),
        ("logger.csv", "seconds_elapsed\taccel_z_mg\taccel_y_mg\taccel_x_mg", lambda i: f"{i * 0.01:.2f}\t1000\t-500\t250", 100, 1e-3),
        ("force.csv", "time [ms],gFx,gFy,gFz", lambda i: f"{i * 40},0.25,-0.5,1", 25, 1),
        ("raw.csv", "ms,x,y,z", lambda i: f"{i * 80},2048,-4096,8192", 12.5, 1 / 8192),
        ("turned.csv", "timestamp,ax_g,ay_g,az_g,gx [rad/s],gy [rad/s],gz [rad/s],label",
         lambda i: f'{i * 10},0.25,-0.5,1,1,2,3,"wave, then ""up"""', 100, 1),
    ]
    for name, header, row, rate, scale in cases:
        project = fresh()
        told = good("--json", "import", project, csv(name, header, row)).json
        take = good("--json", "list", project).json["recordings"][0]
        assert abs(take["rate_hz"] - rate) < 1e-3, (name, take, told)
        out = place / f"out-{name}"
        good("export-data", project, "--format", "arduino-csv", out)
        line = next(out.rglob("*.csv")).read_text().splitlines()[1].split(",")
        values = [float(value) for value in line]
        assert all(abs(a - b) < 1e-3 for a, b in zip(values, (0.25, -0.5, 1))), (name, values, told)
        if name == "turned.csv":
            assert take["label"] == 'wave, then "up"', take
            assert abs(values[3] - 57.29578) < 1e-3 and len(values) == 6, values
        assert scale > 0


def test_axes_are_turned():
    project, out = fresh(), place / "axes"
    path = csv("a.csv", "time (ms),accX (g),accY (g),accZ (g),gyrX,gyrY,gyrZ", lambda i: f"{i * 10},0.25,-0.5,1,10,20,30")
    good("import", project, path, "--axes", "x,-z,y")
    good("import", project, path, "--axes", "-x,y,z", "--label", "mirror")
    good("export-data", project, "--format", "arduino-csv", out)
    assert (out / "a.csv").read_text().splitlines()[1] == "0.25,-1,-0.5,10,-30,20"
    assert (out / "mirror.csv").read_text().splitlines()[1] == "-0.25,-0.5,1,10,-20,-30"
    refused("import", project, path, "--axes", "x,x,y", code=2, says=["x,-z,y", "x,x,y"])


def test_a_look_adds_nothing():
    project, source = fresh(), place / "look"
    source.mkdir()
    (source / "left.1.json").write_text(json.dumps(acquisition()))
    (source / "left.2.json").write_text(json.dumps(acquisition(interval=81)))
    (source / "right.1.json").write_text(json.dumps(acquisition(interval=80, units="g")))
    (source / "set").mkdir()
    for name in ("clap2.txt", "wraggle.txt"):
        (source / "set" / name).write_bytes((SEED / "james-v2" / name).read_bytes())
    told = good("--json", "import", project, source, "--look").json
    rows = {(row["format"], round(row["rate_hz"], 2), round(row["units_per_g"], 2)): row for row in told["groups"]}
    assert set(rows) == {("edge-impulse-json", 12.5, 9.81), ("edge-impulse-json", 12.35, 9.81), ("edge-impulse-json", 12.5, 1.0),
                         ("seed-text", 12.5, 32.0)}, rows.keys()
    seed = rows["seed-text", 12.5, 32.0]
    assert seed["files"] == 2 and seed["place"] == str(source / "set") and seed["takes"] == sum(told["labels"].values()) - 3, seed
    assert told["added"] == 0 and not good("--json", "list", project).json["recordings"]
    told = good("--json", "import", project, source, "--look", "--units-per-g", 16, "--rate", 25).json
    assert {(row["rate_hz"], row["units_per_g"]) for row in told["groups"]} == {(25, 16)}, told["groups"]
    assert "nothing was added" in good("import", project, source, "--look").out


def write_wav(name, width, channels=3, rate=50, n=25, scale=2048):
    path = place / name
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        for _ in range(n):
            steps = [int(value * scale) << (8 * (width - 2)) for value in (0.25, -0.5, 1)] + [16384 << (8 * (width - 2))] * (channels - 3)
            file.writeframes(b"".join(step.to_bytes(width, "little", signed=True) for step in steps))
    return path


def test_wav_of_another_writer():
    for width in (2, 3, 4):
        for channels in (3, 6):
            project, out = fresh(), place / f"wav-{width}-{channels}"
            told = good("--json", "import", project, write_wav(f"spin.{width}.{channels}.wav", width, channels)).json
            assert told["labels"] == {"spin": 1}, told
            assert any("2048 units a g" in line for line in told["messages"]), told
            good("export-data", project, "--format", "arduino-csv", out)
            values = [float(value) for value in next(out.rglob("*.csv")).read_text().splitlines()[1].split(",")]
            assert values == [0.25, -0.5, 1] + [1000.0] * (channels - 3), values
    refused("import", fresh(), write_wav("music.wav", 2, channels=4), says=["4 channels", "3"])
    whole = write_wav("cut.wav", 2).read_bytes()
    (place / "cut.wav").write_bytes(whole[:-31])
    assert imported(place / "cut.wav")[0][0]["n_samples"] == 19
    (place / "bits.wav").write_bytes(whole[:34] + struct.pack("<H", 8) + whole[36:])
    refused("import", fresh(), place / "bits.wav", says=["8 bits"])
    (place / "fast.wav").write_bytes(whole[:24] + struct.pack("<I", 44100) + whole[28:])
    refused("import", fresh(), place / "fast.wav", says=["44100 Hz", "--rate"])
    assert imported(place / "fast.wav", "--rate", "100")[0][0]["rate_hz"] == 100


def test_scale_is_judged_for_each_format_of_a_folder():
    mixed = place / "mixed"
    mixed.mkdir()
    for number in range(3):
        (mixed / f"up.{number}.csv").write_text("ms,x,y,z\n" + "".join(f"{i * 20},0,0,{1 + number / 100}\n" for i in range(20)))
        write_wav(f"mixed/down.{number}.wav", 2, scale=14000 + number)
    takes, told = imported(mixed)
    assert [take["label"] for take in takes] == ["down"] * 3 + ["up"] * 3, takes
    groups = good("--json", "import", fresh(), mixed, "--look").json["groups"]
    assert {group["format"]: group["units_per_g"] for group in groups} == {"wav": 16384, "accelerometer-csv": 1}, groups
    assert any("down.0.wav and 2 more files: rests at" in line for line in told["messages"]), told
    assert any("up.0.csv and 2 more files: rests at 1.01," in line for line in told["messages"]), told


def test_wav_in_which_nothing_rests_has_the_scale_of_those_beside_it():
    some = place / "some-rest"
    some.mkdir()
    write_wav("some-rest/a.wav", 2, scale=14001)
    moving = write_wav("some-rest/b.wav", 2, n=1, scale=14000)
    groups = good("--json", "import", fresh(), some, "--look").json["groups"]
    assert [group["units_per_g"] for group in groups] == [16384], groups
    told = good("--json", "import", fresh(), moving, "--look").json
    assert told["groups"][0]["units_per_g"] == 2048 and "nothing rests in it" in told["messages"][0], told


def test_another_reader_of_our_wav():
    project, out = fresh(), place / "our-wav"
    good("import", project, SEED / "conor-v2" / "clap2.txt")
    good("export-data", project, "--format", "wav", out)
    data = sorted(out.glob("*.wav"))[0].read_bytes()
    assert data[:4] == b"RIFF" and struct.unpack("<I", data[4:8])[0] == len(data) - 8
    form, channels, _, byte_rate, block, bits = struct.unpack("<HHIIHH", data[20:36])
    assert (form, channels, block, bits) == (3, 3, 12, 32) and byte_rate == 12 * struct.unpack("<I", data[24:28])[0]
    at = data.index(b"data")
    n = struct.unpack("<I", data[at + 4:at + 8])[0] // 4
    assert n % 3 == 0 and all(-4 <= value <= 4 for value in struct.unpack(f"<{n}f", data[at + 8:at + 8 + 4 * n]))
    assert b"clap2\0" in data


def test_createai_reads_as_its_editor_writes():
    project, out = fresh(), place / "set.json"
    good("import", project, SEED / "conor-v2" / "clap2.txt", SEED / "conor-v2" / "wraggle.txt")
    told = good("--json", "export-data", project, "--format", "createai", out).json
    assert any("50 Hz" in line for line in told["messages"]) and told["files"] == 1, told
    data = json.loads(out.read_text())
    assert [one["name"] for one in data] and all(set(one) >= {"id", "name", "icon", "recordings"} for one in data)
    for gesture in data:
        for recording in gesture["recordings"]:
            lengths = {len(recording["data"][axis]) for axis in "xyz"}
            assert len(lengths) == 1 and isinstance(recording["createdAt"], int)
    assert sum(len(one["recordings"]) for one in data) == told["takes"]
    refused("export-data", project, "--format", "createai", out, says=["there already"])
    refused("export-data", project, "--format", "createai", place / "set.txt", code=2, says=[".json"])
    refused("export-data", fresh(), "--format", "createai", place / "x.json", says=["record"])
    refused("export-data", project, place / "x.json", code=2, says=["--format"])
    assert not (place / "x.json").exists()


def test_what_is_exported_is_known_again():
    """Formats that keep the values as measured: the same project adds nothing when it reads its own export."""
    project = fresh()
    for person in ("james", "conor"):
        good("import", project, SEED / f"{person}-v2", "--person", person)
    for form in ("seed-text", "edge-impulse-json", "edge-impulse-cbor", "edge-impulse-csv", "wav"):
        out = place / f"known-{form}"
        good("export-data", project, "--format", form, out)
        told = good("--json", "import", project, out).json
        assert told["added"] == 0 and told["known"] == 1299 and not told["refused"], (form, told["added"], told["refused"][:3])
    assert not [path for path in place.iterdir() if path.name.startswith(".")]


def main():
    global place  # pylint: disable=global-statement
    place = folder()
    return tap.run(sys.modules["__main__"], "/cli/interchange")


if __name__ == "__main__":
    sys.exit(main())
