#!/usr/bin/env python3
"""Makes the user guide as HTML: OUTPUT/LANGUAGE/PAGE.html, of the languages of which at least half is translated; and beside it
leader-sheet.html, one sheet to print.

usage: make-help-html.py HELP OUTPUT DEPFILE
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SHEET = pathlib.Path(__file__).resolve().parent / "make-leader-sheet.py"
LEAST = 0.5  # of all texts: less would be an English page with a few words in another language


def run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{words[0]}: {done.stdout}{done.stderr}")
    return done


def share(catalogue, n_texts):
    """Of all texts those that the catalogue translates."""
    said = subprocess.run(["msgfmt", "--statistics", "-o", "/dev/null", catalogue], capture_output=True, text=True, check=True,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"}).stderr
    found = re.match(r"(\d+) translated", said)
    return int(found.group(1)) / n_texts if found else 0


def build(pages, figures, output):
    """The folder of pages beside its pictures, in OUTPUT."""
    shutil.copytree(figures, pages / "figures", dirs_exist_ok=True)
    output.mkdir(parents=True)
    run("yelp-build", "html", "-o", output, pages)
    run(sys.executable, SHEET, pages / "leader.page", output / "leader-sheet.html")


def main():
    help_folder, output, depfile = (pathlib.Path(word) for word in sys.argv[1:])
    source = help_folder / "C"
    originals = sorted(source.glob("*.page"))
    languages = [line for line in (help_folder / "LINGUAS").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    catalogues = [help_folder / language / f"{language}.po" for language in languages]
    shutil.rmtree(output, ignore_errors=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        run("itstool", "-o", folder / "guide.pot", *originals)
        n_texts = len(re.findall(r"^msgid ", (folder / "guide.pot").read_text(encoding="utf-8"), re.M)) - 1
        (folder / "C").mkdir()
        for page in originals:
            shutil.copy(page, folder / "C")
        build(folder / "C", source / "figures", output / "C")
        for language, catalogue in zip(languages, catalogues):
            if share(catalogue, n_texts) < LEAST:
                continue
            (folder / language).mkdir()
            run("msgfmt", "-o", folder / f"{language}.mo", catalogue)
            run("itstool", "-l", language, "-m", folder / f"{language}.mo", "-o", folder / language, *originals)
            build(folder / language, source / "figures", output / language)
    depfile.write_text(f"{output}: {' '.join(str(path) for path in [*originals, *catalogues])}\n", encoding="utf-8")


main()
