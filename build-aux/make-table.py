#!/usr/bin/env python3
"""Writes a C table of pointers from a list of names, so that adding one is one file and one word.

usage: make-table.py OUTPUT HEADER TYPE PREFIX TABLE NAME...
writes: extern const TYPE PREFIX_NAME; ... const TYPE *const TABLE[] = {&PREFIX_NAME, ..., NULL};
"""
import sys

output, header, type_, prefix, table, *names = sys.argv[1:]
symbols = [prefix + "_" + name.replace("-", "_") for name in names]
with open(output, "w", encoding="utf-8") as out:
    out.write("/* Made by build-aux/make-table.py from the folder's meson.build. */\n")
    out.write(f'#include "{header}"\n\n')
    for symbol in symbols:
        out.write(f"extern const {type_} {symbol};\n")
    out.write(f"\nconst {type_} *const {table}[] = {{\n")
    for symbol in symbols:
        out.write(f"    &{symbol},\n")
    out.write("    NULL,\n};\n")
