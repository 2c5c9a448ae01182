#!/usr/bin/env python3
"""A contributor who follows docs/ to the letter: in a copy of the tree, a toy format, layer, preset, exporter and link out of the
pages' own code, one new file and one word each, are built, tested, listed and used."""
import atexit
import functools
import pathlib
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
import pages  # noqa: E402
import program  # noqa: E402
import tap  # noqa: E402
from program import SEED, folder  # noqa: E402
from tree import Tree, run  # noqa: E402

CLI, WATCH = "src/cli/waggle-cli", "src/virtual-watch/waggle-watch"
ADDED = {"formats": ["dataset_formats"], "layers": ["train_ops", "train_presets", "train_ops", "quant_drafts"],
         "exporters": ["quant_exporters"], "adding-a-link": ["device_links"]}
WORK = folder()


@functools.lru_cache
def followed():
    """(the copy, its toys), all added."""
    tree = Tree(WORK / "waggle")
    toys = [toy for page in pages.PAGES for toy in pages.read_toys(tree.root, page)]
    for toy in toys:
        pages.add(tree.root, toy)
    return tree, toys


@functools.lru_cache
def told_tests():
    """Those of the window are for who has an hour: it is not built here."""
    tree, _ = followed()
    names = sorted({name for page in pages.PAGES for name in pages.read_tests(tree.root, page)})
    return [name for name in names if not name.startswith("ui/")]


@functools.lru_cache
def tried():
    """(the copy, what went wrong with building it)."""
    tree, _ = followed()
    begun = time.monotonic()
    try:
        tree.configure()
        said = tree.make([CLI, WATCH, *tree.test_programs(told_tests())])
    except AssertionError as trouble:
        return tree, trouble
    print(f"# {said.splitlines()[-1]}: {time.monotonic() - begun:.1f} s", flush=True)
    return tree, None


def built():
    tree, trouble = tried()
    assert not trouble, trouble
    return tree


def toy(name):
    """The first of that list."""
    return next(one for one in followed()[1] if one.list == name)


def good(*words):
    return program.good(*words, program=built().build / CLI)


def refused(*words, **options):
    return program.refused(*words, program=built().build / CLI, **options)


@functools.lru_cache
def project():
    """With a model for the watch."""
    path = WORK / "p.waggle"
    good("new", path)
    good("import", path, SEED / "conor-v2", "--person", "conor")
    good("train", path, "--epochs", "2")
    good("quantize", path)
    return path


def test_each_page_asks_for_one_new_file_and_one_word_a_toy():
    tree, toys = followed()
    assert {page: [one.list for one in pages.read_toys(tree.root, page)] for page in pages.PAGES} == ADDED
    changes = tree.changes()
    for one in toys:
        assert changes.pop(one.file) == (None, one.code), one.file
    for path, (before, after) in changes.items():
        words = [one.word for one in toys if one.build == path]
        for word in words:
            assert after.count(f", '{word}'") == 1 and f"'{word}'" not in before, (path, word)
            after = after.replace(f", '{word}'", "")
        assert words and before == after, path


def test_the_tree_is_built_with_nothing_else_changed():
    changes = set(followed()[0].changes())
    assert run(built().build / CLI, "--help")
    assert set(built().changes()) == changes and len(changes) == 7 + 4, changes


def test_what_is_added_is_new():
    """Else nothing below would show anything."""
    said = [program.good(*words, "--help").out for words in ((), ("import",), ("export-data",), ("train",), ("export",))]
    for one in followed()[1]:
        assert not any(re.search(rf"^  {one.word}\b", out, re.M) for out in said), one.word


def test_the_tests_that_the_pages_name_cover_it():
    said = built().test(told_tests())
    assert set(said) == set(told_tests()) >= {"dataset/formats", "train/op", "cli/export", "device/finder"}, said.keys()
    for claim in ("comes-back", "says-what-it-cannot-hold", "is-found-by-content"):
        assert f"/dataset/formats/{toy('dataset_formats').word}/{claim}\n" in said["dataset/formats"], said["dataset/formats"]
    for one in followed()[1]:
        point = f"gradients-of-{one.word}-equal-finite-differences"
        assert one.list != "train_ops" or f"/{point}" in said["train/op"], said["train/op"]
    assert f"gradients-of-{toy('train_ops').word}-equal-finite-differences" in pages.read(built().root, "layers")


def test_the_code_is_in_the_style_of_the_tree():
    tree, toys = followed()
    run("clang-format", "--dry-run", "--Werror", *(tree.root / one.file for one in toys))
    run(sys.executable, tree.root / "tests" / "check-includes.py")


def test_the_help_lists_each():
    for words, name in ((("import",), "dataset_formats"), (("export-data",), "dataset_formats"), (("train",), "train_presets"),
                        (("export",), "quant_exporters"), ((), "device_links")):
        said = good(*words, "--help").out
        assert re.search(rf"^  {toy(name).word}\b", said, re.M), (words, said)


def test_the_format_is_read_and_written():
    word = toy("dataset_formats").word
    text = "".join([f"{word} 25 two words\n", *(f"{i * 0.125} {-i * 0.25} 1\n" for i in range(30))]).replace(".0 ", " ")
    (WORK / "taken").write_text(text)  # the name says nothing: it is found by content
    path, out = WORK / "format.waggle", WORK / "format"
    good("new", path)
    good("import", path, WORK / "taken", "--person", "conor")
    take, = good("--json", "list", path).json["recordings"]
    assert (take["label"], take["rate_hz"], take["n_samples"], take["person"]) == ("two words", 25, 30, "conor"), take
    good("export-data", path, "--format", word, out)
    written, = (file for file in out.rglob("*") if file.is_file())
    assert written.read_text() == text
    again = good("--json", "import", path, out).json
    assert (again["added"], again["known"]) == (0, 1), again
    (WORK / "broken").write_text(f"{word} 25 wave\n0 0 1\n0 0.5\n")
    refused("import", path, WORK / "broken", says=["broken:3: this is not “x y z”"])


def test_the_layer_learns():
    path = WORK / "layer.waggle"
    preset, results = toy("train_presets").word, {}
    good("new", path)
    good("import", path, SEED / "conor-v2", "--person", "conor")
    for epochs in (1, 8):
        results[epochs] = good("--json", "train", path, "--preset", preset, "--epochs", epochs).json
        assert results[epochs]["preset"] == preset, results
    assert results[8]["train_loss"] < 0.7 * results[1]["train_loss"] and results[8]["train_accuracy"] > 0.7, results
    assert good("--json", "evaluate", path, "--model", "float").json["accuracy"] > 0.5
    said = f"layer 2 is “{toy('train_ops').word}”, which has no int8 form on the watch there"
    assert said in " ".join(pages.read(built().root, "layers").split())
    refused("quantize", path, says=[said])


def test_a_layer_with_a_draft_reaches_the_watch():
    path, word = WORK / "draft.waggle", toy("quant_drafts").word
    good("new", path)
    good("import", path, SEED / "conor-v2", "--person", "conor")
    with sqlite3.connect(path) as db:  # the network of the preset that the page shows, with the other layer
        db.execute("INSERT INTO presets (name, text) VALUES ('drafted', ?)",
                   (f"c12k5s1b relu {word}:pool=2 max fcb / epochs=40 batch=32 rate=0.003",))
    db.close()
    for options in (("--method", "qat"), ("--method", "ptq")):
        good("train", path, "--preset", "drafted")
        good("quantize", path, *options)
        accuracy = {model: good("--json", "evaluate", path, "--model", model).json["accuracy"] for model in ("float", "int8")}
        assert accuracy["float"] > 0.7 and abs(accuracy["float"] - accuracy["int8"]) < 0.05, accuracy
    rows = good("--json", "layers", path).rows[:-1]
    assert [row["op"] for row in rows] == ["input", "CONV_2D", "MAX_POOL_2D", "MAX_POOL_2D", "FULLY_CONNECTED", "SOFTMAX"], rows
    assert rows[1]["shape"] == [50, 12] and rows[2]["shape"] == [25, 12], rows
    assert all(row["mean_steps"] < 1 for row in rows[:4]), [row["mean_steps"] for row in rows]  # each beside its own layer
    told = good("--json", "deploy", path, "--watch", f"virtual:{WORK / 'drafted'}").json
    assert told["self_test"]["n"] == told["self_test"]["equal"] > 0, told
    for form in ("c", "micropython"):
        good("export", path, "--to", form, WORK / f"drafted-{form}")


def test_the_exporter_writes_a_folder_an_archive_and_a_file():
    word, out = toy("quant_exporters").word, WORK / "exported"
    for place in (out, WORK / "exported.zip", WORK / "exported.txt"):
        good("export", project(), "--to", word, "--threshold", "0.8", place)
    text = (out / "gestures.txt").read_text()
    labels = {take["label"] for take in good("--json", "list", project()).json["recordings"]}
    assert text == "".join(f"{label}\t0.800\n" for label in sorted(labels)) and labels, (text, labels)
    assert (WORK / "exported.txt").read_text() == text
    with zipfile.ZipFile(WORK / "exported.zip") as archive:
        assert archive.read("exported/gestures.txt").decode() == text


def test_the_link_leads_to_a_watch():
    """The virtual watch at the other end of the socket, which passes nothing on in between."""
    path = folder() / "watch"
    with socket.socket(socket.AF_UNIX) as waiting:
        waiting.bind(str(path))
        waiting.listen()
        for words, check in ((("identify",), lambda told: told["address"] == f"unix:{path}"),
                             (("deploy", project()), lambda told: told["self_test"]["n"] == told["self_test"]["equal"] > 0)):
            process = subprocess.Popen([sys.executable, "-c", "import socket, subprocess, sys; s = socket.socket(fileno=0).accept()[0]; "
                                        "sys.exit(subprocess.run(sys.argv[1:], stdin=s, stdout=s).returncode)",
                                        built().build / WATCH, WORK / "storage"], stdin=waiting)
            told = good("--json", *words, "--watch", f"unix:{path}").json
            assert check(told), told
            assert process.wait(timeout=60) == 0
    refused("identify", "--watch", f"unix:{path}", says=["cannot be opened: Connection refused"])
    refused("identify", "--watch", "unix:", code=2, says=["write unix:PATH"])


if __name__ == "__main__":
    atexit.register(shutil.rmtree, WORK)
    tap.main("/contributor/toys")
