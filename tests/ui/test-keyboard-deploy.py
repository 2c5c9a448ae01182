#!/usr/bin/python3
"""The pages Deploy and Try and the watch's popover by keys alone: what has the focus is in sight, and Tab comes by all."""
import json
import sys
import time

import driver
import program
import walk

MOST_STEPS = 60  # more than there is to focus on any page
WIDTH, HEIGHT = 1100, 700
window = folder = None


def read_record():
    try:
        return json.loads((folder / "watch" / "waggle.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None  # the watch is at it


def record():
    """What the watch has in use."""
    return window.wait_for(read_record, "what the watch has in use")


def focused():
    """The innermost one."""
    state = window.atspi.StateType.FOCUSED
    nodes = [node for node in window.nodes() if node.get_state_set().contains(state)]
    return nodes[-1] if nodes else None


def is_at(name):
    node = focused()
    while node:
        if (node.get_name() or "").startswith(name):
            return True
        if node.get_role_name() not in ("toggle button", "text"):  # within a combo box, or a spin button
            return False
        node = node.get_parent()
    return False


def check_in_sight(node):
    box = walk.shown_place(window, node)
    assert box, f"out of sight: {window.path(node)}"
    left, top, width, height = box
    assert left >= -driver.BORDER and top >= -driver.BORDER and left < WIDTH and top < HEIGHT, (box, window.path(node))


def tab_to(name, *held):
    """Tab until that has the focus; all on the way is in sight."""
    seen = []
    for _ in range(MOST_STEPS):
        if is_at(name):
            time.sleep(walk.SETTLED_S)  # scrolled to
            check_in_sight(focused())
            return
        window.press("Tab", *held)
        node = focused()
        seen.append(window.path(node) if node else "nothing")
    raise AssertionError(f"Tab never comes to “{name}”: {seen}")


def go(number, page):
    window.press(number, driver.ALT)
    window.wait_for(lambda: window.find(page, "radio button").get_state_set().contains(window.atspi.StateType.CHECKED), page)


def listening():
    window.wait_for_text("Listening")


def n_heard():
    return len([node for node in window.nodes() if (node.get_name() or "").startswith("The watch said")])


def n_takes(label):
    return program.good("--json", "info", folder / "p.waggle").json["labels"][label]


def test_connects_the_watch_in_the_popover():
    window.wait_for_text("Watch: ")
    window.press("k", driver.CONTROL)
    window.wait_for(window.is_popover_open, "the popover")
    tab_to("Address of the watch")
    window.type_text(f"virtual:{folder / 'watch'}?speed=4")
    window.wait_for(lambda: window.find("Address of the watch", "text").get_text_iface().get_text(0, -1).startswith("virtual:"),
                    "the address")
    window.press("Return")
    window.wait_for(lambda: not window.is_popover_open(), "closed popover")
    window.wait_for_text("Watch: Bangle.js 2")


def test_chooses_what_the_watch_does_and_deploys():
    go("5", "Deploy")
    window.wait_for_text("✓ Storage")
    tab_to("Also while the watch shows its clock")
    window.press("Tab")  # GTK tells nobody that a combo box has the focus: what it does shows that it had
    window.press("space")
    time.sleep(walk.SETTLED_S)
    window.press("Down")
    window.press("Down")
    window.press("Return")
    window.wait_for(lambda: [text for text in window.texts() if text.startswith("Keys and media keys go to")], "word of keys")
    tab_to("Deploy", driver.SHIFT)
    while focused().get_role_name() != "push button":  # the page's name is that of its button
        window.press("Tab")
        tab_to("Deploy")
    window.press("space")
    window.wait_for_text("✓ Verified, self-test 20 of 20")
    assert record()["actions"][record()["names"].index("clap2")] == ["m", 1], record()


def test_tries_it_and_hears_a_gesture():
    window.wait_for(lambda: is_at("Try It"), "the next thing with the focus")
    window.press("Return")
    listening()
    tab_to("Perform waggle")
    window.press("space")
    window.wait_for(lambda: n_heard() == 1, "an answer")


def test_marks_an_answer_wrong_and_names_it():
    before = n_takes("upup")
    tab_to("That Was Wrong")
    window.press("space")
    window.wait_for(lambda: window.find("Another gesture's name", "text"), "the question")
    tab_to("Another gesture's name")
    window.type_text("upup")
    window.press("Return")
    window.wait_for(lambda: n_takes("upup") == before + 1, "one more of that name")
    window.press("z", driver.CONTROL)
    window.wait_for(lambda: n_takes("upup") == before, "the takes as before")


def test_changes_the_threshold():
    before = record()["threshold"]
    tab_to("When It Answers")
    window.press("space")
    window.wait_for(lambda: window.find("Threshold", "slider"), "the threshold")
    tab_to("Threshold")
    for _ in range(3):
        window.press("Right")
    window.wait_for(lambda: record()["threshold"] > before, "a higher threshold on the watch")
    window.press("Escape")
    window.wait_for(lambda: not window.find("Threshold", "slider"), "closed popover")
    listening()


def test_tab_comes_round_on_each_page():
    for number, page in (("5", "Deploy"), ("6", "Try")):
        go(number, page)
        time.sleep(walk.SETTLED_S)
        tab_to("Watch: ")
        window.press("Tab")
        seen = []
        for _ in range(MOST_STEPS):
            node = focused()
            if is_at("Watch: "):
                break
            seen.append(window.path(node) if node else "a combo box")
            window.press("Tab")
        assert is_at("Watch: "), (page, seen)
        assert len(seen) > 8, (page, seen)


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global window, folder
    driver.enter()
    folder = program.folder()
    recordings = [f"conor-v2/{name}.txt" for name in ("up_up", "clap2", "wraggle")]
    window = driver.Window(program.trained(folder / "p.waggle", *recordings, words=("--epochs", 10)))
    return driver.run("keyboard-deploy")


if __name__ == "__main__":
    sys.exit(main())
