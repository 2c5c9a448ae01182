#!/usr/bin/python3
"""Every control of every page has a name, a role and a state, is large enough, and its text can be read: speaks TAP."""
import pathlib
import tempfile
import time

import contrast
import driver
import walk

LEAST_PX = 24  # WCAG 2.2, 2.5.8
LEAST_CONTRAST = 4.5  # WCAG 2.1, 1.4.3
N_LOOKS = 5
LEAST_SHOWN_PX = 14  # of a line at the edge of what scrolls: less holds no whole letter
UNNAMED = {"unknown", "invalid", "redundant object"}
WITH_TEXT = {"label", "push button", "toggle button", "radio button", "check box"}
FOCUSABLE = {"push button", "toggle button", "radio button", "check box", "spin button", "slider"}


class Faults(dict):
    """Claims and what was found against them."""

    def add(self, claim, view, text):
        self.setdefault(claim, {}).setdefault(text, view)

    def report(self, claims):
        print(f"1..{len(claims)}")
        for number, claim in enumerate(claims, 1):
            found = self.get(claim, {})
            for text, view in found.items():
                print(f"# {view}: {text}")
            print(f"{'not ok' if found else 'ok'} {number} /ui/access/{claim}")


def look_at_control(window, node, view, faults):
    state = window.atspi.StateType
    role, name = node.get_role_name(), node.get_name()
    where = window.path(node)
    box = walk.place(window, node)
    is_layout = role == "list item" and not walk.is_in(node, state.FOCUSABLE)
    if not name and not node.get_description() and not is_layout:
        faults.add("every-control-has-a-name", view, where)
    if role in UNNAMED:
        faults.add("every-control-has-a-role", view, where)
    if role in FOCUSABLE and walk.is_ours(node) and walk.is_in(node, state.SENSITIVE) and not walk.is_in(node, state.FOCUSABLE):
        faults.add("every-control-can-be-focused", view, where)
    # the button within a combo box, and the entry within a spin button, are as large as it
    if box and walk.is_ours(node) and role not in ("table cell", "menu item") and min(box[2:]) < LEAST_PX:
        faults.add("no-control-is-under-24-px", view, f"{box[2]} x {box[3]}: {where}")


def measure(window, node, folder):
    """The contrast of what is shown of its text; None: too little is."""
    path = folder / "view.png"
    window.photograph(path)
    return measure_in(window, node, contrast.Picture(path))


def measure_in(window, node, picture):
    box = walk.shown_place(window, node)
    if not box or box[1] + box[3] > picture.height or box[1] < 0 or box[3] < LEAST_SHOWN_PX:
        return None
    return contrast.of_text(picture, *box)


def look_at_text(window, node, view, picture, faults, folder):
    box = walk.shown_place(window, node)
    if not box or not node.get_name().strip() or not walk.is_in(node, window.atspi.StateType.SENSITIVE):
        return
    if box[0] < 0 or box[0] + box[2] > picture.width:
        faults.add("no-text-is-cut-off-at-a-side", view, f"{box}: {node.get_name()}")
    found = measure_in(window, node, picture)
    for _ in range(N_LOOKS):  # what fades in or has just been moved is not yet as it stays
        if found is None or found >= LEAST_CONTRAST:
            return
        time.sleep(walk.SETTLED_S)
        found = measure(window, node, folder)
    if found is not None and found < LEAST_CONTRAST:
        faults.add("text-has-a-contrast-of-4.5", view, f"{found:.2f}: {window.path(node)}")


def look(window, theme, faults, folder):
    for view in walk.views(window):
        shown = f"{view} ({theme})"
        path = folder / "view.png"
        window.photograph(path)
        picture = contrast.Picture(path)
        for node in list(window.nodes()):
            try:
                if node.get_role_name() in walk.CONTROLS:
                    look_at_control(window, node, shown, faults)
                if node.get_role_name() in WITH_TEXT and walk.is_ours(node):
                    look_at_text(window, node, shown, picture, faults, folder)
            except window.glib.Error:
                continue  # it went away meanwhile
        print(f"# looked at {shown}")


def open_trained(window):
    """The sample project with a model in it."""
    window.wait_for(lambda: window.find_starting("1299 takes"), "sample recordings")
    window.go("Train")
    window.click("Train")
    window.wait_for(lambda: window.find("See What It Mixes Up"), "trained model")


def main():
    driver.enter()
    faults = Faults()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="waggle-access-"))
    for theme in ("Adwaita", "Adwaita:dark"):
        window = driver.Window("--sample", "--watch", f"virtual:{folder}/watch?speed=4", theme=theme)
        try:
            window.wait_for_text("Watch: Bangle.js 2")
            open_trained(window)
            time.sleep(1)
            look(window, theme, faults, folder)
            window.check_errors()
        finally:
            window.close()
    faults.report(["every-control-has-a-name", "every-control-has-a-role", "every-control-can-be-focused",
                   "no-control-is-under-24-px", "no-text-is-cut-off-at-a-side", "text-has-a-contrast-of-4.5"])


main()
