#!/usr/bin/python3
"""How a recording is made, in the window: by countdown, by the watch's button, all of it, and what a board cannot."""
import sqlite3
import sys

import driver
import number_board
import program

WAY = "How it is recorded: "
window = folder = None


def takes(label):
    """Rate and length of its takes, as the project file has them."""
    connection = sqlite3.connect(folder / "gestures.waggle")
    rows = connection.execute("SELECT rate_hz, n_samples FROM recordings JOIN takes ON recording = id WHERE takes.label = ? AND NOT takes.deleted ORDER BY id",
                              (label,)).fetchall()
    connection.close()
    return rows


def has(node, state):
    return node.get_state_set().contains(getattr(window.atspi.StateType, state))


def open_way():
    window.wait_for(lambda: not window.find("Seconds a take lasts"), "closed popover")
    window.click(window.wait_for_text(WAY).get_name(), "toggle button")
    window.wait_for(lambda: window.find("Seconds a take lasts"), "the ways to record")


def choose(way, rate=None, seconds=None, amount=None):
    open_way()
    window.click(way, "radio button")
    if amount:
        window.write_number("How much to record", amount)
    if rate:
        window.click(f"{rate} samples a second", "radio button")
    if seconds:
        window.write_number("Seconds a take lasts", seconds)
    window.press("Escape")
    window.wait_for(lambda: not window.find("Seconds a take lasts"), "closed popover")


def wait_for_record():
    window.wait_for(lambda: window.find("Record", "push button"), "button Record")


def test_nobody_must_choose():
    window.wait_for_text("Watch: Bangle.js 2")
    assert window.wait_for_text(WAY).get_name() == WAY + "10 takes, when it moves"
    open_way()
    assert has(window.find("When it moves"), "CHECKED")
    for rate in ("12.5", "25", "50", "100"):
        assert not has(window.find(f"{rate} samples a second"), "SENSITIVE"), rate
    window.wait_for_text("The watch notices movements at 12.5 only.")
    window.press("Escape")


def test_a_countdown_records_takes_of_its_length_at_its_rate():
    choose("After 3, 2, 1", "25", 1, 2)
    window.wait_for_text(WAY + "2 takes, after 3, 2, 1, 25 Hz")
    window.write("Gesture name", "calm")
    window.click("Record")
    window.wait_for_text("Take 2 of 2")
    window.wait_for_text("calm, 2 takes")
    wait_for_record()
    assert takes("calm") == [(25.0, 25)] * 2, takes("calm")


def test_all_of_it_is_recorded_until_stop():
    choose("At once, all of it", "50")
    window.wait_for_text(WAY + "all of it, 50 Hz")  # Stop says how much
    window.write("Gesture name", "other")
    window.click("Record")
    window.wait_for(lambda: [t for t in window.texts() if t.startswith("All of it is recorded, ") and
                             int(t.split()[5]) >= 4], "four seconds")
    window.click("Stop")
    wait_for_record()
    window.wait_for_text("1 take of other")
    (rate_hz, n_samples), = takes("other")
    assert rate_hz == 50 and n_samples >= 200, (rate_hz, n_samples)


def test_the_watchs_button_begins_takes():
    choose("By the watch's button", "12.5", 2, 2)
    window.click("by itself while recording", "check box")
    window.write("Gesture name", "handsfree")
    window.click("Record")
    for number in (1, 2):
        window.wait_for_text(f"Take {number} of 2: press the button on the watch.")
        # the first press of a watch that sleeps only wakes it
        window.wait_for(lambda: window.click("Press Its Button") or
                        window.find_starting(f"Take {number} of 2: do it now"), "the take")
    wait_for_record()
    assert takes("handsfree") == [(12.5, 25)] * 2, takes("handsfree")


def test_the_virtual_watch_presses_it_by_itself():
    window.click("by itself while recording", "check box")
    window.write("Gesture name", "itself")
    window.click("Record")
    window.wait_for_text("itself, 2 takes")
    wait_for_record()


def test_the_way_is_kept_in_the_project():
    global window
    window.close()
    window = driver.Window(folder / "gestures.waggle", "--watch", f"virtual:{folder / 'watch'}?speed=8", home=window.home)
    window.wait_for_text(WAY + "2 takes, by its button")
    window.close()
    window = driver.Window(folder / "new.waggle", "--watch", f"virtual:{folder / 'watch'}?speed=8", home=window.home)
    window.wait_for_text(WAY + "10 takes, when it moves")


def test_a_board_offers_what_it_can():
    global window
    window.close()
    board = number_board.Board()
    try:
        window = driver.Window(folder / "gestures.waggle", "--watch", board.address)
        window.wait_for(lambda: window.find_starting("Watch: ") and window.find_starting("Watch: ").get_name().endswith(", ready"),
                        "the board")
        open_way()
        window.click("When it moves", role="radio button")
        window.wait_for_text("Each movement is noticed and cut out on this computer")
        for way, can in (("When it moves", True), ("After 3, 2, 1", True), ("By the watch's button", False),
                         ("At once, all of it", True), ("100 samples a second", False)):
            assert has(window.find(way, "radio button"), "SENSITIVE") == can, way
        window.click("After 3, 2, 1", role="radio button")
        window.wait_for_text("Counted down before each take")
        window.wait_for_text("This board has a rate of its own")
        window.write_number("How much to record", 1)
        window.press("Escape")
        window.write("Gesture name", "board")
        window.click("Record")
        window.wait_for_text("board, 1 take")
        wait_for_record()
        (rate_hz, n_samples), = takes("board")
        assert abs(rate_hz - number_board.RATE_HZ) < 2 and abs(n_samples - 2 * rate_hz) <= 2, (rate_hz, n_samples)
    finally:
        board.close()


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global folder, window
    driver.enter()
    folder = program.folder()
    window = driver.Window(folder / "gestures.waggle", "--watch", f"virtual:{folder / 'watch'}?speed=8")
    return driver.run("record")


if __name__ == "__main__":
    sys.exit(main())
