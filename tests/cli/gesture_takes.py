"""The shipped gestures as a watch hands them over, read without the program under test."""
import json
import re

from program import SEED, SPLIT

LINE = re.compile(r"^\s*([A-Za-z0-9]+)\((\d+)\),\s*(.*)$")
HALF_SCALE = ("james-v2", "extra-v2")  # rest at 32 units a g, see their README
WINDOW = 150


def parse(path, text):
    """(label, history units x, y, z, ...) of a line, None of prose."""
    found = LINE.match(text)
    if not found:
        return None
    values = [int(value) for value in found.group(3).replace(" ", "").strip(",").split(",")]
    if path.parent.name in HALF_SCALE:
        values = [max(-128, min(127, 2 * value)) for value in values]
    return found.group(1).lower(), values


def split_part(part):
    """[(label, values)] of a part of the seed's split."""
    takes = []
    for entry in json.loads(SPLIT.read_text(encoding="utf-8"))[part]:
        path = SEED / entry["file"]
        text = path.read_text(encoding="utf-8").splitlines()[entry["line"] - 1]
        takes.append((entry["label"], parse(path, text)[1]))
    return takes


def of_label(folder, label):
    takes = []
    for path in sorted((SEED / folder).glob("*.*")):
        for text in path.read_text(encoding="utf-8").splitlines():
            take = parse(path, text)
            if take and take[0] == label:
                takes.append(take)
    return takes


def window(values):
    """Left-aligned in zeros."""
    values = values[:WINDOW]
    return values + [0] * (WINDOW - len(values))


def write(path, takes):
    """In the seed's own format, 64 units a g."""
    lines = [f"{label}({len(values) // 3}), {','.join(map(str, values))}" for label, values in takes]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
