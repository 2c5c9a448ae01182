"""Makes a catalogue of translations that nobody wrote: each text in brackets, with accents, and half as long again."""
import os
import pathlib
import re
import subprocess

SOURCE = pathlib.Path(os.environ.get("WAGGLE_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dngettext:2,3"]  # of meson's preset for GLib
OPEN, CLOSE = "⟦", "⟧"
ACCENTS = str.maketrans("aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ")
# what a program reads: directives of printf, mark-up, entities, escapes in the catalogue
KEPT = re.compile(r"%(?:\d+\$)?[-+ #0']*[\d*]*(?:\.[\d*]+)?(?:hh|h|ll|l|z|j|t|<PRI[a-z0-9]+>)?[a-zA-Z%]|<PRI[a-z0-9]+>|<[^<>]*>|&\w+;|\\.")


def pretend(text):
    """`text` as it stands in a catalogue, within its quotes."""
    if not re.search(r"[A-Za-z]", KEPT.sub("", text)):
        return text
    parts, last = [], 0
    for kept in KEPT.finditer(text):
        parts += [text[last:kept.start()].translate(ACCENTS), kept.group()]
        last = kept.end()
    parts.append(text[last:].translate(ACCENTS))
    n_more = (len(KEPT.sub("", text)) + 1) // 2
    padding = " ".join("·" * min(6, n_more - i) for i in range(0, n_more, 7))
    body = "".join(parts)
    start = "\\n" if text.startswith("\\n") else ""
    end = "\\n" if text.endswith("\\n") else ""
    return f"{start}{OPEN}{body[len(start):len(body) - len(end)]}{padding}{CLOSE}{end}"


def unquote(lines):
    return "".join(re.fullmatch(r'\s*"(.*)"\s*', line).group(1) for line in lines)


def translate(template):
    """The text of a catalogue made of the text of a template."""
    entries = []
    for block in template.split("\n\n"):
        fields, name = {}, None
        for line in block.splitlines():
            found = re.match(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$', line)
            if found:
                name = found.group(1)
                fields[name] = [found.group(2)]
            elif line.startswith('"') and name:
                fields[name].append(line)
        texts = {name: unquote(lines) for name, lines in fields.items()}
        if not texts.get("msgid"):
            continue
        flags = "".join(f"{line}\n" for line in block.splitlines() if line.startswith("#,") and "fuzzy" not in line)
        entry = flags + (f'msgctxt "{texts["msgctxt"]}"\n' if "msgctxt" in texts else "") + f'msgid "{texts["msgid"]}"\n'
        if "msgid_plural" in texts:
            entry += f'msgid_plural "{texts["msgid_plural"]}"\n'
            entry += f'msgstr[0] "{pretend(texts["msgid"])}"\nmsgstr[1] "{pretend(texts["msgid_plural"])}"\n'
        else:
            entry += f'msgstr "{pretend(texts["msgid"])}"\n'
        entries.append(entry)
    head = ('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
            '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n')
    return "\n".join([head] + entries)


def make(folder, language):
    """Writes FOLDER/LANGUAGE/LC_MESSAGES/waggle.mo; gives how many texts it has."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    template = folder / "waggle.pot"
    options = [f"--keyword={word}" for word in KEYWORDS]
    subprocess.run(["xgettext", "--from-code=UTF-8", "--add-comments", *options, "--files-from=po/POTFILES",
                    "-o", template], cwd=SOURCE, check=True)
    catalogue = folder / f"{language}.po"
    text = translate(template.read_text(encoding="utf-8"))
    catalogue.write_text(text, encoding="utf-8")
    place = folder / language / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    subprocess.run(["msgfmt", "--check-format", "-o", place / "waggle.mo", catalogue], check=True)
    return text.count("\nmsgid ")
