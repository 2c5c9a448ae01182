#!/usr/bin/python3
"""What the window shows beside its pages, under a catalogue that has every text in brackets: the start, the tour,
preferences, menus, popovers, faults, and what stands there after a deployment and an answer. Speaks TAP."""
import pathlib
import tempfile
import time

import driver

driver.enter()  # below runs on a display of its own
import foreign  # noqa: E402
import pseudo  # noqa: E402
import walk  # noqa: E402

folder = pathlib.Path(tempfile.mkdtemp(prefix="waggle-pseudo-"))
pseudo.make(folder / "po", "xx")
found, n_seen = {}, 0


def look(window, state):
    """Reads every name and description that shows, tooltips too where a screen reader is told them."""
    global n_seen
    time.sleep(walk.SETTLED_S)
    for node in list(window.nodes()):
        try:
            role, texts = node.get_role_name(), (node.get_name() or "", node.get_description() or "")
        except window.glib.Error:
            continue  # it went away meanwhile
        if role in foreign.ROLES and walk.is_ours(node):
            n_seen += 1
            for text in filter(foreign.is_foreign, texts):
                found.setdefault(text[:160], f"{state}: {role}")
    print(f"# looked at {state}")


def open_window(*arguments, **options):
    return driver.Window(*arguments, language="xx", catalogues=folder / "po", **options)


def toggles(window):
    """Every button that opens a menu or popover."""
    state = window.atspi.StateType
    return [node for node in window.nodes() if node.get_role_name() == "toggle button" and
            node.get_state_set().contains(state.SENSITIVE) and not node.get_state_set().contains(state.CHECKED)]


def open_all(window, page, seen):
    """What stands on several pages is opened once."""
    for _ in range(12):
        new = [node for node in toggles(window) if node.get_name() not in seen]
        if not new:
            return
        name = new[0].get_name()
        seen.add(name)
        new[0].get_action_iface().do_action(0)
        look(window, f"{page}, {name}")
        window.press("Escape")
        time.sleep(walk.SETTLED_S)


def see_the_start():
    window = open_window(is_first=True)
    try:
        look(window, "start")
        window.activate("open-sample")
        window.wait_for(lambda: window.find("Record", "radio button"), "the sample")
        for hint in range(6):
            look(window, f"tour, {hint}")
            if not window.find("Next"):
                break
            window.click("Next")
    finally:
        window.close()


def see_faults(window):
    from gi.repository import GLib
    damaged = folder / "damaged.tflite"
    damaged.write_bytes(b"TFL3 and no more")
    window.activate("open-model", GLib.Variant("ay", str(damaged).encode() + b"\0"))
    look(window, "damaged model")


def see_the_rest():
    seen = set()
    window = open_window("--sample", "--watch", f"virtual:{folder}/watch?speed=4")
    try:
        window.wait_for(lambda: any("1299" in text for text in window.texts()), "sample recordings")
        for action in ("preferences", "menu", "watch"):
            window.activate(action)
            look(window, action)
            window.press("Escape")
        see_faults(window)
        window.go("Train")
        window.click("Train")
        look(window, "training")
        window.wait_for(lambda: window.find("See What It Mixes Up"), "trained model")
        window.go("Deploy")
        window.wait_for(lambda: window.find("Deploy", "push button"), "button")
        window.click("Deploy")
        look(window, "deploying")
        window.wait_for(lambda: window.find("Try It"), "deployed model")
        look(window, "deployed")
        open_all(window, "Deploy", seen)
        window.click("Try It")
        look(window, "listening")
        window.wait_for_text("Perform ").get_action_iface().do_action(0)
        time.sleep(3)
        look(window, "an answer")
        for page in ("Record", "Review", "Evaluate", "Try"):
            window.go(page)
            open_all(window, page, seen)
        window.check_errors()
    finally:
        window.close()


def main():
    see_the_start()
    see_the_rest()
    print("1..2")
    for text, where in found.items():
        print(f"# {where}: {text}")
    print(f"{'not ok' if found else 'ok'} 1 /ui/pseudo-states/every-text-can-be-translated")
    print(f"{'ok' if n_seen > 500 else 'not ok'} 2 /ui/pseudo-states/texts-were-seen ({n_seen})")


main()
