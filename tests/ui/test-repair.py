#!/usr/bin/python3
"""A damaged project: the window notices it, and saves what can be read by one click."""
import sqlite3
import sys
import time

import driver
import program
from program import good

window = folder = None


def n_takes(path):
    return good("--json", "info", path).json["recordings"]


def open_with(path):
    global window
    if window:
        window.close()
    window = driver.Window(path, home=folder / "home", environment={"HOME": str(folder / "home")})


def find_saved(name):
    found = [path for path in (folder / "home").rglob("*.waggle") if path.name == name]
    assert len(found) == 1, list((folder / "home").rglob("*.waggle"))
    return found[0]


def test_nothing_is_asked_of_a_whole_project():
    time.sleep(1)  # which reading it takes no part of
    assert not window.find("Save What Can Be Read"), window.texts()


def test_takes_that_cannot_be_read_are_told_and_the_others_saved():
    n = n_takes(folder / "whole.waggle")
    open_with(folder / "rows.waggle")
    window.wait_for_text("rows.waggle is damaged")
    assert window.find_starting("2 of its takes cannot be read and are left out. 1 of its takes has other values"), window.texts()
    window.photograph(folder / "asked.png")
    window.click("Save What Can Be Read")
    window.wait_for_text(f"{n - 2} takes are saved in this project. 2 are lost. 1 was damaged")
    assert n_takes(find_saved("rows (saved).waggle")) == n - 2
    assert not window.find("Save What Can Be Read")
    window.check_errors()


def test_project_that_does_not_open_is_saved():
    open_with(folder / "cut.waggle")
    window.wait_for_text("cut.waggle is damaged")
    assert not [text for text in window.texts() if "“repair”" in text], window.texts()  # the command line's word
    window.click("Not Now")
    window.wait_for(lambda: not window.find("Not Now"), "an end of the question")
    assert not list((folder / "home").rglob("cut*.waggle"))
    open_with(folder / "cut.waggle")
    window.click("Save What Can Be Read")
    window.wait_for(lambda: [text for text in window.texts() if "saved in this project" in text], "what was saved")
    assert 0 < n_takes(find_saved("cut (saved).waggle")) < n_takes(folder / "whole.waggle")
    window.check_errors()


def main():
    global folder
    driver.enter()
    folder = program.folder()
    (folder / "home").mkdir()
    whole = folder / "whole.waggle"
    good("new", whole)
    good("import", whole, program.SEED / "conor-v2", "--person", "conor")
    (folder / "rows.waggle").write_bytes(whole.read_bytes())
    (folder / "cut.waggle").write_bytes(whole.read_bytes()[:whole.stat().st_size * 2 // 3])
    with sqlite3.connect(folder / "rows.waggle") as db:
        db.execute("UPDATE recordings SET original = x'01' WHERE id IN (3, 4)")
        db.execute("UPDATE recordings SET original = substr(original, 1, 5) || x'17' || substr(original, 7) WHERE id = 9")
    db.close()
    open_with(whole)
    return driver.run("repair")


if __name__ == "__main__":
    sys.exit(main())
