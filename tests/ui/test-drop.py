#!/usr/bin/python3
"""Files that are dropped anywhere on the window: taken, or refused in one clear sentence."""
import pathlib
import subprocess
import sys
import time

import driver
import program

SAMPLES = driver.SOURCE / "data/recordings/bangle-gestures/conor-v2"
GOLDEN = driver.SOURCE / "tests/data/golden"
HINT = "Drop it to open or import it"
SOURCE_AT = (540, 340)
window = folder = None


def centre(node):
    extents = node.get_extents(window.atspi.CoordType.SCREEN)
    return extents.x + extents.width // 2, extents.y + extents.height // 2


class Drag:
    """Files under the pointer, over a place in the window; they are dropped at the end."""

    def __init__(self, paths, end):
        self.move = window.atspi.generate_mouse_event
        self.source = subprocess.Popen(["/usr/bin/python3", pathlib.Path(__file__).parent / "drag-source.py", *paths])
        self.end = end
        self.is_down = False

    def __enter__(self):
        for _ in range(5):  # the source needs a while, and a drag that begins before is none
            time.sleep(0.5)
            self.move(*SOURCE_AT, "abs")
            time.sleep(0.2)
            self.move(*SOURCE_AT, "b1p")
            self.is_down = True
            for step in range(16):
                self.move(*(round(a + (b - a) * step / 15) for a, b in zip(SOURCE_AT, self.end)), "abs")
                time.sleep(0.03)
            try:
                window.wait_for(lambda: window.find(HINT), "the hint", 3)
                return self
            except AssertionError:
                self.move(*self.end, "b1r")
        raise AssertionError(f"no hint over {self.end}: {window.texts()}")

    def drop(self):
        self.move(*self.end, "b1r")
        self.is_down = False
        window.wait_for(lambda: not window.find(HINT), "no hint any more")


    def __exit__(self, *_):
        if self.is_down:
            self.move(*self.end, "b1r")
        self.source.kill()
        self.source.wait()


def drop(*paths, end=(740, 500)):
    with Drag(paths, end) as drag:
        drag.drop()


def take(path, end=(740, 500)):
    """Dropped, and what the sheet found in it imported."""
    drop(path, end=end)
    window.click("Import")


def wait_for_word(part):
    return window.wait_for(lambda: [text for text in window.texts() if part in text], f"word of {part}")[0]


def n_takes():
    total = window.find_starting("Nothing recorded yet") and "0"
    found = [text for text in window.texts() if text.endswith((" takes", " take")) and text.split()[0].isdigit()]
    return int(total or found[-1].split()[0])


def projects():
    return sorted(path.name for path in (window.home / "data/waggle").glob("*.waggle"))


def test_what_cannot_be_read_makes_no_project():
    picture = folder / "train.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    drop(picture)
    wait_for_word("train.png")
    window.press("Escape")
    window.wait_for(lambda: not window.find("Import", "push button"), "closed sheet")
    assert window.find("Name of the project", "text") and projects() == [], projects()


def test_a_project_is_opened_without_other_files():
    drop(folder / "other.waggle", sorted(SAMPLES.glob("*"))[0])
    wait_for_word("A project is opened alone")
    assert not window.find("Import", "push button") and projects() == [], projects()
    window.click("Close this message")
    window.wait_for(lambda: not [t for t in window.texts() if "opened alone" in t], "closed message")


def test_recordings_need_no_project():
    """On the page where the program begins, over the entry that would take them as text."""
    take(SAMPLES, centre(window.find("Name of the project", "text")))
    wait_for_word("takes were added.")
    window.wait_for(lambda: window.find("Record", "radio button"), "the project")
    assert n_takes() > 100, window.texts()
    assert (window.home / "data/waggle/My gestures.waggle").exists()


def test_each_page_takes_a_file():
    before = n_takes()
    file = sorted(SAMPLES.glob("*"))[0]
    for page in ("Record", "Review", "Train", "Evaluate", "Deploy", "Try"):
        window.go(page)
        time.sleep(0.3)
        window.press("Escape")
        take(file)
        wait_for_word("were here before.")
        window.click("Close this message")
        window.wait_for(lambda: not [t for t in window.texts() if "were here before." in t], "closed message")
    window.go("Record")
    assert n_takes() == before, (before, n_takes())


def group():
    return [text for text in window.texts() if text.endswith(" Hz")]


def test_what_was_guessed_is_shown_and_can_be_told():
    """Units and rate of the files, which change with what is told; nothing is added without Import."""
    file = folder / "spin.csv"
    file.write_text("ms,x,y,z\n" + "".join(f"{i * 20},0.{i % 9},-500,1001\n" for i in range(30)))
    before = n_takes()
    drop(file)
    window.wait_for(group, "what is in the file")
    assert group() == ["spin.csv: 1 take, accelerometer-csv, 1000 units a g, 50 Hz"], group()
    assert "spin 1" in window.texts(), window.texts()
    notes = [text for text in window.texts() if "rests at" in text]
    assert notes and notes[0].startswith("spin.csv: rests at 1119, "), notes
    window.write("Rate", "25")
    window.wait_for(lambda: group() == ["spin.csv: 1 take, accelerometer-csv, 1000 units a g, 25 Hz"], "the rate that was told")
    window.write("Gesture", "whirl")
    window.wait_for(lambda: "whirl 1" in window.texts(), "the gesture that was told")
    window.write("Axes", "x,x")
    window.wait_for(lambda: [text for text in window.texts() if "x,-z,y" in text], "how axes are told")
    assert not window.find("Import", "push button").get_state_set().contains(window.atspi.StateType.SENSITIVE)
    window.press("Escape")
    window.wait_for(lambda: not window.find("Import", "push button"), "closed sheet")
    assert n_takes() == before, (before, n_takes())


def test_files_are_named_from_the_chosen_folder_on():
    many = folder / "many"
    (many / "ada").mkdir(parents=True)
    (many / "ada" / "spin.csv").write_text("ms,x,y,z\n" + "".join(f"{i * 20},0.{i % 7},0,16384\n" for i in range(30)))
    (many / "turn.csv").write_text("ms,x (g),y (g),z (g)\n" + "".join(f"{i * 20},0.{i % 7},0,1\n" for i in range(30)) + "1,2,x\n")
    drop(many)
    window.wait_for(group, "what is in the folder")
    assert group() == ["ada/spin.csv: 1 take, accelerometer-csv, 16384 units a g, 50 Hz",
                       "turn.csv: 1 take, accelerometer-csv, 1 units a g, 50 Hz"], group()
    notes = [text for text in window.texts() if "units a g;" in text][0].splitlines()
    assert [note.split(" ")[0] for note in notes] == ["turn.csv:32:", "ada/spin.csv:", "turn.csv:"], notes
    window.press("Escape")
    window.wait_for(lambda: not window.find("Import", "push button"), "closed sheet")


def test_an_entry_leaves_files_to_the_window():
    entry = window.find("Gesture name", "text")
    before = window.atspi.Text.get_text(entry, 0, -1)
    take(sorted(SAMPLES.glob("*"))[1], centre(entry))
    wait_for_word("were here before.")
    assert window.atspi.Text.get_text(window.find("Gesture name", "text"), 0, -1) == before


def test_what_was_imported_can_be_exported():
    """In a format of the table, which the dialog lists; the first where none is chosen."""
    def name():
        return next((node for node in window.nodes() if node.get_role_name() == "text"
                     and window.atspi.Text.get_text(node, 0, -1).endswith(" recordings")), None)

    n = n_takes()
    window.activate("export-data")
    entry = window.wait_for(name, "the name of the export")
    formats = [node.get_name() for node in window.below(window.find("Bangle.js gesture text, one gesture a line", "combo box"))]
    for start in ("Edge Impulse", "micro:bit CreateAI", "WAV", "Arduino", "CSV"):
        assert [text for text in formats if text.startswith(start)], formats
    entry.get_editable_text_iface().set_text_contents(str(folder / "out"))
    window.click("Export")
    wait_for_word(f"{n} takes were written to out.")
    assert len((folder / "out" / "takes" / "gestures.txt").read_text().splitlines()) == n


def test_a_model_is_opened():
    drop(GOLDEN / "seed-v11-int8.tflite")
    window.wait_for(lambda: window.find("Deploy It"), "the model's window")
    window.press("Escape")
    window.wait_for(lambda: not window.find("Deploy It"), "the model's window closed")


def test_what_is_no_recording_gets_one_sentence():
    picture = folder / "holiday.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    before = n_takes()
    drop(picture)
    text = wait_for_word("holiday.png")
    assert len(text.splitlines()) == 1, text
    window.press("Escape")
    window.wait_for(lambda: not window.find("Import", "push button"), "closed sheet")
    timeless = folder / "timeless.csv"
    timeless.write_text("x,y,z\n" + "0.1,0.2,1.0\n" * 20)
    drop(timeless)
    assert "“Rate”" in wait_for_word("does not tell its rate"), window.texts()  # where it is told here
    window.press("Escape")
    window.wait_for(lambda: not window.find("Import", "push button"), "closed sheet")
    empty = folder / "empty"
    empty.mkdir()
    drop(empty)
    wait_for_word("empty")
    window.press("Escape")
    window.wait_for(lambda: not window.find("Import", "push button"), "closed sheet")
    assert n_takes() == before


def test_a_pack_is_added():
    """To the project that is open."""
    other, pack = folder / "swipes.waggle", folder / "swipes.wagglepack"
    cli = driver.BUILD / "src/cli/waggle-cli"
    for words in (["new", other], ["import", other, SAMPLES.parent / "conor-v3"], ["pack", other, pack]):
        subprocess.run([cli, *words], check=True, capture_output=True)
    before = n_takes()
    drop(pack)
    wait_for_word("80 takes were added.")
    assert n_takes() == before + 80, (before, n_takes())


def test_a_broken_project_leaves_the_open_one():
    broken = folder / "broken.waggle"
    broken.write_bytes(b"no project" * 100)
    before = n_takes()
    drop(broken)
    wait_for_word("broken.waggle")
    assert n_takes() == before


def test_a_project_is_opened():
    other = folder / "Other one.waggle"
    subprocess.run([driver.BUILD / "src/cli/waggle-cli", "new", other], check=True, capture_output=True)
    drop(other)
    window.wait_for(lambda: "Other one" in window.texts(), "the other project")


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global window, folder
    driver.enter()
    folder = program.folder()
    window = driver.Window("--watch", f"virtual:{folder / 'watch'}?speed=8")
    return driver.run("drop")


if __name__ == "__main__":
    sys.exit(main())
