#!/usr/bin/env python3
"""Holds the sources to what a tool can hold them to: layout, length, first lines, licences. Speaks TAP."""
import pathlib
import re
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parent.parent
LINES_MAX = 450


def sources():
    for top in ("src", "tests", "bench"):
        yield from sorted((SOURCE / top).rglob("*.[ch]"))


def layout():
    files = [str(path) for path in sources()]
    done = subprocess.run(["clang-format", "--dry-run", "--Werror", *files], capture_output=True,
                          text=True, check=False, cwd=SOURCE)
    return sorted({line.split(":")[0] for line in done.stderr.splitlines() if ": error:" in line})


def length():
    return [f"{path}: {n} lines" for path in sources()
            if (n := len(path.read_text(encoding="utf-8").splitlines())) > LINES_MAX]


def first_line():
    return [str(path) for path in sources() if not path.read_text(encoding="utf-8").startswith("/* ")]


def forbidden():
    bad = []
    for path in sources():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"\bgoto\b|\bgtk_dialog_run\b|\bg_main_context_invoke\b|GtkTreeView\b", line):
                bad.append(f"{path}:{number}: {line.strip()}")
    return bad


def watch_licence():
    programs = sorted((SOURCE / "data" / "watch").glob("*.js")) + sorted((SOURCE / "data" / "boards").glob("*.py"))
    bad = [str(path) for path in programs if "0BSD" not in path.read_text(encoding="utf-8").splitlines()[0]]
    exported = [path for path in sorted((SOURCE / "data" / "export").rglob("*"))
                if path.suffix in (".c", ".cc", ".cpp", ".h", ".ino", ".js")]
    return bad + [str(path) for path in exported
                  if "0BSD" not in "".join(path.read_text(encoding="utf-8").splitlines()[:3])]


def translations():
    """Files with text for people that po/POTFILES does not name, and the other way about."""
    named = set((SOURCE / "po" / "POTFILES").read_text(encoding="utf-8").split())
    real = {str(path.relative_to(SOURCE)) for path in (SOURCE / "src").rglob("*.[cu]*")
            if re.search(r'\b([NC]?_|NC_|ngettext)\("|translatable="yes"', path.read_text(encoding="utf-8"))}
    real |= {str(path.relative_to(SOURCE)) for path in (SOURCE / "data").glob("*.in")}
    return sorted(real ^ named)


def macros_in_messages():
    """A message with a macro in it cannot be taken out for translation; gettext knows C's own, as PRId64."""
    return [f"{path}: {text}" for path in sources()
            for text in re.findall(r'\b(?:_|ngettext)\((?:[^()]|\n)*?"[^"]*" *\n? *G_G[A-Z0-9_]+',
                                   path.read_text(encoding="utf-8"))]


def texts():
    """(place, text) of what is to be translated."""
    for path in sources():
        content = path.read_text(encoding="utf-8")
        for found in re.finditer(r'\b(?:N?_|ngettext)\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)(?:,\s*((?:"(?:[^"\\]|\\.)*"\s*)+))?', content):
            for group in found.groups():
                if group:
                    line = content.count("\n", 0, found.start()) + 1
                    yield f"{path}:{line}", "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', group))
    for path in sorted((SOURCE / "src").rglob("*.ui")):
        for found in re.finditer(r'translatable="yes"[^>]*>([^<]*)<', path.read_text(encoding="utf-8")):
            yield str(path), found.group(1)


def halves():
    """Texts that something is glued to: each is a sentence, or a phrase, by itself (base/sentences.h joins them)."""
    return [f"{place}: “{text}”" for place, text in texts()
            if text != text.strip() or text.startswith(("\\n", ",", ";")) or text.endswith("\\n") or text.endswith(",")]


def main():
    checks = [("clang-format-agrees", layout), ("files-are-short", length),
              ("first-line-says-what-a-file-is-for", first_line),
              ("no-goto-no-nested-loops", forbidden), ("what-runs-on-a-watch-is-0BSD", watch_licence),
              ("potfiles-names-what-is-translated", translations),
              ("messages-are-whole-strings", macros_in_messages),
              ("texts-are-whole-sentences", halves)]
    print(f"1..{len(checks)}")
    failed = 0
    for number, (claim, check) in enumerate(checks, 1):
        found = check()
        for line in found:
            print(f"# {line}")
        failed += bool(found)
        print(f"{'not ok' if found else 'ok'} {number} /style/{claim}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
