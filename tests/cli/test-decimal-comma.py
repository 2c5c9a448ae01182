#!/usr/bin/env python3
"""Every job does the same where the locale has a decimal comma: the same models, files, programs and figures. The jobs
run as the window runs them, with the locale's numbers in sentences, and again as the command line does."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import comma  # noqa: E402
import program  # noqa: E402
import tap  # noqa: E402

LOCALIZED = program.BUILD / "tests/cli/waggle-cli-localized"
FORMS = ("tflite", "c", "arduino", "micropython", "micropython-tree", "micropython-forest")
# what is of the clock, or of the machine's speed
PASSING = {"seconds", "created", "date", "made", "time_s", "inference_ms", "ms", "transfer_s", "bytes_per_s", "replay_seconds", "memory_free_bytes",
           "memory_free"}
folder = program.folder()
german = {**comma.environment(folder), "WAGGLE_WATCH": str(program.BUILD / "src/virtual-watch/waggle-watch")}
sides = {"point": {}, "comma": {"program": LOCALIZED, "env": german}}


def both(*words):
    """What both answer, as read from JSON; {} in a word is the side's own folder."""
    told = []
    for side, options in sides.items():
        (folder / side).mkdir(exist_ok=True)
        mine = [str(word).replace("{}", str(folder / side)) for word in words]
        told.append(program.good("--json", *mine, **options).out.replace(str(folder / side), "{}"))
    return [[json.loads(line) for line in text.splitlines()] for text in told]


def plain(node):
    """Without what passes, and with a point where a sentence has a comma between digits."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items() if key not in PASSING}
    if isinstance(node, list):
        return [plain(value) for value in node]
    if isinstance(node, str) and " " in node:
        return re.sub(r"(\d),(\d)", r"\1.\2", node)
    return node


def same(*words):
    point, german_one = both(*words)
    assert plain(point) == plain(german_one), (words, point, german_one)
    return german_one


def tree(side, name):
    """Every file below, with dates taken out; without install.js, in which they are packed."""
    top = folder / side / name
    files = [top] if top.is_file() else [path for path in sorted(top.rglob("*")) if path.is_file() and path.name != "install.js"]
    return {str(path.relative_to(folder / side)): re.sub(rb"\d{4}-\d\d-\d\d(T[\d:.]+Z?)?", b"DATE", path.read_bytes()) for path in files}


def equal_files(name):
    point, german_one = tree("point", name), tree("comma", name)
    assert point and point.keys() == german_one.keys(), (point.keys(), german_one.keys())
    for path, content in point.items():
        assert content == german_one[path], path


def test_the_locale_has_a_comma():
    same("new", "{}/p.waggle")
    same("import", "{}/p.waggle", program.SEED / "conor-v2", "--person", "conor")
    done = program.good("check", folder / "comma/p.waggle", **sides["comma"])
    assert re.search(r"\d,\d", done.out) and not re.search(r"\d,\d", program.good("check", folder / "point/p.waggle").out)


def test_the_command_line_itself_keeps_to_points():
    done = program.good("check", folder / "comma/p.waggle", env=german)
    assert done.out == program.good("check", folder / "point/p.waggle").out


def test_reads_files_of_numbers():
    rows = ["time,accX,accY,accZ,label"]
    rows += [f"{80 * i},{0.25 * (i % 4):.2f},-{0.5:.1f},{1.0 - 0.125 * (i % 3):.3f},{'circle' if i < 40 else 'rest'}" for i in range(100)]
    (folder / "numbers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    same("import", "{}/p.waggle", folder / "numbers.csv", "--label", "circle")
    same("list", "{}/p.waggle")
    same("check", "{}/p.waggle")


def test_trains_the_same_network():
    same("train", "{}/p.waggle", "--epochs", "6", "--rate", "12.5", "--augment", "0.5")
    same("quantize", "{}/p.waggle")
    same("evaluate", "{}/p.waggle")
    same("runs", "{}/p.waggle")
    same("robustness", "{}/p.waggle")
    same("perturb", "{}/p.waggle", "--noise", "12.5", "--speed", "1.5")
    same("stream", "{}/p.waggle", "split:validation", "--window", "2000,160", "--save", "{}/s.json")
    equal_files("s.json")


def test_keeps_settings():
    same("figures", "{}/p.waggle", "--battery-mah", "175.5", "--hours-per-day", "7.25", "--keep")
    assert same("figures", "{}/p.waggle")
    same("set-threshold", "{}/p.waggle", "--to", "0.75")


def test_exports_the_same_files():
    for form in FORMS:
        same("export", "{}/p.waggle", "--to", form, f"{{}}/{form}")
        equal_files(form)
    both("export", "{}/p.waggle", "--to", "watch-app", "{}/watch-app")
    equal_files("watch-app")


def test_a_window_of_another_rate_is_said_in_its_model_the_same():
    same("train", "{}/p.waggle", "--epochs", "2", "--rate", "12.5", "--window", "1.6s")
    same("quantize", "{}/p.waggle")
    same("export", "{}/p.waggle", "--to", "tflite", "{}/other")
    equal_files("other")
    assert b"12.5 Hz" in b"".join(tree("comma", "other").values())


def test_deploys_the_same_programs():
    same("train", "{}/p.waggle", "--epochs", "6")
    same("quantize", "{}/p.waggle")
    same("deploy", "{}/p.waggle", "--watch", "virtual:{}/watch?speed=8", "--threshold", "0.75", "--debounce", "2,450.5")
    equal_files("watch")
    point, german_one = both("ready", "{}/p.waggle", "--watch", "virtual:{}/watch?speed=8")
    for side in (point, german_one):  # how much of its memory is free just then
        side[0]["checks"] = [check for check in side[0]["checks"] if check["name"] != "memory"]
    assert plain(point) == plain(german_one), (point, german_one)
    same("adjust", "{}/p.waggle", "--watch", "virtual:{}/watch?speed=8", "--threshold", "0.85")
    equal_files("watch")


if __name__ == "__main__":
    tap.main("/cli/decimal-comma")
