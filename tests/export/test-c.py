#!/usr/bin/env python3
"""The C export on this machine: every preset equals the int8 network on the whole test part."""
import exports
import program
import tap
from exports import HERE, N_TEST, PRESETS, STRICT, export, facts, run, train

WORK = program.folder()
PROJECT = exports.seed_project(WORK / "p.waggle")
EPOCHS = 6  # what the network has learned plays no part here
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]


def compile_and_run(compiler, folder, *options, sources=("waggle_model.c",)):
    program_path = folder / "program"
    run(compiler, *STRICT, *options, "-I", folder, "-o", program_path, *[folder / name for name in sources], "-lm")
    return program_path


def check(preset):
    folder = WORK / preset
    train(PROJECT, preset, EPOCHS)
    export(PROJECT, "c", folder)
    exports.dump_takes(PROJECT, folder)
    for compiler, options in (("gcc", ["-O2", "-Wconversion"]), ("clang", ["-O2"]), ("gcc", ["-O1", *SANITIZERS])):
        told = facts(run(compile_and_run(compiler, folder, *options, HERE / "host.c")))
        assert told["takes"] == told["equal"] == told["answers"] == N_TEST, (preset, compiler, told)


def test_preset_waggle_is_equal_on_the_whole_test_part():
    check("waggle")


def test_preset_classic_is_equal_on_the_whole_test_part():
    check("classic")


def test_preset_dense_is_equal_on_the_whole_test_part():
    check("dense")


def test_preset_conv1d_is_equal_on_the_whole_test_part():
    check("conv1d")


def test_all_presets_are_checked():
    said = program.refused("train", PROJECT, "--preset", "nonsense", code=2).err
    assert all(name in said for name in PRESETS), said


def test_example_proves_itself():
    folder = WORK / "waggle"
    example = compile_and_run("cc", folder, "-O1", sources=("main.c", "waggle_model.c", "waggle_window.c",
                                                            "waggle_debounce.c"))
    assert run(example).splitlines()[-1] == "20 of 20"


def test_a_damaged_weight_is_noticed_by_the_example():
    folder = WORK / "waggle"
    path = folder / "waggle_model.c"
    good_text = path.read_text()
    at = good_text.index("biases_0[] = {\n    ") + len("biases_0[] = {\n    ")
    path.write_text(good_text[:at] + "99999 + " + good_text[at:])
    said = run(compile_and_run("cc", folder, "-O1", sources=("main.c", "waggle_model.c")), code=1)
    path.write_text(good_text)
    assert said.splitlines()[-1] != "20 of 20"


def test_every_file_is_free_to_use():
    for path in (WORK / "waggle").iterdir():
        if path.suffix in (".c", ".h") and path.name != "takes.h" or path.name in ("README.md", "LICENSE"):
            assert "0BSD" in path.read_text(), path


tap.main("/export/c")
