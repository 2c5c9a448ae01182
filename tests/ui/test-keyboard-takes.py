#!/usr/bin/python3
"""From a project's name to ten takes, one deleted and brought back, one trimmed, one of another gesture: by keys alone.
And every control of the pages Record and Review is reached by Tab, in the order they stand in, and seen to be: TAP."""
import sqlite3
import sys
import time

import contrast
import driver
import program
import walk

STOPS = walk.CONTROLS | {"chart", "list box"}
MANY = 60  # more than a page has to stop at
window = folder = None


def project():
    return window.home / "data/waggle/Keys.waggle"


def ask(question, *words):
    connection = sqlite3.connect(project())
    rows = connection.execute(question, words).fetchall()
    connection.close()
    return rows


def n_takes(label):
    return ask("SELECT count(*) FROM takes WHERE label = ? AND NOT deleted", label)[0][0]


def focused():
    """What has the focus, the innermost; takes of the grid aside, which have it with the grid."""
    state = window.atspi.StateType
    nodes = [node for node in window.nodes() if walk.is_in(node, state.FOCUSED)
             and not (node.get_name() or "").startswith("Take ") and node.get_role_name() in STOPS]
    return nodes[-1] if nodes else None


def focused_name():
    node = focused()
    return node.get_name() if node else None


def tab():
    """The next stop; None: the focus went nowhere that is known."""
    window.press("Tab")
    time.sleep(0.15)
    return focused()


def tab_to(start):
    for _ in range(MANY):
        if (focused_name() or "").startswith(start):
            return
        tab()
    raise AssertionError(f"Tab does not reach “{start}”")


def text_of(name):
    node = window.find(name, "text")
    return window.atspi.Text.get_text(node, 0, -1) if node else None


def test_a_project_is_named_and_made():
    window.wait_for(lambda: focused_name() == "Name of the project", "focus on the name")
    window.press("a", driver.CONTROL)
    window.type_text("Keys")
    window.wait_for(lambda: text_of("Name of the project") == "Keys", "the name as it was typed")
    window.press("Return")
    window.wait_for(lambda: window.find("Record", "radio button"), "the pages")
    assert project().exists()
    window.wait_for_text("Watch: Bangle.js 2")


def test_ten_takes_are_recorded():
    tab_to("Gesture name")
    window.press("a", driver.CONTROL)
    window.type_text("upup")
    window.wait_for(lambda: text_of("Gesture name") == "upup", "the gesture as it was typed")
    window.press("Return")
    window.wait_for(lambda: window.find("Stop", "push button"), "the recording")
    window.wait_for_text("upup, 10 takes")
    window.wait_for(lambda: window.find("Record", "push button"), "its end")
    assert n_takes("upup") == 10


def test_one_is_deleted_and_comes_back():
    tab_to("Takes")
    window.press("Home")
    window.press("Right")
    window.press("Delete")
    window.wait_for_text("9 takes of upup")
    assert n_takes("upup") == 9
    window.press("z", driver.CONTROL)
    window.wait_for_text("10 takes of upup")
    window.wait_for(lambda: n_takes("upup") == 10, "the take in the file")


def choose_on_review():
    window.press("2", driver.ALT)
    window.wait_for(lambda: window.find("Takes over one another", "chart") or window.find("The chosen take", "chart"),
                    "page Review")
    window.wait_for(lambda: not window.find("checking…"), "end of the check, which may order the takes anew")
    tab_to("Takes")
    tab_past_view("Takes")
    window.press("Home")
    window.press("Right")
    window.wait_for(lambda: window.find("The chosen take", "chart"), "the take in full")


def tab_past_view(name):
    """The view has the name of its grid: on to the grid."""
    for _ in range(MANY):
        node = focused()
        if node and node.get_name() == name and node.get_role_name() == "list box":
            return
        tab()
    raise AssertionError(f"Tab does not reach the list “{name}”")


def lengths():
    return sorted((row["id"], row["n_samples"]) for row in program.good("--json", "list", project()).json["recordings"])


def test_one_is_trimmed():
    choose_on_review()
    before = lengths()
    tab_to("The chosen take")
    for _ in range(3):
        window.press("Right")
    window.press("Return")
    window.wait_for(lambda: lengths() != before, "a trimmed take")
    changed = [(old, new) for old, new in zip(before, lengths()) if old != new]
    assert len(changed) == 1 and changed[0][1][1] == changed[0][0][1] - 3, changed


def test_one_is_relabelled():
    choose_on_review()
    tab_to("Relabel")
    window.press("space")
    window.wait_for(lambda: window.find("Another gesture's name", "text"), "the names")
    tab_to("Another gesture's name")
    window.type_text("shake")
    window.wait_for(lambda: text_of("Another gesture's name") == "shake", "the name as it was typed")
    window.press("Return")
    window.wait_for(lambda: n_takes("shake") == 1, "the take under its new name")
    assert n_takes("upup") == 9


def identity(node):
    return node.get_role_name(), node.get_name(), walk.place(window, node)


def go_round():
    """Each stop of Tab with its place and a picture, until the first comes again."""
    stops, pictures = [], []
    n_combos = len([node for node in window.nodes() if node.get_role_name() == "combo box"])
    tab()
    for _ in range(MANY):
        node = focused()
        if not node:  # GTK tells of no focus within a combo box
            assert n_combos > 0, f"the focus is lost behind {stops[-1:]}"
            n_combos -= 1
            tab()
            continue
        found = identity(node)
        if stops and found == stops[0]:
            return stops, pictures
        assert found not in stops, f"Tab turns in a circle from {found}: {stops}"
        window.photograph(folder / "stop.png")
        stops.append(found)
        pictures.append(contrast.Picture(folder / "stop.png"))
        tab()
    raise AssertionError(f"Tab comes to no end: {stops}")


def can_be_reached():
    """What a person uses and Tab must come to: one of the buttons of which one is chosen is enough."""
    state = window.atspi.StateType
    nodes = [node for node in walk.controls(window) if walk.is_ours(node) and walk.is_in(node, state.FOCUSABLE)
             and walk.is_in(node, state.SENSITIVE)
             and node.get_role_name() in ("push button", "toggle button", "check box", "text", "spin button")]
    return {(node.get_role_name(), node.get_name()) for node in nodes if node.get_name()}


def rim(picture, box):
    x, y, width, height = box
    return picture.colours(x - 3, y - 3, width + 6, height + 6)


def check_round(page):
    stops, pictures = go_round()
    missed = can_be_reached() - {stop[:2] for stop in stops}
    assert not missed, f"{page}: Tab does not come to {missed}; it comes to {[stop[1] for stop in stops]}"
    for i, (role, name, box) in enumerate(stops):
        other = pictures[(i + 2) % len(stops)]
        if name != "Live movement":  # which moves by itself
            assert rim(pictures[i], box) != rim(other, box), f"{page}: nothing shows that {role} “{name}” has the focus"
    inside = [stop for stop in stops if stop[2] and stop[2][0] > 250 and stop[2][1] > 110]  # right of the list, under the pages
    for before, after in zip(inside, inside[1:]):
        if inside.index(after) == 0:
            continue
        is_above = after[2][1] + after[2][3] <= before[2][1]
        assert not is_above, f"{page}: Tab goes up from “{before[1]}” to “{after[1]}”"


def test_tab_goes_round_the_page_record():
    window.press("1", driver.ALT)
    window.wait_for(lambda: window.find("Gesture name", "text"), "page Record")
    time.sleep(0.5)
    check_round("Record")


def test_tab_goes_round_the_page_review():
    choose_on_review()
    check_round("Review")


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global folder, window
    driver.enter()
    folder = program.folder()
    window = driver.Window("--watch", f"virtual:{folder / 'watch'}?speed=8")
    return driver.run("keyboard-takes")


if __name__ == "__main__":
    sys.exit(main())
