#!/usr/bin/env python3
"""Exports on the command line: what each form holds, where it is written, and what is refused."""
import subprocess
import zipfile

import program
import project_file
import tap
from program import SPLIT, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"


def make_project():
    if not PROJECT.exists():
        program.seed_project(PROJECT)
        good("train", PROJECT, "--split", SPLIT, "--seed", "1", "--epochs", "4")
        good("quantize", PROJECT)
    return PROJECT


def export(form, out, *options):
    result = good("--json", "export", make_project(), "--to", form, out, *options).json
    assert result["to"] == form and result["file"] == str(out), result
    return result


def test_a_tflite_alone_is_the_model():
    done = export("tflite", WORK / "m.tflite")
    assert [entry["path"] for entry in done["files"]] == ["model.tflite"]
    assert (WORK / "m.tflite").read_bytes()[4:8] == b"TFL3"


def test_tflite_is_an_array_as_well():
    folder = WORK / "tflite"
    export("tflite", folder)
    content = (WORK / "m.tflite").read_bytes()
    assert (folder / "model.tflite").read_bytes() == content
    (folder / "main.cc").write_text('#include "model_data.h"\n#include <cstdio>\nint main() {\n'
                                    "    std::fwrite(model_data, 1, model_data_length, stdout);\n"
                                    "    return model_names[0][0] == 'c' && model_thresholds[0] == 0 ? 0 : 1;\n}\n")
    subprocess.run(["g++", "-std=c++11", "-Wall", "-Wextra", "-Werror", "main.cc", "model_data.cc", "-o", "main"],
                   cwd=folder, check=True)
    assert subprocess.run([folder / "main"], stdout=subprocess.PIPE, check=True).stdout == content
    example = (folder / "example.cc").read_text()
    inspected = good("--json", "inspect", WORK / "m.tflite").json
    named = {"CONV_2D": "AddConv2D", "MAX_POOL_2D": "AddMaxPool2D", "FULLY_CONNECTED": "AddFullyConnected",
             "SOFTMAX": "AddSoftmax"}
    assert set(inspected["ops"]) == set(named)
    for call in named.values():
        assert example.count(call + "();") == 1, call
    assert f"needs an arena of {inspected['arena_bytes']} bytes" in (folder / "README.md").read_text()


def test_a_zip_holds_one_folder_and_is_the_same_again():
    first, second = WORK / "one" / "gestures.zip", WORK / "two" / "gestures.zip"
    for path in (first, second):
        path.parent.mkdir()
        export("c", path)
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(second) as two:
        names = one.namelist()
        assert names == two.namelist() and {name.split("/")[0] for name in names} == {"gestures"}, names
        same = [name for name in names if not name.endswith("README.md")]  # which says when
        assert all(one.read(name) == two.read(name) for name in same)
        assert "gestures/waggle_model.c" in names


def test_every_form_has_a_readme_and_is_free_to_use():
    said = good("export", "--help").out
    for form in ("tflite", "c", "arduino", "watch-app"):
        folder = WORK / f"form-{form}"
        export(form, folder)
        assert f"\n  {form} " in said, (form, said)
        assert "0BSD" in (folder / "README.md").read_text() and "0BSD" in (folder / "LICENSE").read_text()


def test_people_read_which_files_there_are():
    folder = WORK / "listed"
    said = good("export", make_project(), "--to", "c", folder).out
    for path in folder.iterdir():
        assert path.name in said, (path, said)


def test_a_threshold_reaches_every_form():
    for form, path, text in (("c", "waggle_model.c", "{52, 52, 52, 52, 52, 52}"),
                             ("arduino", "src/waggle_model.c", "{52, 52, 52, 52, 52, 52}"),
                             ("tflite", "model_data.cc", "{52, 52, 52, 52, 52, 52}")):
        folder = WORK / f"threshold-{form}"
        export(form, folder, "--threshold", "0.7")  # of 256: 179.2, so 180 and more
        assert text in (folder / path).read_text(), form
        assert "| 0.7\n" in (folder / "README.md").read_text()


def test_what_means_nothing_is_no_answer():
    folder = WORK / "other"
    export("c", folder, "--other", "random")
    assert "#define WAGGLE_OTHER (1)" in (folder / "waggle_model.h").read_text()
    assert "| random | means nothing" in (folder / "README.md").read_text()
    refused("export", PROJECT, "--to", "c", WORK / "no", "--other", "nonsense", code=2, says=["nonsense", "clap2"])
    assert not (WORK / "no").exists()


def test_nothing_is_replaced_unasked():
    make_project()
    mine, link, gone = WORK / "mine.py", WORK / "link.py", WORK / "gone.py"
    mine.write_text("mine")
    link.symlink_to(mine)
    gone.symlink_to(WORK / "nowhere")
    project, packed = WORK / "copy.tflite", WORK / "mine.zip"
    project.write_bytes(PROJECT.read_bytes())
    packed.write_text("mine")
    for form, path in (("micropython", mine), ("micropython", link), ("micropython-tree", gone), ("tflite", project), ("c", packed)):
        before = path.read_bytes() if path.exists() else None
        refused("export", PROJECT, "--to", form, path, says=[f"{path} is there already", "--replace"])
        assert before == (path.read_bytes() if path.exists() else None)
    assert link.is_symlink() and gone.is_symlink()
    export("tflite", project, "--replace")
    assert project.read_bytes()[4:8] == b"TFL3"
    export("c", packed, "--replace")
    assert zipfile.is_zipfile(packed)
    export("micropython", link, "--replace")
    assert mine.read_text() == "mine" and not link.is_symlink()


def test_a_file_is_no_folder_and_a_folder_no_file():
    make_project()
    plain, packed = WORK / "plain", WORK / "d.zip"
    plain.write_text("mine")
    packed.mkdir()
    refused("export", PROJECT, "--to", "c", "", code=2, says=["OUT is empty"])
    for options in ((), ("--replace",)):
        refused("export", PROJECT, "--to", "c", plain, *options, says=["plain is a file: name a folder or a .zip"])
        refused("export", PROJECT, "--to", "c", packed, *options, says=["d.zip is a folder"])
        refused("export", PROJECT, "--to", "c", WORK / "m.c", *options, code=2, says=["m.c has the ending of a file"])
    assert plain.read_text() == "mine" and packed.is_dir() and not (WORK / "m.c").exists()


def test_what_is_for_trees_is_refused_elsewhere():
    make_project()
    for form, option, says in (("c", "--trees", "micropython-forest"), ("micropython-tree", "--trees", "micropython-forest"),
                               ("c", "--depth", "micropython-tree"), ("tflite", "--seed", "micropython-tree")):
        refused("export", PROJECT, "--to", form, WORK / "no", option, "3", code=2, says=[option, says])


def make_small_project(*split):
    path = WORK / f"small{len(split)}.waggle"
    if not path.exists():
        good("new", path)
        for label in ("clap2", "random"):
            good("import", path, program.SEED / "conor-v2" / f"{label}.txt")
        good("train", path, "--preset", "classic", "--epochs", "2", *split)
        good("quantize", path)
    return path


def read_module(path):
    here = {}
    exec(path.read_text(), here)  # pylint: disable=exec-used
    return here


def test_trees_know_what_means_nothing():
    project = make_small_project()
    for form in ("micropython-tree", "micropython-forest"):
        path = WORK / f"{form}.py"
        good("export", project, "--to", form, path, "--other", "random", "--threshold", "0.7")
        here = read_module(path)
        assert here["OTHER"] == "random" and set(here["THRESHOLDS"]) == {0.7}, here["THRESHOLDS"]
        refused("export", project, "--to", form, WORK / "no.py", "--other", "nosuch", code=2, says=["nosuch", "clap2"])
    good("tune-threshold", project, "--other", "random")
    good("export", project, "--to", "micropython-tree", WORK / "tuned.py")
    here = read_module(WORK / "tuned.py")
    assert here["OTHER"] == "random" and set(here["THRESHOLDS"]) == {0.5}, here["THRESHOLDS"]  # those tuned are the network's


def test_trees_beside_no_validation_takes_say_so():
    project = make_small_project("--validation", "0")
    words = ("export", project, "--to", "micropython-tree", WORK / "none.py", "--replace")
    done = good("--json", *words).json
    assert done["n_validation"] == 0 and done["validation_accuracy"] is None, done
    assert done["network_validation_accuracy"] is None and done["cross_validated_accuracy"] > 0.5, done
    said = good(*words).out
    assert "there are no validation takes" in said and "0.0 %" not in said, said
    done = good("--json", "export", make_small_project(), "--to", "micropython-tree", WORK / "some.py").json
    assert done["n_validation"] > 0 and done["validation_accuracy"] > 0.5, done


def test_a_name_of_any_letters_breaks_no_file():
    label, project = 'up\n*x\\"`@DATA@`', WORK / "wild.waggle"
    good("new", project)
    takes = (program.SEED / "conor-v2" / "clap2.txt").read_text().splitlines(keepends=True)
    (WORK / "few.txt").write_text("".join(takes[:12]))
    good("import", project, WORK / "few.txt", "--label", "wild")
    project_file.name_as_before(project, "wild", label)
    good("import", project, program.SEED / "conor-v2" / "random.txt")
    said = good("train", project, "--preset", "classic", "--epochs", "60").out
    assert f"Record more takes: {label.replace(chr(10), '?')} has" in said, said
    good("quantize", project)
    for form in ("micropython", "micropython-tree"):
        folder = WORK / f"wild-{form}"
        good("export", project, "--to", form, folder, "--other", label)
        here = read_module(folder / "waggle_model.py")
        assert here["LABELS"] == ("random", label) and here["OTHER"] == label, here["LABELS"]
        assert (folder / "README.md").read_text().count('up \\*x\\\\"\\`\\@DATA\\@\\`') == 2, folder


def test_what_cannot_be_is_refused_and_leaves_nothing():
    make_project()
    refused("export", PROJECT, "--to", "nonsense", WORK / "no", code=2, says=["nonsense", "tflite", "arduino"])
    full = WORK / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    refused("export", PROJECT, "--to", "c", full, says=["full", "files in it"])
    assert [path.name for path in full.iterdir()] == ["mine.txt"]
    empty = WORK / "empty.waggle"
    good("new", empty)
    refused("export", empty, "--to", "c", WORK / "no", says=["no int8 model"])
    assert not (WORK / "no").exists()


tap.main("/cli/export")
