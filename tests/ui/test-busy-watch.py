#!/usr/bin/python3
"""A watch that works for a recording, in the window: what must wait for it, and what is said where it goes away."""
import signal
import sqlite3
import subprocess
import sys

import driver
import number_board
import program

READY = "Watch: Bangle.js 2 (virtual), ready"
RECORDING = "A recording is running: stop it first."
LOST = "The watch is out of reach. Waiting for it; your recording is safe."
WAY = "How it is recorded: "
window = watch = folder = None


def start_watch():
    global watch
    watch = driver.start_watch(folder / "watch", folder / "tty")


def end_watch():
    driver.end_watch(watch, folder / "tty")


def make_project():
    """With a model, and takes of which the watch performs the very same."""
    def run(*words):
        subprocess.run([driver.BUILD / "src/cli/waggle-cli", *words], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    path = folder / "gestures.waggle"
    run("new", path)
    run("import", path, driver.SOURCE / "data/recordings/bangle-gestures/james-v2", "--person", "james")
    run("train", path, "--epochs", "1")
    run("quantize", path)
    return path


def ask(sql, *values):
    connection = sqlite3.connect(folder / "gestures.waggle")
    rows = connection.execute(sql, values).fetchall()
    connection.close()
    return rows


def is_sensitive(name, role="push button"):
    node = window.wait_for(lambda: window.find(name, role), f"{role} “{name}”")
    return node.get_state_set().contains(window.atspi.StateType.SENSITIVE)


def choose(way):
    window.wait_for(lambda: not window.find("Seconds a take lasts"), "closed popover")
    window.click(window.wait_for_text(WAY).get_name(), "toggle button")
    window.wait_for(lambda: window.find("Seconds a take lasts"), "the ways to record")
    window.click(way, "radio button")
    window.press("Escape")
    window.wait_for(lambda: not window.find("Seconds a take lasts"), "closed popover")


def choose_amount(n):
    window.click(window.wait_for_text(WAY).get_name(), "toggle button")
    window.write_number("How much to record", n)
    window.press("Escape")
    window.wait_for(lambda: not window.find("Seconds a take lasts"), "closed popover")


def record_all(label):
    window.write("Gesture name", label)
    window.click("Record")
    # a machine that is busy may not be seen at the second second
    window.wait_for(lambda: [text for text in window.texts() if text.startswith("All of it is recorded, ") and
                             text.split()[5].isdigit() and int(text.split()[5]) >= 2], "two seconds of a recording")


def stop():
    window.click("Stop")
    window.wait_for(lambda: window.find("Record", "push button"), "end of the recording")


def connect(address):
    window.click(window.find_starting("Watch: ").get_name(), "toggle button")
    window.wait_for(lambda: window.find("Address of the watch", "text"), "the popover")
    window.write("Address of the watch", address)
    window.click("Connect")
    window.wait_for(lambda: not window.find("Address of the watch", "text"), "closed popover")
    window.wait_for_text(READY)


def test_what_is_known_is_not_called_recorded():
    for label in ("first", "again"):  # each time by a new virtual watch, which begins with the same take
        connect(f"virtual:{folder / label}?speed=8")
        window.wait_for(lambda: window.find("by itself while recording"), "the virtual watch's own row")
        window.write("Gesture name", label)
        choose_amount(1)
        window.click("Record")
        window.wait_for(lambda: window.find("Stop", "push button"), "the recording")
        window.wait_for(lambda: window.find("Record", "push button"), "end of the recording")
    window.wait_for_text("0 takes recorded. 1 was there already, as a take of “first”.")
    assert not ask("SELECT id FROM recordings JOIN takes ON recording = id WHERE label = 'again'")
    connect(f"serial:{folder / 'tty'}")


def test_nothing_else_is_done_while_it_records():
    choose("At once, all of it")
    record_all("busy")
    window.go("Deploy")
    window.wait_for_text(RECORDING)
    assert not is_sensitive("Deploy")
    window.go("Try")
    window.wait_for_text(RECORDING)
    assert not is_sensitive("Listen")
    window.click(READY, "toggle button")
    window.wait_for(lambda: window.find("Address of the watch", "text"), "the popover")
    for name in ("Identify", "Disconnect", "Connect"):
        assert not is_sensitive(name), name
    assert [text for text in window.texts() if text == RECORDING], window.texts()
    window.press("Escape")
    window.wait_for(lambda: not window.find("Address of the watch", "text"), "closed popover")
    window.go("Record")
    window.wait_for_text("All of it is recorded, ")
    window.wait_for(lambda: not window.find("Listen"), "end of the other page")
    stop()
    window.wait_for_text("1 take recorded.")
    (seconds,), = ask("SELECT n_samples / rate_hz FROM recordings JOIN takes ON recording = id WHERE label = 'busy'")
    assert seconds >= 2, seconds
    window.go("Deploy")
    window.wait_for(lambda: is_sensitive("Deploy"), "button that can be used again")
    assert not window.find_starting(RECORDING)
    window.go("Record")


def test_no_recording_begins_in_a_deployment():
    connect(f"virtual:{folder / 'slow'}?rate=1500")  # bytes a second
    window.go("Deploy")
    window.click("Deploy")
    window.wait_for(lambda: window.find("Stop", "push button"), "the deployment")
    window.go("Record")
    window.wait_for_text("A deployment is running: stop it first.")
    assert not is_sensitive("Record")
    window.go("Deploy")
    window.click("Stop")
    window.wait_for(lambda: is_sensitive("Deploy"), "end of the deployment")
    window.go("Record")
    window.wait_for(lambda: is_sensitive("Record"), "button that can be used again")
    connect(f"serial:{folder / 'tty'}")


def test_a_lost_watch_is_waited_for_and_the_gap_told():
    record_all("gap")
    end_watch()
    window.wait_for_text(LOST)
    assert not window.find_starting("All of it is recorded, ") and is_sensitive("Stop")
    start_watch()
    told_s = float(window.wait_for_text("The watch is back. The gap is ").get_name().split()[-3])
    window.wait_for(lambda: [text for text in window.texts() if "missing, while the watch was out of reach." in text],
                    "word on the gap")
    assert not [text for text in window.texts() if "None is missing." in text]
    stop()
    (n_missing,), = ask("SELECT sum(n_missing) FROM gaps JOIN takes ON takes.recording = gaps.recording "
                        "WHERE label = 'gap'")
    assert abs(n_missing / 12.5 - told_s) < 0.2, (n_missing, told_s)  # a sample, and the figure's own rounding


def test_stop_ends_a_recording_whose_watch_is_lost():
    window.wait_for_text(READY)
    record_all("given up")
    end_watch()
    window.wait_for_text(LOST)
    stop()
    assert not window.find_starting(READY)
    assert ask("SELECT id FROM recordings JOIN takes ON recording = id WHERE label = 'given up'")
    start_watch()
    window.wait_for_text(READY)


def test_stop_ends_what_has_not_begun():
    watch.send_signal(signal.SIGSTOP)  # it does not even answer that its preview has ended
    window.write("Gesture name", "never")
    window.click("Record")
    window.wait_for_text("The watch begins to listen…")
    stop()
    watch.send_signal(signal.SIGCONT)
    window.wait_for_text(READY)
    assert not ask("SELECT id FROM recordings JOIN takes ON recording = id WHERE label = 'never'")
    record_all("after it")
    stop()


class FallingSilent(number_board.Board):
    """Whose sensor stops answering: it is there, and prints no numbers any more."""
    is_silent = False

    def write(self, line):
        if not self.is_silent:
            super().write(line)


def test_a_stream_that_dries_up_is_told():
    global window
    window.close()
    board = FallingSilent()
    try:
        window = driver.Window(folder / "gestures.waggle", "--watch", board.address, home=window.home)
        window.wait_for(lambda: window.find_starting("Watch: ") and
                        window.find_starting("Watch: ").get_name().endswith(", ready"), "the board")
        record_all("dry")
        board.is_silent = True
        window.wait_for(lambda: window.find_starting("No sample has come for ") or window.find_starting(LOST), "word of it")
        board.is_silent = False
        window.wait_for(lambda: not (window.find_starting("No sample has come for ") or window.find_starting(LOST)), "samples again")
        stop()
    finally:
        board.close()


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global folder, window
    driver.enter()
    folder = program.folder()
    start_watch()
    window = driver.Window(make_project(), "--watch", f"serial:{folder / 'tty'}")
    return driver.run("busy-watch", end_watch)


if __name__ == "__main__":
    sys.exit(main())
