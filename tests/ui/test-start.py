#!/usr/bin/python3
"""Where the program begins: projects are made, found again, missed, and never opened twice."""
import sqlite3
import subprocess
import sys

import driver
import program

NAME = "Name of the project"
LONG = "A project whose name says at length who made it, where, when, of what, for whom and why " + "x" * 40
HINTS = ("The watch", "The gesture", "Record", "Train", "Deploy")
window = None


def project(name):
    return window.home / "data/waggle" / f"{name}.waggle"


def has(node, state):
    return node.get_state_set().contains(getattr(window.atspi.StateType, state))


def rows():
    return [node for node in window.nodes() if node.get_role_name() == "list item" and "~" in node.get_name() or
            node.get_role_name() == "list item" and str(window.home) in node.get_name()]


def row(start):
    return window.wait_for(lambda: [node for node in rows() if node.get_name().startswith(start)], f"row “{start}”")[0]


def title():
    frame = [node for node in window.nodes() if node.get_role_name() == "frame"]
    return frame[0].get_name() if frame else ""


def wait_for_title(text):
    window.wait_for(lambda: title() == text, f"title “{text}”")


def go_to_start():
    window.activate("projects")
    window.wait_for(lambda: window.find(NAME, "text"), "the start page")


def n_recordings(path):
    connection = sqlite3.connect(path)
    n = connection.execute("SELECT count(*) FROM takes WHERE NOT deleted").fetchone()[0]
    connection.close()
    return n


def test_begins_with_a_name_and_one_button():
    entry = window.find(NAME, "text")
    assert window.atspi.Text.get_text(entry, 0, -1) == "My gestures"
    window.wait_for(lambda: has(window.find(NAME, "text"), "FOCUSED"), "the entry to have the focus")
    assert not window.find("Train", "radio button") and not window.find("Undo") and not window.find("Back")
    window.wait_for_text("None yet.")
    window.write(NAME, "   ")
    window.wait_for(lambda: not has(window.find("Create"), "SENSITIVE"), "button that waits for a name")


def test_a_name_and_one_click_make_a_project():
    window.write(NAME, "Circles / squares")
    window.click("Create")
    wait_for_title("Circles - squares")
    window.wait_for(lambda: window.find("Record", "radio button"), "the pages")
    assert project("Circles - squares").exists()


def test_the_tour_points_at_five_controls_and_is_left_once():
    for number, hint in enumerate(HINTS, 1):
        window.wait_for_text(f"{number} of 5")
        assert hint in window.texts(), window.texts()
        assert has(window.find("Train", "radio button"), "SENSITIVE")  # the rest goes on meanwhile
        window.click("Next" if number < 5 else "Done")
    window.wait_for(lambda: not window.find_starting("5 of 5"), "the end of the tour")


def test_the_tour_goes_on_where_the_person_does():
    window.activate("tour")
    window.wait_for_text("1 of 5")
    window.click("Next")
    window.wait_for_text("2 of 5")
    window.go("Review")
    window.wait_for_text("4 of 5")  # what is on the page Record is over
    window.click("Leave the tour")
    window.wait_for(lambda: not window.find_starting("4 of 5"), "the end of the tour")


def test_a_name_that_is_taken_gets_a_number_and_replaces_nothing():
    before = project("Circles - squares").stat().st_ino
    go_to_start()
    window.write(NAME, "Circles - squares")
    window.click("Create")
    wait_for_title("Circles - squares 2")
    assert project("Circles - squares").stat().st_ino == before


def test_the_projects_are_listed_the_newest_first():
    go_to_start()
    wait_for_title("Waggle")
    window.wait_for(lambda: len(rows()) == 2, "two rows")
    assert [node.get_name().split(",")[0] for node in rows()] == ["Circles - squares 2", "Circles - squares"]
    assert "nothing recorded yet" in rows()[0].get_name() and "opened today" in rows()[0].get_name()


def test_back_goes_to_the_project_that_is_open():
    window.click("Back")
    wait_for_title("Circles - squares 2")
    assert not window.find(NAME, "text")


def test_recording_goes_on_while_the_projects_show_and_none_is_opened():
    window.wait_for_text("Watch: Bangle.js 2")
    window.write("Gesture name", "upup")
    window.write_amount(20)  # as many as last until the next click
    window.click("Record")
    window.wait_for(lambda: [t for t in window.texts() if t.startswith("Take ") and " of 20" in t], "a take under way")
    go_to_start()
    row("Circles - squares,").get_component_iface().grab_focus()
    window.press("Return")
    window.wait_for_text("A recording is under way. Stop it, or wait for it.")
    window.wait_for(lambda: n_recordings(project("Circles - squares 2")) == 20, "twenty takes in the file")
    window.click("Back")
    window.wait_for_text("upup, 20 takes")


def test_a_row_says_how_much_is_in_a_project():
    window.wait_for(lambda: window.find("Record", "push button"), "button Record")
    go_to_start()
    window.wait_for(lambda: [node for node in rows() if "1 gesture, 20 takes" in node.get_name()], "its takes")


def test_what_lies_in_the_folder_is_listed_though_it_was_never_opened():
    subprocess.run([driver.BUILD / "src/cli/waggle-cli", "new", project("untitled")], check=True, capture_output=True)
    go_to_start()
    row("Untitled,")


def test_a_missing_one_says_so_and_is_removed():
    project("Circles - squares").rename(window.home / "elsewhere.waggle")
    go_to_start()
    missing = row("Circles - squares,")
    assert "It is not there any more." in missing.get_name()
    window.click("Remove Circles - squares from the list")
    window.wait_for(lambda: not [node for node in rows() if node.get_name().startswith("Circles - squares,")], "row gone")
    go_to_start()
    window.wait_for(lambda: len(rows()) == 2, "two rows")


def test_a_bad_file_gets_one_sentence_and_the_project_stays():
    project("broken").write_bytes(b"no project at all, but long enough to be looked at" * 9)
    go_to_start()
    row("broken,").get_component_iface().grab_focus()
    window.press("Return")
    window.wait_for(lambda: [text for text in window.texts() if "broken.waggle" in text], "a sentence")
    window.click("Back")
    window.wait_for_text("upup, 20 takes")
    project("broken").unlink()


def test_a_long_name_leaves_the_watch_its_room():
    extents = window.find_starting("Watch: ").get_extents(window.atspi.CoordType.SCREEN)
    go_to_start()
    window.write(NAME, LONG)
    window.click("Create")
    window.wait_for(lambda: title().startswith("A project whose name"), "its title")
    now = window.find_starting("Watch: ").get_extents(window.atspi.CoordType.SCREEN)
    assert now.width == extents.width, (now.width, extents.width)


def start(*words, **more):
    return driver.Window(*words, "--watch", f"virtual:{window.home / 'watch'}?speed=8", home=window.home, **more)


def test_a_second_start_shows_the_same_window():
    global window
    window.close()
    window = start(standalone=False)
    row("Circles - squares 2").get_component_iface().grab_focus()
    window.press("Return")
    wait_for_title("Circles - squares 2")
    program = str(driver.BUILD / "src/ui/waggle")
    environment = {**driver.os.environ, "XDG_CONFIG_HOME": str(window.home / "config"), "GSETTINGS_BACKEND": "keyfile"}

    def start_again(*words):
        done = subprocess.run([program, *map(str, words)], env=environment, check=False, timeout=60, capture_output=True)
        assert done.returncode == 0, done

    def titles():
        return sorted(node.get_name() for node in window.nodes() if node.get_role_name() == "frame")

    start_again()
    assert titles() == ["Circles - squares 2"], titles()
    start_again(project("Circles - squares 2"))  # it is open
    link = window.home / "link.waggle"
    link.symlink_to(project("Circles - squares 2"))
    start_again(link)  # by another name
    assert titles() == ["Circles - squares 2"], titles()
    start_again(project("untitled"))  # another one: beside it
    window.wait_for(lambda: titles() == ["Circles - squares 2", "Untitled"], "two windows")


def record_gesture(one, label):
    one.wait_for_text("Watch: Bangle.js 2")
    one.go("Record")
    one.write("Gesture name", label)
    one.click("Record")
    one.wait_for(lambda: one.find("Stop", "push button"), "a recording")
    one.wait_for(lambda: one.find("Record", "push button"), "its end")


def test_the_second_of_two_programs_only_reads_until_the_first_is_gone():
    global window
    window.close()
    path = project("Circles - squares 2")
    before = n_recordings(path)
    first = start(path)
    first.wait_for_text("Watch: Bangle.js 2")
    second = window = driver.Window(path, "--watch", f"virtual:{first.home / 'watch2'}?speed=8")
    second.wait_for(lambda: [text for text in second.texts() if "is open in another program (waggle" in text], "who has it")
    second.wait_for_text("read only")
    second.wait_for_text("Watch: Bangle.js 2")
    second.go("Record")
    record_gesture(first, "snap")
    first.check_errors()
    first.close()
    second.wait_for(lambda: [text for text in second.texts() if "is closed elsewhere" in text], "that it came free")
    second.wait_for(lambda: not second.find("read only"), "that it can be changed")
    record_gesture(second, "waggle")
    # twenty each: the project has kept how much is recorded
    assert n_recordings(path) == before + 40, (before, n_recordings(path))


def test_says_nothing_on_standard_error():
    window.check_errors()


def test_a_tour_that_is_under_way_goes_with_its_window():
    window.activate("tour")
    window.wait_for(lambda: window.find("Leave", "push button") or window.find("Next", "push button"), "the tour")
    window.activate("close")
    window.process.wait(20)
    window.check_errors()


def main():
    global window
    driver.enter()
    home = program.folder()
    window = driver.Window("--watch", f"virtual:{home}/watch?speed=8", home=home, is_first=True)
    return driver.run("start")


if __name__ == "__main__":
    sys.exit(main())
