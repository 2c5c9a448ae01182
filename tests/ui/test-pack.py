#!/usr/bin/python3
"""Files that a file manager or a command line opens: a pack becomes a project of its own and stays as it was; recordings, folders
and models are taken as dropped ones are."""
import hashlib
import pathlib
import subprocess
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent),
                str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
import driver  # noqa: E402
import tap  # noqa: E402

CLI = driver.BUILD / "src/cli/waggle-cli"
SWIPES = driver.SOURCE / "data/recordings/bangle-gestures/conor-v3"
folder = None


def open_file(path):
    return driver.Window("--watch", f"virtual:{folder / 'watch'}", path)


def test_becomes_a_project_of_its_name():
    pack = folder / "Swipes of Conor.wagglepack"
    for words in (["new", folder / "p.waggle"], ["import", folder / "p.waggle", SWIPES], ["pack", folder / "p.waggle", pack]):
        subprocess.run([CLI, *words], check=True, capture_output=True)
    before = hashlib.sha256(pack.read_bytes()).hexdigest()
    window = open_file(pack)
    try:
        window.wait_for_text("80 takes were added.")
        assert "Swipes of Conor" in window.texts(), window.texts()
        made = window.home / "data/waggle/Swipes of Conor.waggle"
        counts = subprocess.run([CLI, "--json", "info", made], check=True, capture_output=True, text=True).stdout
        assert '"recordings":80' in counts, counts
        window.check_errors()
    finally:
        window.close()
    assert hashlib.sha256(pack.read_bytes()).hexdigest() == before


def test_damaged_is_refused_in_one_sentence():
    damaged = folder / "damaged.wagglepack"
    damaged.write_bytes(b"PK\x03\x04" + bytes(400))
    window = open_file(damaged)
    try:
        text = window.wait_for(lambda: [text for text in window.texts() if text.startswith("damaged.wagglepack is no whole pack")], "a word of it")[0]
        assert len(text.splitlines()) == 1, text
        window.check_errors()
    finally:
        window.close()


def test_recordings_ask_how_they_are_imported():
    file = folder / "spin.csv"
    file.write_text("ms,x,y,z\n" + "".join(f"{i * 20},0.{i % 9},-500,1001\n" for i in range(30)))
    for words, found in (([file], "spin.csv: 1 take, "), ([SWIPES], "swipe.txt: 80 takes, "),
                         ([file, SWIPES], "swipe.txt: 80 takes, ")):
        window = driver.Window("--watch", f"virtual:{folder / 'watch'}", *words)
        try:
            window.wait_for_text(found)
            window.click("Import")
            window.wait_for(lambda: [t for t in window.texts() if "takes were added." in t or "take was added." in t], "them in a project")
            window.check_errors()
        finally:
            window.close()


def test_a_model_is_shown():
    window = open_file(driver.SOURCE / "tests/data/golden/seed-v11-int8.tflite")
    try:
        window.wait_for(lambda: window.find("Deploy It"), "the model's window")
        window.check_errors()
    finally:
        window.close()


def test_what_is_not_there_is_said():
    window = open_file(folder / "nowhere.csv")
    try:
        window.wait_for_text("There is no “nowhere.csv”: choose another file.")
        window.check_errors()
    finally:
        window.close()


def main():
    global folder
    driver.enter()
    folder = pathlib.Path(driver.tempfile.mkdtemp(prefix="waggle-test-"))
    return tap.run(sys.modules["__main__"], "/ui/pack")


if __name__ == "__main__":
    sys.exit(main())
