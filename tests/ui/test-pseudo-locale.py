#!/usr/bin/python3
"""Under a catalogue that has every text in brackets and half as long again, each text in the window is in brackets, and
none is cut off, from left to right and from right to left: speaks TAP."""
import pathlib
import re
import tempfile
import time

import driver
import foreign
import pseudo
import walk


def look(window, language, found, folder):
    for view in walk.views(window):
        window.photograph(folder / f"{language}-{re.sub(r'[^A-Za-z]+', '-', view)}.png")
        for node in list(window.nodes()):
            try:
                role, name, description = node.get_role_name(), node.get_name() or "", node.get_description() or ""
                box = walk.shown_place(window, node)
            except window.glib.Error:
                continue  # it went away meanwhile
            if role not in foreign.ROLES or not walk.is_ours(node):
                continue
            for text in (name, description):
                if foreign.is_foreign(text):
                    found["untranslated"].setdefault(text[:120], f"{view}: {role}")
            if box and role not in ("panel", "frame") and (box[0] < 0 or box[0] + box[2] > 1100):
                found["cut"].setdefault(f"{language}: {name[:80]}", f"{view}: {role} {box}")
        print(f"# looked at {language}: {view}")


def main():
    driver.enter()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="waggle-pseudo-"))
    found = {"untranslated": {}, "cut": {}}
    n_texts = 0
    for language in ("xx", "he"):  # GTK itself turns everything about for the second
        n_texts = pseudo.make(folder / "po", language)
        window = driver.Window("--sample", "--watch", f"virtual:{folder}/watch?speed=4", language=language,
                               catalogues=folder / "po")
        try:
            window.wait_for(lambda: any("1299" in text for text in window.texts()), "sample recordings")
            window.go("Train")
            window.click("Train")
            window.wait_for(lambda: window.find("See What It Mixes Up"), "trained model")
            time.sleep(1)
            look(window, language, found, folder)
            window.check_errors()
        finally:
            window.close()
    print(f"# {n_texts} texts")
    print("1..3")
    for number, (claim, faults) in enumerate([("every-text-can-be-translated", found["untranslated"]),
                                              ("longer-texts-fit", found["cut"])], 1):
        for text, where in faults.items():
            print(f"# {where}: {text}")
        print(f"{'not ok' if faults else 'ok'} {number} /ui/pseudo-locale/{claim}")
    print(f"{'ok' if n_texts > 1000 else 'not ok'} 3 /ui/pseudo-locale/all-texts-were-taken-out")


main()
