"""Drives the window through AT-SPI, under its own X server and session bus."""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(os.environ.get("WAGGLE_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
BUILD = pathlib.Path(os.environ.get("WAGGLE_BUILD", SOURCE / "_build"))
INSIDE = "WAGGLE_DISPLAY_IS_OURS"
BORDER = 5  # the window's own frame where no window manager draws one
PATIENCE_S = 60  # an upper bound for a broken program, not a measure


def enter(width=1100, height=700):
    """Runs this program again within a display and a session bus of its own, and ends with it."""
    if os.environ.get(INSIDE):
        return
    screen = f"{width + 2 * BORDER}x{height + 2 * BORDER}x24"
    display, told = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(told), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"],
                              pass_fds=[told], stderr=subprocess.DEVNULL)
    os.close(told)
    try:
        with os.fdopen(display) as pipe:
            number = pipe.readline().strip()
        assert number, "Xvfb did not start"
        environment = {**os.environ, INSIDE: "1", "DISPLAY": f":{number}", "GTK_MODULES": "", "GDK_BACKEND": "x11",
                       "NO_AT_BRIDGE": "0"}
        done = subprocess.run(["dbus-run-session", "--", "/usr/bin/python3", os.path.abspath(sys.argv[0]),
                               *sys.argv[1:]], env=environment, check=False)
    finally:
        server.terminate()
        server.wait()
    sys.exit(done.returncode)


class Window:
    """The program with one project, and what stands in its window."""

    def __init__(self, *arguments, theme="Adwaita", font="Cantarell 11", home=None):
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib
        self.atspi, self.glib = Atspi, GLib
        self.home = pathlib.Path(home or tempfile.mkdtemp(prefix="waggle-window-"))
        settings = self.home / "config" / "gtk-3.0"
        settings.mkdir(parents=True, exist_ok=True)
        (settings / "settings.ini").write_text(f"[Settings]\ngtk-font-name={font}\n", encoding="utf-8")
        # what GTK keeps for its whole life is not ours to free
        environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0", "GTK_THEME": theme, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
                       "WAGGLE_SOURCE": str(SOURCE), "XDG_CONFIG_HOME": str(self.home / "config"),
                       "WAGGLE_STALLS": str(self.home / "stalls"), "XDG_DATA_HOME": str(self.home / "data"), "XDG_STATE_HOME": str(self.home / "state")}
        self.log = open(self.home / "stderr", "w+", encoding="utf-8")
        self.process = subprocess.Popen([str(BUILD / "src" / "ui" / "waggle"), *map(str, arguments)],
                                        env=environment, stderr=self.log, stdin=subprocess.DEVNULL)
        self.wait_for(lambda: self.find("Record", "radio button"), "the window")

    def _application(self):
        desktop = self.atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_process_id() == self.process.pid:
                return child
        return None

    def _below(self, node):
        yield node
        for index in range(node.get_child_count()):
            child = node.get_child_at_index(index)
            if child:
                yield from self._below(child)

    def nodes(self):
        """All that shows now."""
        application = self._application()
        if not application:
            return
        try:
            for node in self._below(application):
                if node.get_state_set().contains(self.atspi.StateType.SHOWING):
                    yield node
        except self.glib.Error:
            return  # it went away while we looked

    def find(self, name, role=None):
        for node in self.nodes():
            if node.get_name() == name and role in (None, node.get_role_name()):
                return node
        return None

    def find_starting(self, start):
        for node in self.nodes():
            if (node.get_name() or "").startswith(start):
                return node
        return None

    @staticmethod
    def path(node):
        """Where it stands: roles and names from the window down."""
        steps = []
        while node and node.get_role_name() != "application":
            steps.insert(0, f"{node.get_role_name()} “{node.get_name()}”")
            node = node.get_parent()
        return " / ".join(steps)

    def texts(self):
        return [node.get_name() for node in self.nodes() if node.get_role_name() == "label"]

    def wait_for(self, ready, what, patience_s=PATIENCE_S):
        """What `ready` gives once it is true. Fails when the program has ended or stands still."""
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            assert self.process.poll() is None, f"the program ended: {self.errors()}"
            try:
                found = ready()
            except self.glib.Error:
                found = None  # what was looked at went away meanwhile
            if found:
                return found
            time.sleep(0.1)
        raise AssertionError(f"no {what}; there is: {self.texts()}")

    def wait_for_text(self, start):
        return self.wait_for(lambda: self.find_starting(start), f"text that begins “{start}”")

    def click(self, name, role="push button"):
        node = self.wait_for(lambda: self.find(name, role), f"{role} “{name}”")
        self.wait_for(lambda: node.get_state_set().contains(self.atspi.StateType.SENSITIVE),
                      f"{role} “{name}” that can be used")
        node.get_action_iface().do_action(0)

    def activate(self, action, parameter=None):
        """An action of the window, over its own connection to the session's bus."""
        import gi
        gi.require_version("Gio", "2.0")
        from gi.repository import Gio
        bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)

        def ask(name, path, interface, method, arguments):
            return bus.call_sync(name, path, interface, method, arguments, None, 0, -1, None).unpack()

        dbus = ("org.freedesktop.DBus", "/", "org.freedesktop.DBus")
        for name in ask(*dbus, "ListNames", None)[0]:
            if not name.startswith(":"):
                continue
            pid = ask(*dbus, "GetConnectionUnixProcessID", self.glib.Variant("(s)", (name,)))[0]
            path = "/org/waggle/Waggle/window/1"
            try:
                if pid == self.process.pid and action in ask(name, path, "org.gtk.Actions", "List", None)[0]:
                    parameters = [parameter] if parameter else []
                    ask(name, path, "org.gtk.Actions", "Activate",
                        self.glib.Variant("(sava{sv})", (action, parameters, {})))
                    return
            except self.glib.Error:
                continue  # another connection of the same program, without actions
        raise AssertionError(f"no action {action}")

    def go(self, page):
        self.click(page, "radio button")

    def write(self, name, text):
        node = self.wait_for(lambda: self.find(name, "text"), f"entry “{name}”")
        node.get_editable_text_iface().set_text_contents(text)

    def write_number(self, name, number):
        node = self.wait_for(lambda: self.find(name, "spin button"), f"spin button “{name}”")
        node.get_value_iface().set_current_value(number)

    def perform(self, label):
        """On the page Try: as often as it takes until the watch notices."""
        def count():
            node = self.find_starting("Watch and computer agree on ")
            return node.get_name() if node else ""

        before = count()
        for _ in range(10):
            self.click(f"Perform {label}")
            time.sleep(0.5)
            self.wait_for(lambda: self.find_starting("The watch noticed no gesture") or count() != before,
                          "word of the watch")
            if count() != before:
                return
        raise AssertionError(f"the watch noticed none of ten performances of {label}")

    def n_judged(self):
        """On the page Evaluate: how many takes stand in the headline."""
        headline = [text for text in self.texts() if text.endswith(" wrong")]
        return int(headline[0].split()[2]) if headline else 0

    def press(self, key):
        """A key by its X name, to what has the focus."""
        self.atspi.generate_keyboard_event(KEYS[key], None, self.atspi.KeySynthType.SYM)

    def press_with_control(self, key):
        kind = self.atspi.KeySynthType
        control = 37  # the key's code on every X server with a PC keyboard
        self.atspi.generate_keyboard_event(control, None, kind.PRESS)
        self.atspi.generate_keyboard_event(ord(key), None, kind.SYM)
        self.atspi.generate_keyboard_event(control, None, kind.RELEASE)

    def photograph(self, path):
        size = "1100x700"
        subprocess.run(["import", "-window", "root", "-crop", f"{size}+{BORDER}+{BORDER}", "+repage",
                        str(path)], check=True)

    def longest_stall(self, since):
        """Since that time.monotonic(), in ms: the longest gap between two turns of its main loop, and the most that the
        main thread worked in one; 0 where none passed 10 ms."""
        rows = [[int(word) for word in line.split()] for line in (self.home / "stalls").read_text().splitlines()]
        rows = [row for row in rows if row[0] >= since * 1e6]
        return max((row[1] / 1000 for row in rows), default=0.0), max((row[2] / 1000 for row in rows), default=0.0)

    def check_errors(self):
        lines = [line for line in self.errors().splitlines()
                 if any(fault in line for fault in ("CRITICAL", "WARNING", "Sanitizer", "runtime error"))]
        assert not lines, "\n".join(lines)

    def is_popover_open(self):
        """That of the watch."""
        return self.find("Address of the watch", "text")

    def open_popover(self):
        """It closes in its own time, after a choice or the key."""
        self.wait_for(lambda: not self.is_popover_open(), "closed popover")
        self.click(self.find_starting("Watch: ").get_name(), "toggle button")
        self.wait_for(self.is_popover_open, "the popover")

    def errors(self):
        self.log.flush()
        return (self.home / "stderr").read_text(encoding="utf-8")

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


KEYS = {"Return": 0xFF0D, "Tab": 0xFF09, "Left": 0xFF51, "Up": 0xFF52, "Right": 0xFF53, "Down": 0xFF54,
        "Delete": 0xFFFF, "Escape": 0xFF1B, "Home": 0xFF50, "space": 0x20}


def start_watch(folder, tty):
    """waggle-watch behind the pseudo-terminal `tty`."""
    watch = subprocess.Popen([BUILD / "src/virtual-watch/waggle-watch", folder, "--tty", tty],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not tty.exists():
        time.sleep(0.02)
    return watch


def end_watch(watch, tty):
    """Without a goodbye, also where it was stopped."""
    watch.send_signal(signal.SIGCONT)
    watch.kill()
    watch.wait()
    tty.unlink(missing_ok=True)
