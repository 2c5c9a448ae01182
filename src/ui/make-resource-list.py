#!/usr/bin/env python3
"""Writes the list of what is compiled into the program: usage: make-resource-list.py OUTPUT FILE..."""
import pathlib
import sys

output, *files = sys.argv[1:]
ROOT = "/org/waggle/Waggle"


def place(path):
    if path.suffix == ".svg":
        return f"{ROOT}/icons/scalable/apps"
    if path.name == "help-overlay.ui":
        return f"{ROOT}/gtk"  # where GtkApplication looks for it
    return f"{ROOT}/ui"


with open(output, "w", encoding="utf-8") as out:
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<gresources>\n')
    for path in map(pathlib.Path, files):
        out.write(f'  <gresource prefix="{place(path)}">\n    <file alias="{path.name}">'
                  f"{path.resolve()}</file>\n  </gresource>\n")
    out.write("</gresources>\n")
