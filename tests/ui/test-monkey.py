#!/usr/bin/python3
"""A monkey at the window: random clicks, keys, values and texts by AT-SPI, seeded. The program must not crash, warn of
anything critical, or leak, and what it keeps must open again: speaks TAP. WAGGLE_MONKEY_S: for how long; WAGGLE_MONKEY_SEED."""
import os
import pathlib
import random
import re
import signal
import subprocess
import tempfile
import time

import driver
import walk

A_LIFE_S = 300  # then it is closed and opened again
SECONDS = float(os.environ.get("WAGGLE_MONKEY_S", "20"))
driver.PATIENCE_S = 600  # stacks are unwound slowly, so that a leak tells whose it is
SEED = int(os.environ.get("WAGGLE_MONKEY_SEED", "1"))
KEYS = ["Tab", "Tab", "Tab", "Return", "Escape", "Left", "Up", "Right", "Down", "Delete", "Home", "End", "space", "F10",
        "Page_Up", "Page_Down", "Menu"]
CHORDS = [("Control_L", "z"), ("Control_L", "y"), ("Control_L", "r"), ("Control_L", "a"), ("Control_L", "k"),
          ("Control_L", "n"), ("Alt_L", "1"), ("Alt_L", "2"), ("Alt_L", "3"), ("Alt_L", "4"), ("Alt_L", "5"),
          ("Alt_L", "6"), ("Alt_L", "Home"), ("Shift_L", "Tab"), ("Shift_L", "Right"), ("Shift_L", "F10")]
WORDS = ["flick", "a", "", "swipe left", "été 手首", "x" * 200, "0", "-1", "1e9", "../..", "<b>bold</b>", "%s%n", "\u202eabc"]
# what a suppression list may name: what these keep for their whole life is not ours to free
SUPPRESSED = [line.partition(":")[2] for line in
              (driver.SOURCE / "tests" / "ui" / "leaks-of-others").read_text(encoding="utf-8").splitlines()
              if line.startswith("leak:")]
# GTK says this of its own combo box where a screen reader opens it
OF_GTK = ["through org.freedesktop.Notifications", "no trigger event for menu popup"]
PLUMBING = re.compile(r"lib(asan|ubsan|c|glib-2\.0|gobject-2\.0|gio-2\.0|gmodule-2\.0|gdk_pixbuf-2\.0|ffi)\b|sanitizer|interceptor|"
                      r" elf/dl-|/ld-linux")


class Monkey:
    """Does one thing after the other, as its dice say."""

    def __init__(self, window, dice):
        self.window, self.dice, self.done = window, dice, []

    def note(self, what):
        self.done.append(what)
        del self.done[:-30]

    def press(self, *keys):
        self.note("press " + "+".join(keys))
        subprocess.run(["xdotool", "key", "+".join(keys)], check=False, stderr=subprocess.DEVNULL)

    def click_anywhere(self):
        x, y = self.dice.randrange(1100), self.dice.randrange(46, 700)  # not where the window is closed
        button = self.dice.choice(["1", "1", "1", "3", "4", "5"])
        self.note(f"click {button} at {x},{y}")
        subprocess.run(["xdotool", "mousemove", str(x + driver.BORDER), str(y + driver.BORDER), "click", button],
                       check=False, stderr=subprocess.DEVNULL)

    def climb(self):
        """Down the tree of what shows, a branch at a time by dice; None: there is no control at its end."""
        state = self.window.atspi.StateType
        node = self.window.application()
        while node and node.get_role_name() not in walk.CONTROLS:
            children = [node.get_child_at_index(i) for i in range(min(node.get_child_count(), 60))]
            children = [child for child in children if child and walk.is_in(child, state.SHOWING)]
            node = self.dice.choice(children) if children else None
        if not node or not walk.is_in(node, state.SENSITIVE) or not walk.is_ours(node):
            return None
        return node

    def use(self):
        """A control that shows, by what it says it can do."""
        node = self.climb()
        if not node:
            return self.press("Tab")
        role, name = node.get_role_name(), node.get_name()
        if name in ("Quit", "Close"):
            return None
        self.note(f"use {role} “{name}”")
        if role in ("text", "entry") and node.get_editable_text_iface():
            return node.get_editable_text_iface().set_text_contents(self.dice.choice(WORDS))
        if role in ("spin button", "slider") and node.get_value_iface():
            value = node.get_value_iface()
            return value.set_current_value(self.dice.uniform(value.get_minimum_value(), value.get_maximum_value()))
        if node.get_action_iface() and node.get_action_iface().get_n_actions():
            return node.get_action_iface().do_action(0)
        if node.get_component_iface():
            node.get_component_iface().grab_focus()
        return None

    def leave_dialogs(self):
        """Files are chosen by others' code, and anywhere on this machine."""
        application = self.window.application()
        roles = [application.get_child_at_index(i).get_role_name() for i in range(application.get_child_count())]
        if "file chooser" in roles or "dialog" in roles:
            self.press("Escape")

    def step(self):
        kind = self.dice.random()
        if kind < 0.55:
            self.use()
        elif kind < 0.75:
            self.press(self.dice.choice(KEYS))
        elif kind < 0.85:
            self.press(*self.dice.choice(CHORDS))
        elif kind < 0.95:
            self.click_anywhere()
        else:
            self.window.find(self.dice.choice(walk.PAGES), "radio button").get_action_iface().do_action(0)


def leaks_of_ours(report):
    """Blocks of LeakSanitizer's report whose first frame beyond the plumbing is there, and not of a library that is
    suppressed. What hangs on another leak goes with it, unless all of them hang on one another."""
    blocks = [block for block in re.split(r"\n\s*\n", report) if "leak of" in block]
    found = []
    for block in [block for block in blocks if "Direct leak of" in block] or blocks:
        telling = [frame for frame in re.findall(r"#\d+ 0x[0-9a-f]+ (.*)", block) if not PLUMBING.search(frame)]
        if telling and not any(name in telling[0] for name in SUPPRESSED):
            found.append(block)
    return found


def is_of_others(errors):
    """Whether a critical warning ended the program in which no function of ours had a part but the main loop's: GTK asks
    after widgets that have gone when the accessibility bus looks at what it knew."""
    trap = errors.partition("AddressSanitizer: TRAP")[2]
    ours = [file for file in re.findall(r"#\d+ 0x[0-9a-f]+ in \S+ \S*/src/(\S+?):\d+", trap) if file != "ui/main.c"]
    return bool(trap) and not ours


def make_project(path):
    """A few takes of several gestures, so that it starts soon."""
    cli = driver.BUILD / "src" / "cli" / "waggle-cli"
    recordings = driver.SOURCE / "data" / "recordings" / "bangle-gestures" / "james-v2"
    subprocess.run([cli, "new", path], check=True, stdout=subprocess.DEVNULL)
    for file in sorted(recordings.iterdir())[:4]:
        subprocess.run([cli, "import", path, file, "--person", "james"], check=True, stdout=subprocess.DEVNULL)


def start(folder):
    project = folder / "monkey.waggle"
    if not project.exists():
        make_project(project)
    return driver.Window(project, "--watch", f"virtual:{folder}/watch?speed=4", home=folder, environment={
        # a critical warning ends it, and tells by whose functions it came about
        "G_DEBUG": "fatal-criticals",
        "ASAN_OPTIONS": "detect_leaks=1:fast_unwind_on_malloc=0:malloc_context_size=10:abort_on_error=0:handle_sigtrap=1",
        "LSAN_OPTIONS": "suppressions=:exitcode=23", "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
        "HOME": str(folder), "G_SLICE": "always-malloc"})


def finish(window):
    """Closes it as a person does, who is asked whether to stop what is under way; gives its exit status."""
    for _ in range(60):
        subprocess.run(["xdotool", "key", "Escape", "key", "ctrl+q"], check=False, stderr=subprocess.DEVNULL)
        try:
            return window.process.wait(5)
        except subprocess.TimeoutExpired:
            node = window.find("Close All the Same", "push button")
            if node and node.get_action_iface():
                node.get_action_iface().do_action(0)
    window.process.send_signal(signal.SIGABRT)  # so that it says where it hangs
    return window.process.wait()


def main():
    driver.enter()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="waggle-monkey-"))
    dice = random.Random(SEED)
    faults = {"does-not-crash": [], "says-nothing-critical": [], "leaks-nothing": [], "loses-nothing": []}
    n_steps = n_starts = 0
    of_others = []
    left_s = SECONDS
    while left_s > 0:
        window = start(folder)
        n_starts += 1
        monkey = Monkey(window, dice)
        begun = time.monotonic()
        while time.monotonic() < begun + min(left_s, A_LIFE_S) and window.process.poll() is None:
            try:
                monkey.leave_dialogs()
                monkey.step()
            except (window.glib.Error, AttributeError, RuntimeError):
                continue  # what it reached for went away
            n_steps += 1
        left_s -= time.monotonic() - begun
        status = window.process.poll()
        if status is None:
            status = finish(window)
        errors = window.errors()
        if status == 23 and is_of_others(errors):
            of_others += [line for line in errors.splitlines() if "CRITICAL" in line]
            continue
        if status not in (0, 23) or "ERROR: AddressSanitizer" in errors or "runtime error" in errors:
            faults["does-not-crash"].append(f"status {status} after {monkey.done}\n{errors[-6000:]}")
        faults["says-nothing-critical"] += [line for line in errors.splitlines() if re.search("CRITICAL|WARNING", line)
                                            and not any(words in line for words in OF_GTK)]
        faults["leaks-nothing"] += leaks_of_ours(errors)
    print(f"# seed {SEED}: {n_steps} steps in {n_starts} starts")
    for line in of_others:
        print(f"# of others: {line}")
    print(f"1..{len(faults)}")
    cli = driver.BUILD / "src" / "cli" / "waggle-cli"
    for project in sorted(folder.rglob("*.waggle")):
        done = subprocess.run([cli, "info", project], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            faults["loses-nothing"].append(f"{project}: {done.stderr}")
    for number, (claim, found) in enumerate(faults.items(), 1):
        for text in found[:20]:
            print("\n".join(f"# {line}" for line in text.splitlines()))
        print(f"{'not ok' if found else 'ok'} {number} /ui/monkey/{claim}")


main()
