#!/usr/bin/env python3
"""Holds the user guide to what the program says, and to Mallard: speaks TAP."""
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

SOURCE = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(SOURCE / "tests" / "ui"))
import pseudo  # noqa: E402

GUIDE = SOURCE / "help" / "C"
MALLARD = "{http://projectmallard.org/1.0/}"
KEYS = {"Return": "Enter", "comma": ",", "question": "?"}
SPOKEN = {"<Primary>": "Ctrl", "<Shift>": "Shift", "<Alt>": "Alt"}


def text_of(node):
    return re.sub(r"\s+", " ", "".join(node.itertext())).strip()


def elements(tag):
    """(page, element) of all pages."""
    for path in sorted(GUIDE.glob("*.page")):
        for node in ElementTree.parse(path).iter(MALLARD + tag):
            yield path.name, node


def translatable():
    """What the window and the command line may say."""
    with tempfile.TemporaryDirectory() as folder:
        pseudo.make(folder, "en_XA")
        template = (pathlib.Path(folder) / "waggle.pot").read_text(encoding="utf-8")
    found = re.findall(r'^(?:msgid|msgid_plural) ((?:"(?:[^"\\]|\\.)*"\s*)+)', template, re.M)
    return {re.sub(r'"\s*"', "", text.strip())[1:-1].replace('\\"', '"') for text in found}


def mallard(check):
    done = subprocess.run(["yelp-check", check, str(GUIDE)], capture_output=True, text=True, check=False)
    said = (done.stdout + done.stderr).strip()
    return said.splitlines() if said or done.returncode == 0 else [f"yelp-check {check} ended with {done.returncode}"]


def words():
    """What is said to stand in the window stands there; of a message that begins so, or goes on, its parts."""
    texts = translatable()
    whole = {text.replace("_", "", 1) for text in texts}
    faults, n_seen = [], 0
    for page, node in elements("gui"):
        text = text_of(node)
        n_seen += 1
        if node.get("style") == "message":
            parts = [part.strip() for part in text.strip("“”").split("...") if part.strip()]
            if not all(any(part in known for known in whole) for part in parts):
                faults.append(f"{page}: no message has “{text}”")
        elif text not in whole:
            faults.append(f"{page}: nothing is called “{text}”")
    return faults if n_seen > 50 else [f"only {n_seen} <gui> were found"]


def spell(accelerator):
    held = [SPOKEN[key] for key in re.findall("<[^>]*>", accelerator)]
    key = re.sub("<[^>]*>", "", accelerator)
    return [*held, KEYS.get(key, key.upper() if len(key) == 1 else key)]


def keys():
    """The page of keys has those of src/ui/shortcuts.c."""
    table = (SOURCE / "src/ui/shortcuts.c").read_text(encoding="utf-8")
    told = [[text_of(key) for key in node] for page, node in elements("keyseq") if page == "keyboard.page"]
    found = [accelerator for row in re.findall(r'\{"(?:win|app)\.[^"]*", \{([^}]*)\}', table)
             for accelerator in re.findall(r'"([^"]*)"', row)]
    return [f"keyboard.page does not tell of {key}" for key in found if spell(key) not in told] if found else ["no keys were found"]


def built():
    """help/meson.build names each page and picture, and every page of the window has one of its name."""
    build = (SOURCE / "help/meson.build").read_text(encoding="utf-8")
    listed = {name: set(re.findall(r"'([^']*)'", body)) for name, body in re.findall(r"^(help_(?:pages|figures)) = \[(.*?)\]", build, re.M | re.S)}
    shown = {node.get("src") for _, node in elements("media")}
    faults = sorted({path.stem for path in GUIDE.glob("*.page")} ^ listed["help_pages"])
    faults += sorted({f"figures/{name}.png" for name in listed["help_figures"]} ^ shown)
    faults += [src for src in sorted(shown) if not (GUIDE / src).exists()]
    window = (SOURCE / "src/ui/window.ui").read_text(encoding="utf-8")
    names = re.findall(r'<property name="name">([a-z]+)</property>', window)
    wanted = {"index" if name == "start" else name for name in names} - {"project"}
    return faults + [f"the guide has no page {name}" for name in sorted(wanted - listed["help_pages"])]


def strings(path, name):
    """The texts of that field of a catalogue, without the key of a button."""
    found = re.findall(rf'^{name}(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\s*)+)', path.read_text(encoding="utf-8"), re.M)
    plain = [re.sub(r'"\s*"', "", text.strip())[1:-1].replace('\\"', '"') for text in found]
    return {re.sub(r"\s*\(_.\)", "", text).replace("_", "", 1) for text in plain} | set(plain)


def languages():
    """Each language of the window has a catalogue of the guide, which gettext takes and which names things as the window does."""
    def read(path):
        return {line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"}
    faults = sorted(read(SOURCE / "po/LINGUAS") ^ read(SOURCE / "help/LINGUAS"))
    for language in sorted(read(SOURCE / "help/LINGUAS")):
        done = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(SOURCE / "help" / language / f"{language}.po")],
                              capture_output=True, text=True, check=False)
        faults += (done.stdout + done.stderr).splitlines() if done.returncode else []
        window = strings(SOURCE / "po" / f"{language}.po", "msgstr")
        faults += [f"{language}.po: nothing is called “{name}” in the window" for text in strings(SOURCE / "help" / language / f"{language}.po", "msgstr")
                   for name in re.findall("<gui>([^<]*)</gui>", text) if name not in window]
    return faults


def main():
    checks = [("the-schema-takes-each-page", lambda: mallard("validate")), ("links-lead-somewhere", lambda: mallard("links")),
              ("names-of-pages-are-those-of-files", lambda: mallard("ids")), ("each-page-is-reached", lambda: mallard("orphans")),
              ("the-window-says-what-it-is-said-to", words), ("each-key-is-told", keys), ("each-page-is-built", built),
              ("each-language-says-what-its-window-says", languages)]
    n_failed = 0
    print(f"1..{len(checks)}")
    for number, (claim, check) in enumerate(checks, 1):
        faults = check()
        for fault in faults:
            print(f"# {fault}")
        n_failed += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {number} /help/{claim}")
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
