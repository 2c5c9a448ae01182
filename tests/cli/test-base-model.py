#!/usr/bin/env python3
"""The shipped base model is what its recipe makes, bit for bit. Minutes."""
import subprocess

import program
import tap
from program import BUILD, SOURCE


def make():
    out = program.folder() / "base.waggle-model"
    subprocess.run([SOURCE / "data/models/make-base", BUILD, out], check=True, timeout=1700)
    return out.read_bytes()


def test_made_anew_it_is_the_shipped_one():
    flags = open("/proc/cpuinfo", encoding="ascii", errors="replace").read()
    if " avx2 " not in flags or " fma " not in flags:
        print("# this processor adds in another order: nothing to compare")
        return
    assert make() == (SOURCE / "data/models/base.waggle-model").read_bytes()


if __name__ == "__main__":
    tap.main("/cli/base-model")
