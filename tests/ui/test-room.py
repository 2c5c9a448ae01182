#!/usr/bin/python3
"""Several watches in one room: which one is connected, switched by a row, made known, and one that is busy."""
import os
import pty
import select
import subprocess
import sys
import threading
import time
import tty

import driver
import program

READY = "Watch: Bangle.js 2 (virtual), ready"
BUSY = "Watch: Bangle.js 2 (virtual), busy"
XOFF, XON = b"\x13", b"\x11"
window = None
folder = None
watches = {}


class Watch:
    """A virtual one behind a terminal."""

    def __init__(self, name, *options):
        self.tty = folder / f"{name}.tty"
        self.process = subprocess.Popen([driver.BUILD / "src/virtual-watch/waggle-watch", folder / name, "--tty", self.tty, *options],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not self.tty.exists():
            time.sleep(0.02)

    @property
    def address(self):
        return f"serial:{self.tty}"

    def n_buzzes(self):
        """As its wearer noticed; asked over its terminal, which nobody else may use now."""
        end = os.open(self.tty, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(end)
        os.write(end, b"\x03\n\x10print('<'+WaggleVirtual.sent().filter(function(s){return s.what=='buzz'}).length+'>')\n")
        said = b""
        while b">\r" not in said.split(b"<")[-1] or b"<" not in said:
            ready, _, _ = select.select([end], [], [], 20)
            assert ready, said
            said += os.read(end, 4096)
        os.close(end)
        return int(said.split(b"<")[-1].split(b">")[0])

    def close(self):
        self.process.kill()
        self.process.wait()


class Relay:
    """A terminal between a watch and who talks to it, where a byte can be slipped in."""

    def __init__(self, watch):
        self.far = os.open(watch.tty, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self.far)
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        self.address = f"serial:{os.ttyname(self.slave)}"
        self.ends = False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while not self.ends:
            for end in select.select([self.far, self.master], [], [], 0.1)[0]:
                os.write(self.master if end == self.far else self.far, os.read(end, 4096))

    def slip_in(self, byte):
        os.write(self.master, byte)

    def close(self):
        self.ends = True
        self.thread.join()
        for end in (self.far, self.master, self.slave):
            os.close(end)


def close_popover():
    window.press("Escape")
    window.wait_for(lambda: not window.is_popover_open(), "closed popover")


def rows():
    """What stands there to be chosen, from the top."""
    return [node for node in window.nodes() if node.get_role_name() == "list item" and "Bangle" in node.get_name() or
            node.get_name().startswith("Virtual watch,")]


def row(watch):
    return window.wait_for(lambda: [node for node in rows() if node.get_name().endswith(watch.address)],
                           f"row of {watch.address}")[0]


def connect(address):
    window.open_popover()
    window.write("Address of the watch", address)
    window.click("Connect")
    window.wait_for(lambda: not window.is_popover_open(), "closed popover")
    window.wait_for_text(READY)


def switch(watch):
    """By its row, as from the keyboard."""
    window.open_popover()
    row(watch).get_component_iface().grab_focus()
    time.sleep(0.3)
    window.press("Return")
    window.wait_for(lambda: not window.is_popover_open(), "closed popover")
    window.wait_for_text(READY)


def connected():
    """The name of the row that says so: there is one, and it stands first."""
    window.open_popover()
    window.wait_for(lambda: [node for node in rows() if ", connected · " in node.get_name()], "the connected one")
    names = [node.get_name() for node in rows()]
    close_popover()
    assert [", connected · " in name for name in names] == [True] + [False] * (len(names) - 1), names
    return names[0]


def test_the_connected_one_stands_first():
    window.wait_for_text("Watch: Bangle.js 2")
    assert connected().startswith("Virtual watch, ")
    connect(watches["one"].address)
    assert connected().endswith(watches["one"].address)
    connect(watches["two"].address)
    assert connected().endswith(watches["two"].address)


def test_a_row_switches():
    switch(watches["one"])
    assert connected().endswith(watches["one"].address)
    switch(watches["two"])
    assert connected().endswith(watches["two"].address)


def test_another_watch_makes_itself_known_and_the_connected_one_stays():
    window.open_popover()
    line = row(watches["one"])
    assert "used before" in line.get_name(), line.get_name()
    window.click("Identify Bangle.js 2 (virtual)")
    window.wait_for(lambda: not window.find("Identify Bangle.js 2 (virtual)"), "word that it is asked")
    window.wait_for(lambda: window.find("Identify Bangle.js 2 (virtual)"), "its answer")
    close_popover()
    assert window.find_starting(READY)
    assert connected().endswith(watches["two"].address)
    n_buzzes = watches["one"].n_buzzes()
    assert n_buzzes >= 1, n_buzzes


def test_the_connected_one_chosen_again_stays_as_it_is():
    start = time.monotonic()
    switch(watches["two"])
    assert time.monotonic() - start < 20 and window.find_starting(READY)


def test_a_watch_that_takes_nothing_is_busy():
    relay = Relay(watches["one"])
    try:
        connect(relay.address)
        relay.slip_in(XOFF)
        window.wait_for_text(BUSY)
        window.open_popover()
        window.wait_for(lambda: [text for text in window.texts() if "What it is sent waits." in text], "why")
        close_popover()
        relay.slip_in(XON)
        window.wait_for_text(READY)
        window.click(READY, "toggle button")
        window.wait_for(window.is_popover_open, "the popover")
        window.click("Disconnect")
        window.wait_for_text("Watch: none, not connected")
    finally:
        relay.close()


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global folder, window
    driver.enter()
    folder = program.folder()
    # slow enough that what goes on can be seen
    watches.update(one=Watch("one", "--latency=200"), two=Watch("two"))
    window = driver.Window(folder / "gestures.waggle")
    return driver.run("room", *(watch.close for watch in watches.values()))


if __name__ == "__main__":
    sys.exit(main())
