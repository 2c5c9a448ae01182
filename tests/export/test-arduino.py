#!/usr/bin/env python3
"""The Arduino export: its sketches compile as the IDE compiles them, run on a stub core, and name what is performed."""
import zipfile

import exports
import program
import tap
from exports import HERE, dump_takes, export, facts, run
from program import SOURCE, good

WORK = program.folder()
PROJECT = exports.seed_project(WORK / "p.waggle")
STUB = HERE / "arduino"
WARNINGS = ["-Wall", "-Wextra", "-Werror"]
SKETCHES = ("Nano33BLE", "ESP32")
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]


def unpack(archive):
    """The library's folder, which a zip for the IDE holds alone."""
    with zipfile.ZipFile(archive) as packed:
        names = packed.namelist()
        assert {name.split("/")[0] for name in names} == {archive.stem}, names
        packed.extractall(WORK)
    return WORK / archive.stem


def compile_sketch(library, name, standard):
    """As the IDE does: the sketch is C++ behind Arduino.h, and what is in src/ by its ending."""
    sketch = library / f"{name}.cpp"
    source = library / "examples" / name / f"{name}.ino"
    sketch.write_text(f'#include <Arduino.h>\n#line 1 "{source}"\n{source.read_text()}')
    places = ["-I", STUB, "-I", library / "src", "-I", library]
    objects = []
    for path in sorted((library / "src").glob("*.c")):
        objects.append(library / f"{path.stem}.o")
        run("gcc", "-std=gnu11", "-O1", *WARNINGS, *SANITIZERS, *places, "-c", "-o", objects[-1], path)
    run("g++", f"-std={standard}", "-O1", *WARNINGS, *SANITIZERS, *places, "-o", library / name, sketch,
        library / "src" / "Waggle.cpp", STUB / "core.cpp", STUB / "sensors.cpp", *objects, "-lm")
    return library / name


def seed_library():
    archive = WORK / "gestures.zip"
    if not archive.exists():
        exports.train(PROJECT, "waggle", 60)
        export(PROJECT, "arduino", archive)
        dump_takes(PROJECT, unpack(archive), "validation")
    return WORK / archive.stem


def perform(program_path, *words):
    told = facts(run(program_path, *words))
    print("#", program_path.name, *words, told)
    return told


def test_library_has_what_the_ide_asks_for():
    library = seed_library()
    facts_of = dict(line.split("=", 1) for line in (library / "library.properties").read_text().splitlines())
    for name in ("name", "version", "author", "maintainer", "sentence", "paragraph", "category", "url", "architectures"):
        assert facts_of[name], facts_of
    assert facts_of["name"].isidentifier() and (library / "src" / facts_of["includes"]).exists()
    for path in library.rglob("*"):
        if path.suffix in (".c", ".h", ".ino") and path.name != "takes.h" or path.name == "LICENSE":
            assert "0BSD" in path.read_text(), path


def test_sketches_name_takes_performed_sample_by_sample():
    library = seed_library()
    for name in SKETCHES:
        told = perform(compile_sketch(library, name, "gnu++17"), 0, "hold")
        assert told["right"] >= 0.85 * told["takes"], told


def test_sketches_name_takes_whose_samples_fall_anywhere():
    library = seed_library()
    for name in SKETCHES:
        told = perform(library / name, 33000, "smooth")
        assert told["right"] >= 0.75 * told["takes"], told


def rest_file(path):
    """Captures of a board that lies on a table, as the recordings of the two gestures are written."""
    lines = ["aX,aY,aZ,gX,gY,gZ"]
    for capture in range(30):
        for sample in range(119):
            wobble = [((sample * 7 + capture * 13 + channel * 5) % 11 - 5) * 0.002 for channel in range(6)]
            lines.append(f"{wobble[0]:.3f},{wobble[1]:.3f},{1 + wobble[2]:.3f},"
                         f"{wobble[3] * 100:.3f},{wobble[4] * 100:.3f},{wobble[5] * 100:.3f}")
        lines.append("")
    path.write_text("\n".join(lines) + "\n")
    return path


def test_windows_that_slide_over_six_channels_name_gestures_too():
    project = WORK / "board.waggle"
    good("new", project)
    good("import", project, *[SOURCE / "tests/data/arduino-gestures" / f"{name}.csv" for name in ("flex", "punch")],
         rest_file(WORK / "rest.csv"))
    good("train", project, "--preset", "waggle", "--epochs", "30", "--seed", "1", "--standardise", "--rate", "119",
         "--window", "1s", "--channels", "acceleration,gyroscope", "--range", "4", "--event", "centre", "--shift", "30")
    good("quantize", project, "--for", "nano33ble")
    archive = export(project, "arduino", WORK / "slides.zip", "--other", "rest")
    library = unpack(archive)
    dump_takes(project, library, "validation")
    for name in SKETCHES:
        told = perform(compile_sketch(library, name, "gnu++17"), 0, "smooth", "rest")
        assert told["right"] >= 0.7 * told["takes"], told


def test_older_standards_compile_too():
    for standard in ("gnu++11", "gnu++14"):
        compile_sketch(seed_library(), "Nano33BLE", standard)


def test_the_board_s_compiler_takes_the_library():
    library = seed_library()
    target = ["-O2", "-mcpu=cortex-m4", "-mthumb", *WARNINGS, "-I", STUB, "-I", library / "src", "-c", "-o", library / "m4.o"]
    for name in SKETCHES:
        run("arm-none-eabi-g++", "-std=gnu++14", "-fno-exceptions", "-fno-rtti", *target, library / f"{name}.cpp")
    run("arm-none-eabi-g++", "-std=gnu++14", "-fno-exceptions", "-fno-rtti", *target, library / "src" / "Waggle.cpp")
    for path in (library / "src").glob("*.c"):
        run("arm-none-eabi-gcc", "-std=gnu11", *target, path)


tap.main("/export/arduino")
