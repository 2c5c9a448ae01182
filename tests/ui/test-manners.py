#!/usr/bin/python3
"""The manners of the window on a desktop: awake while it works, word of an end, keys, preferences, what is kept."""
import json
import pathlib
import subprocess
import sys
import threading

import driver
import program

LOGOUT, SUSPEND = 1, 4  # as org.gnome.SessionManager counts them
window = desktop = folder = None


class Desktop:
    """The stand-in, and the calls that came to it."""

    def __init__(self):
        self.calls = []
        self.process = subprocess.Popen(["/usr/bin/python3", pathlib.Path(__file__).parent / "desktop.py"], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert json.loads(self.process.stdout.readline())["call"] == "ready"
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.calls.append(json.loads(line))

    def find(self, call, **facts):
        return [one for one in self.calls if one["call"] == call and all(one.get(key) == value for key, value in facts.items())]

    def click(self, number):
        self.process.stdin.write(f"click {number}\n")
        self.process.stdin.flush()

    def close(self):
        self.process.stdin.close()
        self.process.wait(20)


def start(**more):
    return driver.Window(folder / "gestures.waggle", "--watch", f"virtual:{folder / 'watch'}?speed=8", **more)


def has(node, state):
    return node.get_state_set().contains(getattr(window.atspi.StateType, state))


def is_on(page):
    return has(window.find(page, "radio button"), "CHECKED")


def size():
    frame = [node for node in window.nodes() if node.get_role_name() == "frame"][0]
    extents = frame.get_extents(window.atspi.CoordType.SCREEN)
    return extents.width, extents.height


def close():
    """As a person does: nothing is lost by it."""
    window.press("w", driver.CONTROL)
    window.process.wait(20)


def record(label, n):
    window.write("Gesture name", label)
    window.write_amount(n)
    window.click("Record")


def wait_for_given_back():
    """Every cookie that was asked for is released, once."""
    window.wait_for(lambda: sorted(c["cookie"] for c in desktop.find("Inhibit")) ==
                    sorted(c["cookie"] for c in desktop.find("Uninhibit")), f"cookies given back: {desktop.calls}")


def test_a_recording_keeps_the_computer_awake_until_its_end():
    window.wait_for_text("Watch: Bangle.js 2")
    assert not desktop.find("Inhibit")
    record("upup", 10)
    asked = window.wait_for(lambda: desktop.find("Inhibit"), "a request to stay awake")
    assert len(asked) == 1 and asked[0]["flags"] == LOGOUT | SUSPEND, asked
    assert asked[0]["reason"] == "A recording is under way." and asked[0]["app"] == "org.waggle.Waggle", asked
    assert not desktop.find("Uninhibit")
    window.wait_for_text("upup, 10 takes")
    wait_for_given_back()


def test_only_a_deletion_offers_its_undo_in_a_message():
    """Though the history has the recording too."""
    assert len([node for node in window.nodes() if node.get_name() == "Undo"]) == 1, window.texts()


def test_no_word_is_sent_to_who_is_there():
    assert not desktop.find("Notify"), desktop.calls


def test_word_is_sent_of_long_work_whose_window_is_not_in_use_and_leads_to_it():
    window.wait_for(lambda: window.find("Record", "push button"), "button Record")
    record("snap", 20)  # as many as last until another window has the keyboard
    window.wait_for(lambda: [t for t in window.texts() if t.startswith("Take ") and " of 20" in t], "a take under way")
    window.go("Review")
    other = subprocess.Popen(["/usr/bin/python3", pathlib.Path(__file__).parent / "other-window.py"])
    try:
        sent = window.wait_for(lambda: desktop.find("Notify"), "a notification")
        assert len(sent) == 1 and sent[0]["title"] == "The recording has ended." and sent[0]["body"] == "gestures", sent
        assert is_on("Review")
        desktop.click(sent[0]["number"])
        window.wait_for(lambda: is_on("Record"), "the page of the recording")
    finally:
        other.kill()
        other.wait()
    wait_for_given_back()


def test_a_training_keeps_the_session_but_not_the_computer_awake():
    n = len(desktop.find("Inhibit"))
    window.go("Train")
    window.click("Train")
    asked = window.wait_for(lambda: desktop.find("Inhibit")[n:], "a request")
    assert all(call["flags"] == LOGOUT for call in asked), asked
    window.wait_for(lambda: window.find("See What It Mixes Up"), "trained model")
    wait_for_given_back()


def test_a_deployment_keeps_the_computer_awake():
    n = len(desktop.find("Inhibit"))
    window.go("Deploy")
    window.click("Deploy")
    window.wait_for_text("✓ The watch itself answers")
    assert [call for call in desktop.find("Inhibit")[n:] if call["flags"] == LOGOUT | SUSPEND], desktop.calls
    wait_for_given_back()


def test_keys_lead_to_pages_and_projects():
    for number, page in enumerate(("Record", "Review", "Train", "Evaluate", "Deploy", "Try"), 1):
        window.press(str(number), driver.ALT)
        window.wait_for(lambda name=page: is_on(name), f"page {page}")
    window.press("Home", driver.ALT)
    window.wait_for(lambda: window.find("Name of the project", "text"), "the projects")
    window.press("Left", driver.ALT)
    window.wait_for(lambda: window.find("Train", "radio button"), "the project")


def test_a_key_does_what_the_page_is_for():
    window.press("3", driver.ALT)
    window.wait_for(lambda: is_on("Train"), "page Train")
    n = len(desktop.find("Inhibit"))
    window.press("Return", driver.CONTROL)
    window.wait_for(lambda: desktop.find("Inhibit", reason="Training is under way.")[1:] and desktop.find("Inhibit")[n:],
                    "a second training")
    wait_for_given_back()


def test_keys_record_and_stop():
    window.press("r", driver.CONTROL)
    window.wait_for(lambda: is_on("Record") and window.find("Stop", "push button"), "a recording")
    window.wait_for_text("Take ")
    window.press("r", driver.CONTROL)
    window.wait_for(lambda: window.find("Record", "push button"), "its end")


def test_keys_open_the_menu_and_the_watch():
    def menu_item():
        return [node for node in window.nodes() if "Preferences" in (node.get_name() or "")]

    window.press("F10")
    window.wait_for(menu_item, "the menu")
    window.press("Escape")
    window.wait_for(lambda: not menu_item(), "closed menu")
    window.press("k", driver.CONTROL)
    window.wait_for(window.is_popover_open, "the watch's popover")
    window.press("Escape")
    window.wait_for(lambda: not window.is_popover_open(), "closed popover")


def test_takes_are_chosen_and_deleted_by_keys_and_the_message_undoes_it():
    window.press("2", driver.ALT)
    window.wait_for(lambda: is_on("Review"), "page Review")
    label = [text for text in window.texts() if " takes of " in text][0]
    takes = window.wait_for(lambda: [node for node in window.nodes() if node.get_role_name() == "list item" and
                                     "take" in node.get_name().lower() and has(node, "FOCUSABLE")], "takes")
    takes[-1].get_component_iface().grab_focus()
    window.press("a", driver.CONTROL)
    window.wait_for_text("20 chosen takes over one another.")
    window.press("Delete")
    window.wait_for_text("0 takes of ")
    buttons = window.wait_for(lambda: [node for node in window.nodes() if node.get_name() == "Undo" and
                                       node.get_role_name() == "push button"], "buttons Undo")
    assert len(buttons) == 2, buttons  # in the header bar, and in the message
    buttons[-1].get_action_iface().do_action(0)
    window.wait_for_text(label)
    window.wait_for(lambda: len([node for node in window.nodes() if node.get_name() == "Undo"]) == 1, "no message any more")


def test_preferences_are_kept_and_do_what_they_say():
    global window
    window.press(",", driver.CONTROL)
    window.wait_for(lambda: window.find("Open the project of last time", "check box"), "the preferences")
    window.go("Review")  # they stand in nobody's way
    window.click("Open the project of last time", "check box")
    window.wait_for(lambda: has(window.find("Open the project of last time", "check box"), "CHECKED"), "the choice")
    window.close()
    window = driver.Window("--watch", f"virtual:{folder / 'watch'}?speed=8", home=window.home)
    window.wait_for(lambda: is_on("Review"), "the project of last time, on its page")


def test_size_and_page_are_kept():
    global window
    before = size()
    window.go("Train")
    frame = [node for node in window.nodes() if node.get_role_name() == "frame"][0]
    assert frame.get_component_iface().set_size(before[0] + 6, before[1] + 4)
    window.wait_for(lambda: size() != before, "another size")
    chosen = size()
    close()
    window = start(home=window.home)
    window.wait_for(lambda: is_on("Train"), "the page of last time")
    window.wait_for(lambda: size() == chosen, f"its size {chosen}, not {size()}")


def test_all_works_without_the_schema():
    bare = folder / "bare/src/ui"
    bare.mkdir(parents=True)
    program = bare / "waggle"
    program.write_bytes((driver.BUILD / "src/ui/waggle").read_bytes())
    program.chmod(0o755)
    done = subprocess.run([program, "--help"], check=False, capture_output=True, timeout=60)
    assert done.returncode == 0, done
    share = folder / "share"  # as on a computer where it was never installed
    share.mkdir()
    for name in ("mime", "icons", "themes", "fonts"):
        (share / name).symlink_to(f"/usr/share/{name}")
    one = driver.Window(folder / "bare.waggle", "--watch", f"virtual:{folder / 'watch3'}?speed=8", program=program,
                        environment={"GSETTINGS_SCHEMA_DIR": str(folder), "XDG_DATA_DIRS": str(share),
                                     "WAGGLE_WATCH": str(driver.BUILD / "src/virtual-watch/waggle-watch")})
    try:
        one.wait_for_text("Watch: Bangle.js 2")
        one.activate("preferences")
        box = one.wait_for(lambda: one.find("Tell me when long work has ended", "check box"), "the preferences")
        assert not box.get_state_set().contains(one.atspi.StateType.SENSITIVE)
        assert "nothing is kept" in one.errors(), one.errors()
        one.check_errors()
    finally:
        one.close()


def test_preferences_say_with_what_recording_and_training_begin():
    one = driver.Window("--sample", "--watch", f"virtual:{folder / 'watch4'}?speed=8")
    try:
        one.activate("preferences")
        one.write_number("Seconds that are counted down", 5)
        one.wait_for(lambda: one.find("Network to begin with", "combo box"), "the networks").get_selection_iface().select_child(3)
        one.go("Train")
        page = one.wait_for(lambda: one.find("Network", "combo box"), "the page's networks")
        one.wait_for(lambda: page.get_selection_iface().is_child_selected(3), "the network on the page")
        one.close()
        one = driver.Window("--sample", "--watch", f"virtual:{folder / 'watch4'}?speed=8", home=one.home)
        one.wait_for_text("Watch: Bangle.js 2")
        one.go("Record")
        one.write("Gesture name", "upup")
        one.click("Record")
        one.wait_for(lambda: "5" in one.texts(), "a count from five")
        one.click("Stop")
        one.check_errors()
    finally:
        one.close()


def test_stands_mirrored_where_one_writes_from_the_right():
    mirrored = driver.Window(folder / "mirrored.waggle", environment={"WAGGLE_DIRECTION": "rtl"})
    try:
        names = ("Record", "Review", "Train", "Evaluate", "Deploy", "Try")
        places = [mirrored.find(name, "radio button").get_extents(mirrored.atspi.CoordType.SCREEN).x for name in names]
        assert places == sorted(places, reverse=True), places
        menu = mirrored.find("Menu", "toggle button").get_extents(mirrored.atspi.CoordType.SCREEN).x
        home = mirrored.find("Projects", "push button").get_extents(mirrored.atspi.CoordType.SCREEN).x
        assert menu < home, (menu, home)
    finally:
        mirrored.close()


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global window, desktop, folder
    driver.enter()
    folder = program.folder()
    desktop = Desktop()
    window = start()
    return driver.run("manners", desktop.close)


if __name__ == "__main__":
    sys.exit(main())
