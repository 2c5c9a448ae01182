#!/usr/bin/env python3
"""The C export on an emulated Cortex-M4: equal on the whole test part, and what an inference costs."""
import re

import exports
import program
import tap
from exports import HERE, N_TEST, STRICT, export, facts, run, train

WORK = program.folder()
PROJECT = exports.seed_project(WORK / "p.waggle")
EPOCHS = 6  # what the network has learned plays no part here
TARGET = ["-O2", "-mcpu=cortex-m4", "-mthumb"]
# with shift=0 an instruction takes 1 ns of the machine's own time, whatever this one is doing
QEMU = ["qemu-system-arm", "-machine", "mps2-an386", "-icount", "shift=0", "-display", "none", "-monitor", "none",
        "-serial", "none", "-semihosting-config", "enable=on,target=native", "-kernel"]
MOST_PER_MULTIPLICATION = 8


def measure(preset, *options):
    """What the program says, its bytes of flash and RAM, and multiplications an inference."""
    folder = WORK / preset
    if not folder.exists():
        train(PROJECT, preset, EPOCHS)
        export(PROJECT, "c", folder)
        exports.dump_takes(PROJECT, folder)
    image = folder / "m4.elf"
    run("arm-none-eabi-gcc", *STRICT, *TARGET, *options, "-I", folder, "-nostartfiles", "--specs=nosys.specs",
        "-T", HERE / "cortex-m4.ld", "-o", image, HERE / "cortex-m4.c", folder / "waggle_model.c")
    told = facts(run(*QEMU, image))
    code = folder / "model.o"
    run("arm-none-eabi-gcc", *STRICT, *TARGET, *options, "-c", "-o", code, folder / "waggle_model.c")
    text, data, bss = map(int, run("arm-none-eabi-size", code).splitlines()[1].split()[:3])
    header = (folder / "waggle_model.h").read_text()
    told["flash"], told["ram"] = text + data, data + bss
    told["multiplications"] = int(re.search(r"WAGGLE_MULTIPLICATIONS (\d+)", header).group(1))
    told["per_multiplication"] = told["instructions"] / told["multiplications"]
    assert told["ram"] == int(re.search(r"WAGGLE_MEMORY_BYTES (\d+)", header).group(1)), told
    print(f"# {preset} {' '.join(options)}: {told['instructions']:.0f} instructions, {told['multiplications']} "
          f"multiplications: {told['per_multiplication']:.2f} each; flash {told['flash']}, RAM {told['ram']}, "
          f"stack {told['stack']:.0f} bytes")
    return told


def check(preset, *options):
    told = measure(preset, *options)
    assert told["takes"] == told["equal"] == told["answers"] == N_TEST, told
    return told


def test_waggle_is_equal_and_takes_at_most_eight_instructions_a_multiplication():
    assert check("waggle")["per_multiplication"] <= MOST_PER_MULTIPLICATION


def test_classic_is_equal():
    check("classic")


def test_dense_is_equal():
    check("dense")


def test_conv1d_is_equal():
    check("conv1d")


def test_without_dsp_instructions_it_is_equal():
    check("waggle", "-mcpu=cortex-m3")


tap.main("/export/cortex-m4")
