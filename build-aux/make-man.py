#!/usr/bin/env python3
"""Writes a man page from its template and from what the program says of itself: make-man.py TEMPLATE PROGRAM VERSION DATE OUT.

`@OPTIONS@` stands for the options of `PROGRAM --help`, `@COMMANDS@` for its commands with the options of each,
`@VERSION@` and `@DATE@` for those of the release.
"""
import pathlib
import re
import subprocess
import sys

ROW = re.compile(r"^  (-[^\s,]+(?:, -\S+)?|[a-z][a-z-]*)(?: (\S+))?\s{2,}(\S.*)$|^  (-\S+) (\S+) (\S.*)$")


def ask(program, *words):
    # without a display: a window's program says its options all the same
    done = subprocess.run([program, *words, "--help"], stdout=subprocess.PIPE, text=True, check=True,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent",
                               "ASAN_OPTIONS": "detect_leaks=0"})
    return done.stdout


def escape(text):
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("“", r"\(lq").replace("”", r"\(rq")
    return re.sub(r"^([.'])", r"\\&\1", text)


def rows(text):
    """(name, argument or None, what it is) of each line that describes an option or a command."""
    for line in text.splitlines():
        found = ROW.match(line)
        if found:
            one, two = found.groups()[:3], found.groups()[3:]
            yield one if one[0] else two


def options(text):
    for name, argument, what in rows(text):
        if name.startswith("-") and name not in ("-h, --help", "--help-all"):
            name, equals, value = name.partition("=")
            argument = value if equals else argument
            shown = rf"\fB{escape(name)}\fR" + (rf"{'=' if equals else ' '}\fI{escape(argument)}\fR" if argument else "")
            yield f".TP\n{shown}\n{escape(what)}\n"


def commands(program, text):
    for name, _, what in rows(text):
        if name.startswith("-"):
            continue
        told = ask(program, name)
        usage = told.splitlines()[0].partition("waggle-cli ")[2]
        yield f".SS {escape(name)}\n.B {escape(usage)}\n.PP\n{escape(what[0].upper() + what[1:])}.\n" + "".join(options(told))


def main():
    template, program, version, date, out = sys.argv[1:]
    page = pathlib.Path(template).read_text(encoding="utf-8").replace("@VERSION@", version).replace("@DATE@", date)
    text = ask(program)
    for mark, make in (("@OPTIONS@\n", lambda: options(text)), ("@COMMANDS@\n", lambda: commands(program, text))):
        if mark in page:
            found = "".join(make())
            if not found:
                sys.exit(f"make-man.py: {program} --help names nothing for {mark.strip()}")
            page = page.replace(mark, found)
    pathlib.Path(out).write_text(page, encoding="utf-8")


main()
