#!/usr/bin/env python3
"""Refuses an include that runs against the arrows of the design, and GTK outside src/ui. Speaks TAP."""
import pathlib
import re
import sys

SOURCE = pathlib.Path(__file__).resolve().parent.parent / "src"
# each folder and the folders whose headers it may include, beside its own
ARROWS = {
    "base": set(),
    "dataset": {"base"},
    "train": {"base", "dataset"},
    "quant": {"base", "dataset", "train"},
    "device": {"base", "dataset"},
    "virtual-watch": {"base", "dataset", "quant"},
    "workbench": {"base", "dataset", "train", "quant", "device"},
    "cli": {"base", "dataset", "workbench"},
    "ui": {"base", "dataset", "device", "workbench"},
}


def faults(folder, path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if not found:
            continue
        name = found.group(2)
        place = f"{path.relative_to(SOURCE.parent)}:{number}"
        if found.group(1) == "<":
            if name.startswith(("gtk/", "gdk/")) and folder != "ui":
                yield f"{place}: {name} outside src/ui"
        elif "/" in name:
            target = name.split("/")[0]
            if target != folder and target not in ARROWS[folder]:
                yield f"{place}: {folder} may not include {name}"


def main():
    folders = sorted(p.name for p in SOURCE.iterdir() if p.is_dir())
    print(f"1..{len(folders)}")
    bad = 0
    for number, folder in enumerate(folders, 1):
        known = folder in ARROWS
        found = [f"no arrows are known for src/{folder}"] if not known else [
            fault for path in sorted((SOURCE / folder).rglob("*.[ch]")) for fault in faults(folder, path)]
        for fault in found:
            print(f"# {fault}")
        bad += bool(found)
        print(f"{'not ok' if found else 'ok'} {number} /includes/{folder}-follows-the-arrows")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
