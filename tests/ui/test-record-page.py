#!/usr/bin/python3
"""The page Record as a person uses it: what to do next, the light of the stream, the count, hands free, a minute of
other movement, deleting and undoing, renaming."""
import sqlite3
import sys

import driver
import program

WAY = "How it is recorded: "
LIGHT = "The watch's stream: "
window = folder = None


def ask(question, *words):
    connection = sqlite3.connect(folder / "gestures.waggle")
    rows = connection.execute(question, words).fetchall()
    connection.close()
    return rows


def n_takes(label):
    return ask("SELECT count(*) FROM takes WHERE label = ? AND NOT deleted", label)[0][0]


def is_sensitive(name):
    node = window.find(name, "push button")
    return node and node.get_state_set().contains(window.atspi.StateType.SENSITIVE)


def wait_for_record():
    window.wait_for(lambda: window.find("Record", "push button"), "button Record")


def keep_what_was_held_back():
    """Some of the sample recordings that the virtual watch performs are clipped."""
    if window.find("Keep anyway"):
        window.click("Keep anyway")
        window.wait_for(lambda: not window.find("Keep anyway"), "the takes of it kept")


def record(label):
    window.write("Gesture name", label)
    window.click("Record")
    window.wait_for(lambda: window.find("Stop", "push button"), "the recording")
    wait_for_record()
    keep_what_was_held_back()


def choose(way, amount=None):
    window.click(window.wait_for_text(WAY).get_name(), "toggle button")
    window.wait_for(lambda: window.find("Seconds a take lasts"), "the ways to record")
    window.click(way, "radio button")
    if amount:
        window.write_number("How much to record", amount)
    window.press("Escape")
    window.wait_for(lambda: not window.find("Seconds a take lasts"), "closed popover")


def connect(address):
    window.open_popover()
    window.write("Address of the watch", address)
    window.click("Connect")
    window.wait_for(lambda: not window.is_popover_open(), "closed popover")
    window.wait_for_text("Watch: Bangle.js 2 (virtual), ready")


def test_says_what_to_do_first():
    window.wait_for_text("Watch: Bangle.js 2")
    window.write("Gesture name", "")
    window.wait_for_text("Name your first gesture, then press Record.")
    window.write("Gesture name", "circle")
    window.wait_for_text("10 more of “circle”.")


def test_the_light_explains_itself():
    window.wait_for_text(LIGHT + "Good")
    light = window.find(LIGHT + "Good", "toggle button")
    assert light.get_description() == "Every sample comes, in time and in range.", light.get_description()
    window.click(LIGHT + "Good", "toggle button")
    window.wait_for_text("12.5 samples a second")
    assert window.find("Missing") and window.find("Clipped") and window.find("Jitter")
    window.press("Escape")
    window.wait_for(lambda: not window.find("Jitter"), "closed popover")


def test_a_gesture_is_added_at_the_end_of_the_list():
    window.write("New gesture", "flick")
    window.find("New gesture", "text").get_component_iface().grab_focus()
    window.press("Return")
    window.wait_for_text("flick, 0 takes, 10 to go")
    assert window.find("Gesture name", "text").get_text_iface().get_text(0, -1) == "flick"


def test_three_two_one_stands_large_over_the_trace():
    window.write("Gesture name", "upup")
    window.click("Record")

    def find_count():
        return window.find("3", "label") or window.find("2", "label") or window.find("1", "label")

    height = window.wait_for(find_count, "the count").get_extents(window.atspi.CoordType.SCREEN).height
    window.wait_for_text("upup, 10 takes")
    wait_for_record()
    assert height >= 100, height
    assert not find_count()
    assert n_takes("upup") == 10


def test_the_newest_take_is_deleted_and_comes_back():
    newest = ask("SELECT max(recording) FROM takes WHERE label = 'upup'")[0][0]
    window.click("Delete Newest")
    window.wait_for_text("9 takes of upup")
    assert ask("SELECT deleted FROM takes WHERE recording = ?", newest) == [(1,)]

    def find_undo():
        return [node for node in window.nodes() if node.get_name() == "Undo" and node.get_role_name() == "push button"]

    window.wait_for(lambda: len(find_undo()) == 2, "Undo in the header bar, and beside the takes")
    find_undo()[1].get_action_iface().do_action(0)
    window.wait_for_text("10 takes of upup")
    assert ask("SELECT deleted FROM takes WHERE recording = ?", newest) == [(0,)]
    window.wait_for(lambda: len(find_undo()) == 1, "one Undo")


def test_asks_for_a_second_gesture_and_then_for_other_movement():
    keep_what_was_held_back()
    window.click("New Gesture")
    window.wait_for(lambda: window.find("Gesture name", "text").get_text_iface().get_text(0, -1) == "", "empty entry")
    record("snap")
    window.wait_for(lambda: [text for text in window.texts() if "Record a minute of other movement" in text], "the next step")


def test_a_minute_of_other_movement_becomes_takes():
    window.click("Other movement: 60 s")
    window.wait_for_text("Move as you do in daily life, but without a gesture. ")
    assert not is_sensitive("Other movement: 60 s")
    wait_for_record()
    rows = ask("SELECT n_samples FROM recordings JOIN takes ON recording = id WHERE label = 'other'")
    assert len(rows) >= 10, rows
    assert all(0 < n <= 50 for n, in rows), rows
    window.wait_for_text("other, ")


def test_is_ready_to_train():
    keep_what_was_held_back()
    window.wait_for(lambda: [text for text in window.texts() if text.endswith("Ready to train.")], "the end of it")
    window.click("Train")
    window.wait_for(lambda: not window.find("Gesture name"), "page Train")
    window.go("Record")


def test_a_gesture_is_renamed_and_the_name_undone():
    row = window.wait_for_text("snap, 10 takes")
    row.get_component_iface().grab_focus()
    window.press("space")
    window.wait_for_text("10 takes of snap")
    window.press("F2")
    window.wait_for(lambda: window.find("The gesture's name", "text"), "entry")
    window.write("The gesture's name", "click")
    window.click("Rename")
    window.wait_for_text("click, 10 takes")
    assert n_takes("snap") == 0 and n_takes("click") == 10
    window.click("Undo")
    window.wait_for_text("snap, 10 takes")
    assert n_takes("snap") == 10 and n_takes("click") == 0


def test_who_performs_is_remembered():
    global window
    window.write("Who performs it", "ada")
    choose("When it moves", 1)
    record("waggle")
    assert ask("SELECT DISTINCT person FROM recordings JOIN takes ON recording = id WHERE label = 'waggle'") == [("ada",)]
    window.close()
    window = driver.Window(folder / "gestures.waggle", "--watch", f"virtual:{folder / 'watch'}?speed=8", home=window.home)
    window.wait_for(lambda: window.find("Who performs it", "text").get_text_iface().get_text(0, -1) == "ada", "the person")


def test_hands_free_takes_begin_and_end_with_the_watchs_button():
    connect(f"virtual:{folder / 'pressed'}?speed=8&press=1.5")
    choose("By the watch's button", 3)
    window.click("by itself while recording", "check box")
    window.write("Gesture name", "handsfree")
    window.click("Record")  # and nobody comes near the computer any more
    window.wait_for_text("handsfree, 3 takes")
    wait_for_record()
    rows = ask("SELECT n_samples FROM recordings JOIN takes ON recording = id WHERE label = 'handsfree'")
    assert len(rows) == 3 and all(n < 25 for n, in rows), rows  # the second press ended them before their 2 s


def test_a_lost_watch_is_waited_for():
    connect(f"virtual:{folder / 'lost'}?speed=1&drop-seconds=9&back=5")
    choose("At once, all of it")
    window.write("Gesture name", "long")
    window.click("Record")
    window.wait_for_text("The watch is out of reach. Waiting for it; your recording is safe.")
    window.wait_for_text(LIGHT + "Out of reach")
    window.wait_for_text("All of it is recorded, ")
    window.click("Stop")
    wait_for_record()
    assert n_takes("long") == 1


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global folder, window
    driver.enter()
    folder = program.folder()
    window = driver.Window(folder / "gestures.waggle", "--watch", f"virtual:{folder / 'watch'}?speed=8")
    return driver.run("record-page")


if __name__ == "__main__":
    sys.exit(main())
