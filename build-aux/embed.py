#!/usr/bin/env python3
"""Writes text files into a C table of strings, in the order given.

usage: embed.py OUTPUT SYMBOL FILE...
writes: const char *const SYMBOL[] = {"...", NULL};
usage: embed.py --named FOLDER OUTPUT SYMBOL FILE...
writes: const char *const SYMBOL[] = {"file as seen from FOLDER", "...", NULL};
"""
import json
import pathlib
import sys

words = sys.argv[1:]
folder = None
if words[0] == "--named":
    folder = pathlib.Path(words[1]).resolve()
    words = words[2:]
output, symbol, *files = words
with open(output, "w", encoding="utf-8") as out:
    out.write("/* Made by build-aux/embed.py. */\n#include <stddef.h>\n\n")
    out.write(f"extern const char *const {symbol}[];\n\nconst char *const {symbol}[] = {{\n")
    for path in files:
        if folder:
            out.write(f"    {json.dumps(pathlib.Path(path).resolve().relative_to(folder).as_posix())},\n")
        with open(path, encoding="ascii") as text:
            for line in text:
                out.write("    " + json.dumps(line) + "\n")
            out.write("    ,\n")
    out.write("    NULL,\n};\n")
