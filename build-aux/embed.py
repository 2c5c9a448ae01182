#!/usr/bin/env python3
"""Writes text files into a C table of strings, in the order given.

usage: embed.py OUTPUT SYMBOL FILE...
writes: const char *const SYMBOL[] = {"...", NULL};
"""
import json
import sys

output, symbol, *files = sys.argv[1:]
with open(output, "w", encoding="utf-8") as out:
    out.write("/* Made by build-aux/embed.py. */\n#include <stddef.h>\n\n")
    out.write(f"extern const char *const {symbol}[];\n\nconst char *const {symbol}[] = {{\n")
    for path in files:
        with open(path, encoding="ascii") as text:
            for line in text:
                out.write("    " + json.dumps(line) + "\n")
            out.write("    ,\n")
    out.write("    NULL,\n};\n")
