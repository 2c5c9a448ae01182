#!/usr/bin/env python3
"""Every language of po/LINGUAS says all that the window says, in the form its code wants: speaks TAP."""
import collections
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "ui"))
import pseudo  # noqa: E402

PO = pathlib.Path(__file__).resolve().parent.parent / "po"
TEXT = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:"(?:[^"\\]|\\.)*"\s*)+)')
LABEL = re.compile(r'translatable="yes"(?: context="([^"]*)")?[^>]*>([^<]*)<')


def say(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}, cwd=PO.parent)
    return done.returncode, (done.stdout + done.stderr).strip()


def read(catalogue):
    """Texts by context and English; of those with a plural the first form."""
    texts = {}
    for block in catalogue.read_text(encoding="utf-8").split("\n\n"):
        fields = {name: re.sub(r'"\s*"', "", body.strip())[1:-1] for name, body in TEXT.findall(block)}
        if fields.get("msgid"):
            texts[fields.get("msgctxt"), fields["msgid"]] = fields.get("msgstr", fields.get("msgstr[0]"))
    return texts


def find_twice(texts, template):
    """Keys that two buttons of one template would share, though they have one each in English."""
    keys = collections.defaultdict(set)
    for context, label in LABEL.findall(template.read_text(encoding="utf-8")):
        label = label.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
        text = texts.get((context or None, label))
        key, own = re.search("_(.)", text or ""), re.search("_(.)", label)
        if key and own:
            keys[key.group(1).lower()].add((label, own.group(1).lower()))
    return [f"{template.name}: {key} of {sorted(label for label, _ in found)}" for key, found in keys.items()
            if len(found) > 1 and len({own for _, own in found}) == len(found)]


def check(language, template):
    catalogue = PO / f"{language}.po"
    status, said = say("msgfmt", "--check", "--statistics", "-o", "/dev/null", catalogue)
    if status != 0 or "fuzzy" in said or "untranslated" in said or "warning" in said:
        yield said
    status, said = say("msgcmp", catalogue, template)
    if status != 0:
        yield f"{said}\n`meson compile -C _build waggle-update-po` brings the catalogues up to date"
    texts = read(catalogue)
    for part in sorted((PO.parent / "src" / "ui").glob("*.ui")):
        yield from find_twice(texts, part)


def main():
    languages = [line for line in (PO / "LINGUAS").read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    n_failed = 0
    print(f"1..{len(languages) + 1}")
    with tempfile.TemporaryDirectory() as folder:
        pseudo.make(folder, "en_XA")  # with it comes the template of what the sources say now
        for number, language in enumerate(languages, 1):
            faults = list(check(language, pathlib.Path(folder) / "waggle.pot"))
            for fault in faults:
                print("\n".join(f"# {line}" for line in fault.splitlines()[:40]))
            print(f"{'not ok' if faults else 'ok'} {number} /translations/{language}-says-all")
            n_failed += bool(faults)
    files = sorted(path.stem for path in PO.glob("*.po"))
    print(f"{'ok' if files == sorted(languages) else 'not ok'} {len(languages) + 1} /translations/LINGUAS-names-each-catalogue")
    return 1 if n_failed or files != sorted(languages) else 0


if __name__ == "__main__":
    sys.exit(main())
