"""Drives the window through AT-SPI, under its own X server and session bus."""
import gettext
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

SOURCE = pathlib.Path(os.environ.get("WAGGLE_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
BUILD = pathlib.Path(os.environ.get("WAGGLE_BUILD", SOURCE / "_build"))
os.environ.update(WAGGLE_SOURCE=str(SOURCE), WAGGLE_BUILD=str(BUILD))  # for the modules that are found here
sys.path[1:1] = [str(SOURCE / "tests"), str(SOURCE / "tests" / "cli")]
INSIDE = "WAGGLE_DISPLAY_IS_OURS"
BORDER = 5  # the window's own frame where no window manager draws one
PATIENCE_S = 60  # an upper bound for a broken program, not a measure
PRESSED_S = 0.15  # until a key has reached what has the focus, and moved it
CONTROL, SHIFT, ALT, TAB = 37, 50, 64, 23  # the keys' codes on every X server with a PC keyboard


def enter(width=1100, height=700):
    """Runs this program again within a display and a session bus of its own, and ends with it."""
    if os.environ.get(INSIDE):
        os.dup2(int(os.environ[INSIDE]), 1)
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
        output = os.dup(1)  # kept from the bus and what it starts, which have things to say too
        environment = {**os.environ, INSIDE: str(output), "DISPLAY": f":{number}", "GTK_MODULES": "", "GDK_BACKEND": "x11",
                       "NO_AT_BRIDGE": "0"}
        done = subprocess.run(["dbus-run-session", "--", "/usr/bin/python3", os.path.abspath(sys.argv[0]),
                               *sys.argv[1:]], env=environment, check=False, stdout=sys.stderr, pass_fds=[output])
    finally:
        server.terminate()
        server.wait()
    sys.exit(done.returncode)


class Words:
    """What stands in a window for an English text."""

    def __init__(self, folder=None, language=None):
        found = gettext.find("waggle", folder, [language]) if language else None
        assert found or not language, f"no catalogue for {language} in {folder}"
        self.translations = gettext.translation("waggle", folder, [language]) if found else gettext.NullTranslations()
        catalogue = getattr(self.translations, "_catalog", {})  # no public way leads to all of it
        self.starts = [(msgid if isinstance(msgid, str) else msgid[0], text) for msgid, text in catalogue.items()]
        self.plain = {}
        for msgid, text in self.starts:
            self.plain.setdefault(msgid.replace("_", "", 1), set()).add(text.replace("_", "", 1))

    def of(self, text):
        """What may stand for a whole text: the underscore of a mnemonic is not seen."""
        return self.plain.get(text, {text})

    def starting(self, start):
        """How the texts begin that begin so in English: up to the first thing that is put in."""
        return tuple(text.partition("%")[0] for msgid, text in self.starts
                     if msgid.startswith(start) and text.partition("%")[0]) or (start,)


class Window:
    """The program with one project, and what stands in its window. Where `is_first`, it was never started before: the
    tour has not been left yet. With `language` and the folder of its catalogue names are still given in English."""

    def __init__(self, *arguments, theme="Adwaita", font="Cantarell 11", home=None, is_first=False, standalone=True,
                 environment=None, language=None, catalogues=None, program=BUILD / "src" / "ui" / "waggle", metered=True):
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib
        import gone
        self.atspi, self.glib = Atspi, GLib
        gone.forgive(Atspi, GLib.Error)
        self.home = pathlib.Path(home or tempfile.mkdtemp(prefix="waggle-window-"))
        settings = self.home / "config" / "gtk-3.0"
        settings.mkdir(parents=True, exist_ok=True)
        (settings / "settings.ini").write_text(f"[Settings]\ngtk-font-name={font}\n", encoding="utf-8")
        kept = self.home / "config/glib-2.0/settings/keyfile"  # nothing of the user's own settings is touched
        if not is_first and not kept.exists():
            kept.parent.mkdir(parents=True)
            kept.write_text("[org/waggle/Waggle]\ntour-done=true\n", encoding="utf-8")
        # what GTK keeps for its whole life is not ours to free
        environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0", "GTK_THEME": theme, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": "en",
                       "WAGGLE_SOURCE": str(SOURCE), "XDG_CONFIG_HOME": str(self.home / "config"),
                       "WAGGLE_STALLS": str(self.home / "stalls"), "XDG_DATA_HOME": str(self.home / "data"), "XDG_STATE_HOME": str(self.home / "state"),
                       "GSETTINGS_BACKEND": "keyfile", **(environment or {})}
        self.language, self.words = language, Words(catalogues, language)
        if language:
            environment.update(LANGUAGE=language, WAGGLE_LOCALE_DIR=str(catalogues))
        if not metered:  # its turns are work too
            del environment["WAGGLE_STALLS"]
        self.log = open(self.home / "stderr", "w+", encoding="utf-8")
        words = [*(["--standalone"] if standalone else []), *map(str, arguments)]
        self.process = subprocess.Popen([str(program), *words],
                                        env=environment, stderr=self.log, stdin=subprocess.DEVNULL)
        self.wait_for(lambda: self.find("Record", "radio button") or self.find("Name of the project", "text"), "the window")

    def application(self):
        desktop = self.atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_process_id() == self.process.pid:
                return child
        return None

    def is_mapped(self, node):
        """Part of what stands on the screen, though it may be scrolled out of sight: another place than nowhere."""
        component = node.get_component_iface()
        try:
            return not component or component.get_extents(self.atspi.CoordType.WINDOW).x > -0x7fffffff
        except self.glib.Error:
            return False  # it went away meanwhile

    def below(self, node, hidden=True):
        """The node and all in it. Unless `hidden`, what shows; pages that do not are not gone into."""
        shows = hidden or node.get_state_set().contains(self.atspi.StateType.SHOWING)
        if shows and (hidden or node.get_role_name() != "application"):
            yield node
        # neither says of itself that it shows, the latter not while it is scrolled
        if not shows and node.get_role_name() not in ("application", "viewport") and not self.is_mapped(node):
            return
        for index in range(node.get_child_count()):
            child = node.get_child_at_index(index)
            if child:
                yield from self.below(child, hidden)

    def nodes(self):
        """All that shows now."""
        application = self.application()
        try:
            yield from self.below(application, False) if application else ()
        except self.glib.Error:
            return  # it went away while we looked

    def find(self, name, role=None):
        names = self.words.of(name)
        for node in self.nodes():
            if node.get_name() in names and role in (None, node.get_role_name()):
                return node
        return None

    def find_starting(self, start):
        starts = self.words.starting(start)
        for node in self.nodes():
            if (node.get_name() or "").startswith(starts):
                return node
        return None

    @staticmethod
    def path(node):
        """Where it stands: roles and names from the window down."""
        steps = []
        while node and node.get_role_name() != "application":
            if node.get_name() or not steps:
                steps.insert(0, f"{node.get_role_name()} “{node.get_name()}”")
            node = node.get_parent()
        return " / ".join(steps)

    def texts(self):
        return [node.get_name() for node in self.nodes() if node.get_role_name() == "label"]

    def wait_for(self, ready, what, patience_s=None):
        """What `ready` gives once it is true. Fails when the program has ended or stands still."""
        end = time.monotonic() + (patience_s or PATIENCE_S)
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

    def scroll_down(self):
        """The page, by the wheel, to its end."""
        subprocess.run(["xdotool", "mousemove", "550", "600", "click", "--repeat", "40", "--delay", "10", "5"], check=True)

    def click(self, name, role="push button"):
        def click():  # what goes away in between is looked for again
            node = self.find(name, role)
            return (node and node.get_state_set().contains(self.atspi.StateType.SENSITIVE)
                    and node.get_action_iface().do_action(0))

        self.wait_for(click, f"{role} “{name}” that can be used")

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

    def view(self, name):
        """A view of the page Evaluate: one of those beside each other, or in the menu behind them."""
        if not self.find(name, "radio button"):
            self.click("More Views", "toggle button")
        self.wait_for(lambda: self.find(name, "radio button"), f"view “{name}”")
        self.click(name, "radio button")

    def write(self, name, text):
        node = self.wait_for(lambda: self.find(name, "text"), f"entry “{name}”")
        node.get_editable_text_iface().set_text_contents(text)

    def write_amount(self, amount):
        """On the page Record, in the popover that says how it is recorded."""
        name = "How much to record"
        self.click(self.wait_for_text("How it is recorded: ").get_name(), "toggle button")
        self.write_number(name, amount)
        self.press("Escape")
        self.wait_for(lambda: not self.find(name, "spin button"), "closed popover")

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

    def press(self, key, *held):
        """A key by its X name or a letter, to what has the focus, while others (CONTROL, ...) are held."""
        kind = self.atspi.KeySynthType
        for code in held:
            self.atspi.generate_keyboard_event(code, None, kind.PRESS)
        if key == "Tab":  # with shift it is another key's symbol
            self.atspi.generate_keyboard_event(TAB, None, kind.PRESSRELEASE)
        else:
            self.atspi.generate_keyboard_event(KEYS.get(key) or ord(key), None, kind.SYM)
        for code in reversed(held):
            self.atspi.generate_keyboard_event(code, None, kind.RELEASE)
        time.sleep(PRESSED_S)

    def type_text(self, text):
        """Letter by letter, to what has the focus."""
        for letter in text:
            self.atspi.generate_keyboard_event(ord(letter), None, self.atspi.KeySynthType.SYM)

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
                 if any(fault in line for fault in ("CRITICAL", "WARNING", "Sanitizer", "runtime error"))
                 and "unable to send notifications" not in line]  # a test's display has nobody to show them
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
        "Delete": 0xFFFF, "Escape": 0xFF1B, "Home": 0xFF50, "End": 0xFF57, "Page_Down": 0xFF56, "Menu": 0xFF67,
        "space": 0x20, "F2": 0xFFBF, "F10": 0xFFC7}


def run(claims, *closing):
    """The test_* functions of the program that was started, as /ui/CLAIMS/...; then closes its `window` and does what
    else there is to end. What to exit with."""
    import tap
    module = sys.modules["__main__"]
    try:
        return tap.run(module, f"/ui/{claims}")
    finally:
        for end in (module.window.close, *closing):
            end()


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
