#!/usr/bin/env python3
"""Writes a plain PBM (P1) as an image of Espruino in a C table: width, height, 1 bit with a transparent colour, 0,
then the rows without padding, most significant bit first.

usage: watch-image.py OUTPUT SYMBOL FILE.pbm
"""
import sys

output, symbol, path = sys.argv[1:]
with open(path, encoding="ascii") as text:
    lines = [line for line in text if not line.startswith("#")]
kind, width, height, *rows = " ".join(lines).split()
bits = "".join(rows)
if kind != "P1" or len(bits) != int(width) * int(height) or len(bits) % 8:
    sys.exit(f"{path}: not a plain PBM of whole bytes")
TRANSPARENT = 0x80  # in the byte of bits a pixel: the next one names that colour
image = [int(width), int(height), 1 | TRANSPARENT, 0] + [int(bits[i:i + 8], 2) for i in range(0, len(bits), 8)]
with open(output, "w", encoding="utf-8") as out:
    out.write("/* Made by build-aux/watch-image.py. */\n#include <stddef.h>\n\n")
    out.write(f"extern const unsigned char {symbol}[];\nextern const size_t {symbol}_size;\n\n")
    out.write(f"const unsigned char {symbol}[] = {{{', '.join(map(str, image))}}};\n")
    out.write(f"const size_t {symbol}_size = sizeof {symbol};\n")
