#!/usr/bin/python3
"""The leader's view: what attendees handed in, who is where, the pool, and how it does on a new person."""
import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys

import driver
import program

SEED = driver.SOURCE / "data" / "recordings" / "bangle-gestures"
FILES = {"clap": "clap2.txt", "waggle": "wraggle.txt"}
window = room = None


def cli(*words):
    done = subprocess.run([driver.BUILD / "src/cli/waggle-cli", "--json", *map(str, words)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0, (words, done.stderr)
    return json.loads(done.stdout)


def hand_in(folder, person, source, n_each, first=0, name=None):
    """A pack of that many takes of each gesture."""
    project = folder / f"{person}.waggle"
    cli("new", project)
    for label, file in FILES.items():
        cli("import", project, SEED / source / file, "--label", label, "--person", person)
    with sqlite3.connect(project) as db:
        for label in FILES:
            ids = [one for one, in db.execute("SELECT recording FROM takes WHERE label = ? ORDER BY recording", (label,))]
            for table, key in (("takes", "recording"), ("recordings", "id")):
                db.executemany(f"DELETE FROM {table} WHERE {key} = ?",
                               [(one,) for one in ids[:first] + ids[first + n_each:]])
    pack = room / f"{name or person}.wagglepack"
    cli("pack", project, pack, *(["--persons", "drop"] if name else []))
    return pack


def prints():
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in room.iterdir()}


def row(start):
    def find():
        return [node.get_name() for node in window.nodes()
                if node.get_role_name() == "list item" and node.get_name().startswith(start)]
    return window.wait_for(find, f"row “{start}”")[0]


def pool():
    return next((window.home / "data/waggle").glob("Room*.waggle"))


def test_is_reached_from_the_start_and_says_what_to_do():
    window.click("Room…")
    window.wait_for_text("Gather what attendees hand in")
    window.wait_for(lambda: window.find("Choose a Folder…", "push button"), "the button")


def test_lists_who_is_where():
    window.activate("room-at", window.glib.Variant("ay", bytes(room) + b"\0"))
    name = row("ada")
    assert "clap 12" in name and "2 gestures, 24 takes" in name and "Recorded" in name and "Good" in name, name
    assert "Good" in row("ben")
    window.wait_for_text("Recorded: 2.")


def test_a_copy_and_a_damaged_one_say_so():
    whole = (room / "ada.wagglepack").read_bytes()
    (room / "copy.wagglepack").write_bytes(whole)
    (room / "torn.wagglepack").write_bytes(whole[:len(whole) // 2])
    assert "Damaged" in row("torn,") and "copy it again" in row("torn,")
    twice = window.wait_for(lambda: [node.get_name() for node in window.nodes() if node.get_role_name() == "list item" and
                                     "Twice" in node.get_name()], "the copy")
    assert len(twice) == 1 and "they count once" in twice[0], twice


def test_a_new_one_shows_by_itself():
    hand_in(room.parent, "cleo", "conor-v2", 6, first=14, name="table 3")
    name = row("table 3")
    assert "Too few takes" in name and "4 more takes" in name, name


def test_pools_them_and_leaves_the_packs_as_they_are():
    before = prints()
    window.click("Pool Them")
    window.wait_for_text("3 persons, 60 takes in “Room handed in”: 60 are new.")
    assert prints() == before
    assert cli("info", pool())["persons"] == {"ada": 24, "ben": 24, "table 3": 12}


def test_one_click_tells_how_it_does_on_a_new_person():
    window.click("How Well on a New Person")
    window.wait_for_text("On somebody new about ")
    for person, n in (("ada", "24"), ("ben", "24"), ("table 3", "12")):
        texts = window.texts()
        assert person in texts and n in texts, texts
    window.wait_for_text("On somebody new about ")
    assert "3 persons say little about the next one." in window.find_starting("On somebody new").get_name()


def test_can_be_stopped():
    window.click("How Well on a New Person")
    window.click("Stop")
    window.wait_for(lambda: not window.find("Stop"), "its end")
    window.wait_for(lambda: window.find("How Well on a New Person", "push button"), "the button")


def test_what_comes_later_is_added_to_the_same_pool():
    hand_in(room.parent, "dora", "conor-v2", 12, first=24)
    row("dora")
    window.wait_for(lambda: window.find("Open the Pool", "push button"), "the way to the pool there is")
    window.click("Pool Them")
    window.wait_for_text("4 persons, 84 takes in “Room handed in”: 24 are new.")
    assert len(list((window.home / "data/waggle").glob("Room*.waggle"))) == 1


def test_the_pool_opens_as_a_project():
    window.click("Open the Pool")
    window.wait_for(lambda: window.find("Record", "radio button"), "the pages")
    window.activate("room")
    row("ada")
    window.click("Back")
    window.wait_for(lambda: window.find("Record", "radio button"), "the project again")


def test_the_folder_is_kept_and_one_that_is_gone_is_said():
    global window
    window.check_errors()
    window.close()
    window = driver.Window(home=window.home)
    window.activate("room")
    row("ada")
    shutil.rmtree(room)
    window.click("Look Again")
    window.wait_for_text("The folder cannot be read")


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global window, room
    driver.enter()
    folder = program.folder()
    room = folder / "handed in"
    room.mkdir()
    hand_in(folder, "ada", "james-v2", 12)
    hand_in(folder, "ben", "conor-v2", 12)
    window = driver.Window()
    return driver.run("leader")


if __name__ == "__main__":
    sys.exit(main())
