#!/usr/bin/python3
"""A watch behind a terminal in the window: chosen, lost, had back, given up, and remembered."""
import signal
import sys
import time

import driver
import program

READY = "Watch: Bangle.js 2 (virtual), ready"
LOST = "Watch: Bangle.js 2 (virtual), out of reach, trying again"
NONE = "Watch: none, not connected"
window = None
watch = None
folder = None


def start_watch():
    global watch
    watch = driver.start_watch(folder / "watch", folder / "tty")


def end_watch():
    driver.end_watch(watch, folder / "tty")


def choose():
    window.open_popover()
    window.write("Address of the watch", f"serial:{folder / 'tty'}")
    window.click("Connect")
    window.wait_for_text(READY)


def test_a_watch_is_chosen():
    window.wait_for_text("Watch: Bangle.js 2")  # the virtual one, as none was chosen yet
    start = time.monotonic()
    choose()
    print("# longest time without an answer while connecting: %.0f ms, %.0f ms of it own work"
          % window.longest_stall(start))


def test_it_makes_itself_known():
    window.open_popover()
    window.click("Identify")
    window.wait_for(lambda: window.find("Identify").get_state_set().contains(window.atspi.StateType.SENSITIVE), "its answer")
    window.press("Escape")


def test_a_silent_watch_is_lost_and_had_back():
    watch.send_signal(signal.SIGSTOP)
    start = time.monotonic()
    window.wait_for_text(LOST)
    noticed = time.monotonic() - start
    window.open_popover()
    assert "trying again" in window.wait_for_text("Lost ").get_name()
    window.press("Escape")
    watch.send_signal(signal.SIGCONT)
    start = time.monotonic()
    window.wait_for_text(READY)
    print(f"# stopped: seen after {noticed:.1f} s, ready {time.monotonic() - start:.1f} s after it went on")


def test_an_ended_watch_is_lost_and_had_back():
    end_watch()
    window.wait_for_text(LOST)
    start_watch()
    start = time.monotonic()
    window.wait_for_text(READY)
    print(f"# ended: ready {time.monotonic() - start:.1f} s after it was started again")


def test_a_lost_watch_can_be_given_up():
    end_watch()
    window.wait_for_text(LOST)
    window.open_popover()
    window.click("Stop Trying")
    window.wait_for_text(NONE)
    start_watch()
    time.sleep(2)  # in which it would have been had back
    assert window.find_starting(NONE)


def test_the_watch_is_remembered():
    global window
    choose()
    window.close()
    window = driver.Window(folder / "gestures.waggle", home=window.home)
    window.wait_for_text(READY)
    window.open_popover()
    window.wait_for_text("Virtual watch")  # its row comes with the next word of the search
    window.press("Escape")


def test_the_virtual_watch_does_not_take_its_place():
    global window
    window.close()
    end_watch()
    window = driver.Window(folder / "gestures.waggle", home=window.home)
    window.wait_for_text("Watch: Bangle.js 2 (virtual), looking for it")
    window.open_popover()
    window.wait_for_text("Looking for Bangle.js 2 (virtual), which was used last.")
    window.click("Stop Trying")
    window.wait_for_text(NONE)


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global folder, window
    driver.enter()
    folder = program.folder()
    start_watch()
    window = driver.Window(folder / "gestures.waggle")
    return driver.run("watches", end_watch)


if __name__ == "__main__":
    sys.exit(main())
