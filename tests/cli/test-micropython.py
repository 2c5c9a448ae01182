#!/usr/bin/env python3
"""Exports models for MicroPython and runs them there: in MicroPython itself, as WebAssembly."""
import json
import math
import shutil
import struct
import subprocess

import program
import tap
from program import BUILD, SEED, SOURCE, SPLIT, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"
GOLDEN = SOURCE / "tests/data/golden"
LIMIT = 20000
STATE = {}


class Python:
    """MicroPython with a folder as its file system."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            ["node", str(SOURCE / "tests/micropython/run.mjs"), str(BUILD / "tests/micropython/micropython.mjs"),
             str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def run(self, text):
        """What it prints."""
        self.process.stdin.write(json.dumps(text) + "\n")
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line.startswith("\x04"):
                assert line == "\x04\n", line
                return "".join(lines)
            lines.append(line)
        raise AssertionError("MicroPython has ended: " + "".join(lines))

    def infer(self, windows):
        """The outputs, and milliseconds an inference."""
        answers, ms = [], 0
        self.run("import json, time, waggle_model as m")
        for window in windows:
            said = self.run(f"w = {window}\nt = time.ticks_us()\no = m.infer(w)\nt = time.ticks_diff(time.ticks_us(), t)\n"
                            "print(json.dumps([o, t]))")
            answer, us = json.loads(said)
            answers.append(answer)
            ms += us / 1000
        return answers, ms / len(windows)


def read_part(part):
    """The takes of the seed's split as they were measured, and their labels."""
    takes = []
    for entry in json.loads(SPLIT.read_text())[part]:
        line = (SEED / entry["file"]).read_text().splitlines()[entry["line"] - 1]
        takes.append(([int(cell) for cell in line.split(",")[1:] if cell.strip()], entry["label"]))
    return takes


def predict(model, windows):
    """What this machine's int8 network answers."""
    path = WORK / "windows.json"
    path.write_text(json.dumps({"windows": [(window + [0] * 150)[:150] for window in windows]}))
    return good("--json", "predict", model, path).json["outputs"]


def make_model(preset, *words):
    good("train", PROJECT, "--preset", preset, "--epochs", "6", "--split", SPLIT, *words)
    good("quantize", PROJECT)


def check_test_part(name):
    """Of a fresh export: the whole test split, in MicroPython and in this Python, as the int8 network."""
    folder = WORK / name
    size = next(file["bytes"] for file in good("--json", "export", PROJECT, "--to", "micropython", folder).json["files"]
                if file["path"] == "waggle_model.py")
    assert size == (folder / "waggle_model.py").stat().st_size < LIMIT, size
    good("export", PROJECT, "--to", "tflite", WORK / f"{name}.tflite")
    windows = [take for take, _ in read_part("test")]
    wanted = predict(WORK / f"{name}.tflite", windows)
    with Python(folder) as python:
        answers, ms = python.infer(windows)
    n_equal = sum(answer == want for answer, want in zip(answers, wanted))
    print(f"# {name}: {size} bytes, {n_equal} of {len(windows)} equal, {ms:.1f} ms an inference in wasm")
    assert n_equal == len(windows) == 241, n_equal
    here = {}
    exec((folder / "waggle_model.py").read_text(), here)  # pylint: disable=exec-used
    assert [here["infer"](window) for window in windows] == wanted
    return folder


def test_waggle_answers_the_whole_test_part_as_the_int8_network_does():
    program.seed_project(PROJECT)
    make_model("waggle")
    STATE["waggle"] = check_test_part("waggle")


def test_classic_answers_the_whole_test_part_as_the_int8_network_does():
    make_model("classic")
    check_test_part("classic")


def read_outputs(entry, texts, answers):
    """As int8; of floats those that some int8 tensor of the model makes of the answers, exactly."""
    if entry["output"]["type"] == "int8":
        return [[(byte ^ 128) - 128 for byte in bytes.fromhex(text)] for text in texts]
    floats = [struct.unpack(f"<{len(text) // 8}f", bytes.fromhex(text)) for text in texts]
    for tensor in good("--json", "inspect", GOLDEN / "ops" / entry["model"]).json["tensors"]:
        scale, zero = tensor["scale"], tensor["zero_point"]
        made = [struct.unpack(f"<{len(answer)}f", struct.pack(f"<{len(answer)}f", *[scale * (v - zero) for v in answer]))
                for answer in answers]
        if tensor["type"] == "int8" and made == floats:
            return answers
    return None


def test_every_operation_answers_as_the_firmware_does():
    """The golden models within its operations; of the others the refusal names what it has not."""
    folder = WORK / "golden"
    n_models = n_windows = 0
    refusals = {}
    entries = json.loads((GOLDEN / "ops/golden.json").read_text())
    for entry in entries:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        done = subprocess.run([str(BUILD / "tests/micropython/export-file"), str(GOLDEN / "ops" / entry["model"]),
                               str(folder)], stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            refusals[entry["model"]] = done.stderr.strip()
            continue
        here = {}
        exec((folder / "waggle_model.py").read_text(), here)  # pylint: disable=exec-used
        pairs = [(list(map(int, window)), output) for window, output in zip(entry["windows"], entry["output_hex"])
                 if all(value == int(value) and -128 <= value < 128 for value in window)]
        windows = [window for window, _ in pairs]
        answers = [here["infer"](window) for window in windows]
        wanted = read_outputs(entry, [output for _, output in pairs], answers)
        assert answers == wanted, (entry["model"], entry["note"])
        n_models += 1
        n_windows += len(wanted)
        if n_models % 6 == 0:  # here each, there some: the arithmetic is the same text
            with Python(folder) as python:
                assert python.infer(windows[:3])[0] == wanted[:3], entry["model"]
    print(f"# {n_models} of {len(entries)} models, {n_windows} windows equal; refused:")
    for name, why in refusals.items():
        print(f"#   {name}: {why}")
        assert "MicroPython" in why and len(why.splitlines()) == 1, why
    assert n_models == len(entries) == 85, n_models


def test_window_cuts_gestures_as_the_watch_does():
    stream = json.loads((GOLDEN / "detector-stream.json").read_text())["samples"]
    path = WORK / "stream.json"
    path.write_text(json.dumps({"samples": stream}))
    wanted = good("--json", "detect", path).json["gestures"]
    with Python(STATE["waggle"]) as python:
        python.run("from waggle_model import Window\nw = Window()\nn = 0\nfound = []")
        for start in range(0, len(stream), 100):
            python.run(f"for s in {stream[start:start + 100]}:\n    n += 1\n    g = w.feed(*[v / 8192 for v in s])\n"
                       "    if g:\n        found.append([n, list(g)])")
        found = json.loads(python.run("import json\nprint(json.dumps(found))"))
    print(f"# {len(found)} gestures")
    assert found == wanted and len(found) == 61, (len(found), len(wanted))


def test_debounce_answers_by_the_same_rule():
    """Labels (a digit each, '.': none) each step; the cases of tests/dataset/test-debounce.c."""
    cases = [(9, 450, 20, "111111111", "--------1"), (1, 450, 20, "2", "2"), (9, 450, 60, "111111111111", "------------"),
             (8, 450, 60, "11111111", "-------1"), (2, 450, 450, "11", "--"), (2, 450, 449, "11", "-1"),
             (9, 450, 20, "222211111", "--------1"), (4, 450, 20, "2112", "---2"),
             (5, 450, 20, "1..1..2..1..2", "------------1"), (3, 100, 20, "1111111111111111", "--1-------------"),
             (3, 100, 20, "111...1111111", "--1----------"), (3, 100, 20, "111....111", "--1------1"),
             (3, 100, 20, "11122222.....222", "--1------------2")]
    with Python(STATE["waggle"]) as python:
        for n, span, step, labels, wanted in cases:
            said = python.run(f"from waggle_model import Debounce\nd = Debounce({n}, {span})\n"
                              f"print(''.join([d.feed(i * {step}, None if c == '.' else c) or '-' "
                              f"for i, c in enumerate('{labels}')]))").strip()
            assert said == wanted, (n, span, step, labels, said)


def test_sliding_window_hands_over_the_last_samples():
    """Of a model with windows of its own: 30 samples of five channels at 25 Hz, each 7."""
    project = WORK / "own.waggle"
    program.seed_project(project)
    good("train", project, "--preset", "waggle", "--epochs", "1", "--rate", "25", "--window", "30", "--step", "7",
         "--channels", "x,z,magnitude", "--range", "4", "--split", SPLIT)
    good("quantize", project)
    good("export", project, "--to", "micropython", WORK / "own")
    samples = [[0.01 * i, -0.02 * i, 1 - 0.03 * i] for i in range(60)]
    with Python(WORK / "own") as python:
        found = json.loads(python.run(
            f"import json\nfrom waggle_model import Window, DEBOUNCE\nw = Window()\nfound = []\nfor i, s in enumerate({samples}):\n"
            "    g = w.feed(*s)\n    if g:\n        found.append([i, list(g)])\nprint(json.dumps(found))"))
        assert python.run("print(DEBOUNCE)") == "(2, 450)\n"
    assert [i for i, _ in found] == [29, 36, 43, 50, 57], found
    for i, values in found:
        wanted = [v * 32 for x, y, z in samples[i - 29:i + 1] for v in (x, z, (x * x + y * y + z * z) ** 0.5)]
        assert len(values) == len(wanted) and all(abs(a - b) <= 0.51 for a, b in zip(values, wanted)), i


def test_threshold_and_the_label_that_means_nothing_are_held_to():
    good("export", PROJECT, "--to", "micropython", WORK / "strict", "--threshold", "0.3", "--other", "random")
    takes = [take for take, _ in read_part("test")][:60]
    with Python(WORK / "strict") as python:
        assert python.run("from waggle_model import *\nprint(THRESHOLDS, OTHER)") == f"{(0.3,) * 6} random\n"
        told = [eval(python.run(f"print((recognise({take}), infer({take})))"))  # pylint: disable=eval-used
                for take in takes]
    labels = ["clap2", "random", "swipeleft", "swiperight", "upup", "waggle"]
    for (label, probability), outputs in told:
        best = outputs.index(max(outputs))
        assert probability == (outputs[best] + 128) / 256, (probability, outputs)
        assert label == (None if probability < 0.3 or labels[best] == "random" else labels[best]), (label, outputs)
    assert 0 < sum(label is None for (label, _), _ in told) < len(told)


def find_sure_take():
    """One that the detector cuts between rests as it was cut, and that the network names."""
    here = {}
    exec((STATE["waggle"] / "waggle_model.py").read_text(), here)  # pylint: disable=exec-used
    for take, _ in read_part("test"):
        window = here["Window"]()
        values = take[:3] * 12 + take + take[-3:] * 12
        fed = [window.feed(*[round(v * 8197 / 64) / 8197 for v in values[i:i + 3]]) for i in range(0, len(values), 3)]
        found = [list(gesture) for gesture in fed if gesture]
        if len(found) == 1 and here["recognise"](found[0])[0]:
            return take, here["recognise"](found[0])
    raise AssertionError("there is none")


def test_example_reads_a_sensor_and_tells_the_gesture():
    """An LSM6DSOX on the I2C bus plays a take of the test split."""
    take, (label, probability) = find_sure_take()
    with Python(STATE["waggle"]) as python:
        python.run((SOURCE / "tests/micropython/player.py").read_text().replace("TAKE", json.dumps(take)))
        said = python.run("try:\n    import main\nexcept EOFError:\n    pass")
    print("#", said.strip())
    assert said == f"{label} {round(probability, 2)}\n", (label, said)


class Single(float):
    """A number whose sums, products, quotients and roots are rounded to 32 bits, as boards have them."""

    def __new__(cls, value):
        return super().__new__(cls, struct.unpack("<f", struct.pack("<f", value))[0])


for name in ("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "pow"):
    def operate(self, other, method=getattr(float, f"__{name}__")):
        return Single(method(self, float(Single(other))))
    setattr(Single, f"__{name}__", operate)


class Whole(int):
    """A whole number whose quotients are of 32 bits."""

    def __truediv__(self, other):
        return Single(Single(self) / Single(other))

    def __abs__(self):
        return Whole(int.__abs__(self))


for name in ("add", "radd", "sub", "rsub", "mul", "rmul", "pow"):
    def operate(self, other, method=getattr(int, f"__{name}__")):
        return Whole(method(self, other))
    setattr(Whole, f"__{name}__", operate)


def check_trees(kind, n_trees):
    folder = WORK / kind
    done = good("--json", "export", PROJECT, "--to", f"micropython-{kind}", folder).json
    size = done["files"][0]["bytes"]
    assert size == (folder / "waggle_model.py").stat().st_size < LIMIT and done["trees"] == n_trees, done
    again = WORK / f"{kind}-again"
    again.mkdir()
    said = subprocess.run([str(BUILD / "tests/micropython/forest-answers"), str(PROJECT), str(n_trees), str(again)],
                          stdout=subprocess.PIPE, check=True).stdout
    wanted = json.loads(said)
    assert read_data(folder) == read_data(again)  # the forest is the same
    with Python(folder) as python:
        answers, ms = python.infer(wanted["windows"])
    n_equal = sum([Single(v) for v in answer] == [Single(v) for v in want]
                  for answer, want in zip(answers, wanted["answers"]))
    n_right = sum(answer.index(max(answer)) == label for answer, label in zip(answers, wanted["labels"]))
    print(f"# {kind}: {size} bytes, {n_equal} of {len(answers)} equal, {ms:.2f} ms an inference in wasm, "
          f"{n_right} right; in five folds {done['cross_validated_accuracy']:.3f}, validation {done['validation_accuracy']:.3f}")
    assert n_equal == len(answers) == 241, n_equal
    assert n_right > 0.8 * len(answers), n_right
    here = {}
    exec((folder / "waggle_model.py").read_text(), here)  # pylint: disable=exec-used
    exact = [list(here["features"](window)) for window in wanted["windows"]]
    here["sqrt"] = lambda value: Single(math.sqrt(value))
    short = [list(here["features"]([Whole(value) for value in window])) for window in wanted["windows"]]
    assert exact == short  # so a board with floats of 32 bits answers the same


def read_data(folder):
    text = (folder / "waggle_model.py").read_text()
    return text[text.index('b"""'):text.rindex('"""')], text[text.index("_asked"):]


def test_tree_answers_the_whole_test_part_as_the_desktop_does():
    check_trees("tree", 1)


def test_forest_answers_the_whole_test_part_as_the_desktop_does():
    check_trees("forest", 10)


def test_forest_that_does_not_fit_is_refused_with_both_numbers():
    refused("export", PROJECT, "--to", "micropython-forest", WORK / "many", "--trees", "40", "--depth", "20",
            says=["bytes", "20000"])
    assert not (WORK / "many").exists()


def test_too_large_a_network_is_refused_with_both_numbers():
    make_model("dense", "--rate", "50", "--window", "200")
    refused("export", PROJECT, "--to", "micropython", WORK / "large", says=[" bytes", "20000"])
    assert not (WORK / "large").exists()


if __name__ == "__main__":
    try:
        tap.main("/cli/micropython")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
