#!/usr/bin/python3
"""A pack that is opened from a file manager becomes a project of its own, and stays as it was."""
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
        text = window.wait_for(lambda: [text for text in window.texts() if "amaged.wagglepack is no whole pack" in text], "a word of it")[0]
        assert len(text.splitlines()) == 1, text
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
