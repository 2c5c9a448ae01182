#!/usr/bin/python3
"""A .tflite that is opened in the window: inspected, deployed, saved, or refused in one sentence."""
import pathlib
import subprocess
import sys
import time

import driver
import program

GOLDEN = driver.SOURCE / "tests/data/golden"
window = folder = None


def open_model(path):
    """What a drop and the file chooser do."""
    window.activate("open-model", window.glib.Variant.new_bytestring(str(path).encode()))


def close():
    window.press("Escape")
    window.wait_for(lambda: not window.find("Deploy It"), "the model's window closed")


def drag(start, end):
    move = window.atspi.generate_mouse_event
    move(*start, "abs")
    time.sleep(0.3)
    move(*start, "b1p")
    for step in range(21):
        move(*(round(a + (b - a) * step / 20) for a, b in zip(start, end)), "abs")
        time.sleep(0.05)
    time.sleep(0.5)
    move(*end, "b1r")


def is_usable(name):
    return window.find(name).get_state_set().contains(window.atspi.StateType.SENSITIVE)


def name_entry(text):
    """Of the file chooser, which has a label in the place of a name."""
    return window.wait_for(lambda: [node for node in window.nodes() if node.get_role_name() == "text" and
                                    window.atspi.Text.get_text(node, 0, -1) == text], f"entry with “{text}”")[0]


def test_shows_what_a_model_is():
    window.wait_for_text("Watch: Bangle.js 2")
    open_model(GOLDEN / "seed-v11-int8.tflite")
    window.wait_for_text("✓ The model fits this watch.")
    texts = window.texts()
    assert any("CONV_2D" in text for text in texts) and "3.6 kB, of that 0.8 kB are weights" in texts, texts
    assert "1.9 of 4.0 kB" in texts, texts
    assert [text for text in texts if text.startswith("whole numbers of eight bits")], texts


def test_asks_for_names_before_it_deploys():
    assert window.find_starting("The file names no gestures.") and not is_usable("Deploy It")
    window.write("Names of the gestures", "one, two")
    window.wait_for(lambda: is_usable("Deploy It"), "button that can be used")
    window.click("Deploy It")
    window.wait_for_text("✕ the model has 6 outputs, there are 2 names")


def test_deploys_it_by_the_same_job():
    window.write("Names of the gestures", "one, two, three, four, five, six")
    window.click("Deploy It")
    window.wait_for_text("✓ The model is on the watch, which answers 20 of 20 windows")
    record = (folder / "watch" / "waggle.json").read_text(encoding="utf-8")
    assert '"one","two","three","four","five","six"' in record, record
    close()


def test_says_why_a_watch_cannot_run_one():
    open_model(GOLDEN / "seed-v11-float.tflite")
    window.wait_for_text("✕ This watch cannot run the model.")
    assert window.find_starting("• it needs an arena of 4504 bytes, Bangle.js 2 has 4000")
    window.write("Names of the gestures", "a,b,c,d,e,f")
    assert not is_usable("Deploy It")
    close()


def test_takes_a_file_that_is_dropped_on_it():
    source = subprocess.Popen(["/usr/bin/python3", pathlib.Path(__file__).parent / "drag-source.py",
                               GOLDEN / "seed-v11-int8.tflite"])
    try:
        for _ in range(5):  # a drop that comes before the window has looked at what is dragged is none
            drag((540, 340), (740, 500))
            try:
                window.wait_for(lambda: window.find("Deploy It"), "the model's window", 5)
                break
            except AssertionError:
                continue
        assert window.find_starting("✓ The model fits this watch.")
        close()
    finally:
        source.kill()
        source.wait()


def test_refuses_what_is_no_model_in_one_sentence():
    path = folder / "no.tflite"
    path.write_bytes(b"no model at all")
    for number, wrong in enumerate((path, folder / "missing.tflite")):
        open_model(wrong)
        window.wait_for(lambda name=wrong.name: [t for t in window.texts() if name in t], f"word of {wrong.name}")
        assert not window.find("Deploy It"), number


def test_saves_a_copy():
    open_model(GOLDEN / "seed-v11-int8.tflite")
    window.wait_for_text("✓ The model fits this watch.")
    window.click("Save a Copy…")
    window.wait_for(lambda: window.find("Save", "push button"), "the file chooser")
    name_entry("seed-v11-int8.tflite").get_editable_text_iface().set_text_contents(str(folder / "copy.tflite"))
    window.click("Save")
    window.wait_for_text("✓ A copy is saved.")
    assert (folder / "copy.tflite").read_bytes() == (GOLDEN / "seed-v11-int8.tflite").read_bytes()
    close()


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global window, folder
    driver.enter()
    folder = program.folder()
    window = driver.Window(folder / "gestures.waggle", "--watch", f"virtual:{folder / 'watch'}?speed=8")
    return driver.run("model")


if __name__ == "__main__":
    sys.exit(main())
