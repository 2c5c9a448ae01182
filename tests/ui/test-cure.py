#!/usr/bin/env python3
"""From a mistake in the matrix to a cured one: cell, take, relabel, retrain, before and after; clicks are counted."""
import json
import sys

import driver
import mislabelled
import program
from mislabelled import FILES, cli

N_CLICKS_AT_MOST = 5
window = project = wrong = None
n_clicks = 0


def ask(sql, *values):
    return mislabelled.ask(project, sql, *values)


def click(name, role="push button"):
    global n_clicks
    n_clicks += 1
    window.click(name, role)


def click_on(node):
    """With the mouse, in its middle."""
    global n_clicks
    n_clicks += 1
    window.wait_for(lambda: node.get_extents(window.atspi.CoordType.SCREEN).width > 0, "a place to click on")
    place = node.get_extents(window.atspi.CoordType.SCREEN)
    window.atspi.generate_mouse_event(place.x + place.width // 2, place.y + place.height // 2, "b1c")


def test_shows_the_mislabelled_take_as_a_mistake():
    window.go("Evaluate")
    window.wait_for_text("On the takes kept aside")
    box = window.find("Judged on", "combo box")
    box.get_selection_iface().select_child(1)
    window.wait_for_text("Each take judged by a network that was trained without it.")
    window.wait_for_text("snap was taken for upup 1 time of ")


def test_cures_it_in_at_most_five_clicks():
    global n_clicks
    n_clicks = 0
    click(window.wait_for_text("snap was taken for upup 1 time of ").get_name())
    window.wait_for_text("1 take: snap, answered upup")
    click_on(window.wait_for_text(f"Take {wrong} of snap"))
    click("It Is “upup”")
    click("Train Again")
    change = window.wait_for_text("Before ").get_name()
    print(f"# {n_clicks} clicks: {change}", flush=True)
    assert n_clicks <= N_CLICKS_AT_MOST, n_clicks
    before, now = [float(word.rstrip("%,.")) for word in change.split() if word[0].isdigit()][:2]
    assert now > before, change
    assert "1 mistake is cured" in change, change


def test_mistake_of_that_take_is_gone():
    assert ask("SELECT label FROM takes WHERE recording = ?", wrong) == [("upup",)]
    window.wait_for(lambda: not window.find_starting("snap was taken for upup"), "no such mistake")
    judged = cli("cross-validate", project, "--without-test")["takes"]
    take = [one for one in judged if one["id"] == wrong]
    assert len(take) == 1 and take[0]["true"] == take[0]["predicted"], take


def test_no_take_changed_its_part():
    splits = [json.loads(meta)["split"] for meta, in ask("SELECT meta FROM models WHERE kind = 'float' ORDER BY id")]
    assert len(splits) == 3 and splits[0] == splits[1] == splits[2]


def test_changed_cells_are_told():
    matrix = window.find("Confusion matrix")
    matrix.get_component_iface().grab_focus()
    told = set()
    for key in ["Home"] + ["Up"] * 2 + ["Right", "Right", "Left", "Left", "Down"] * 3:
        window.press(key)
        driver.time.sleep(0.1)
        told.add(matrix.get_description())
    assert any("1 more than before" in one for one in told), told
    assert any("fewer than before" in one or "0 takes of" in one for one in told), told


def test_undo_brings_the_mistake_back_to_be_trained():
    window.click("Undo")
    window.wait_for(lambda: [t for t in window.texts() if "The takes have changed since: 1 take was relabelled" in t],
                    "word of the take")
    assert ask("SELECT label FROM takes WHERE recording = ?", wrong) == [("snap",)]
    window.wait_for(lambda: window.find("Train Again", "push button"), "the button to train again")


def test_takes_are_left_out_and_removed_from_there():
    window.click("Judge Again")
    window.wait_for(lambda: not window.find_starting("Before "), "no word of the training before")
    for name, column in (("Leave Out", "disabled"), ("Remove", "deleted")):
        window.wait_for_text("1 take: snap, answered upup")
        window.click(name)
        window.wait_for_text("No take is left in this cell.")
        assert ask(f"SELECT {column} FROM takes WHERE recording = ?", wrong) == [(1,)]
        window.click("Undo")
        window.wait_for_text("1 take: snap, answered upup")
        assert ask(f"SELECT {column} FROM takes WHERE recording = ?", wrong) == [(0,)]


def test_a_take_is_trimmed_there_and_that_is_undone():
    def n_samples():
        return [row["n_samples"] for row in cli("list", project)["recordings"] if row["id"] == wrong][0]

    before = n_samples()
    window.click("Trim", "toggle button")
    plot = window.wait_for(lambda: window.find("The take between two handles"), "the take with its handles")
    plot.get_component_iface().grab_focus()
    window.press("Right")
    window.press("Return")
    window.wait_for(lambda: n_samples() < before, "the take without its first sample")
    window.wait_for(lambda: [t for t in window.texts() if "The takes have changed since" in t], "word of the trim")
    window.click("Undo")
    window.wait_for(lambda: n_samples() == before, "all of the take")
    window.click("Trim", "toggle button")
    window.wait_for(lambda: window.find("Over takes of its own gesture"), "the take over its neighbours")


def test_report_is_sorted_by_a_press_on_a_title():
    window.click("Back to the report")
    window.wait_for(lambda: window.find("gesture", "push button"), "the report")

    def takes():
        labels = [node for node in window.nodes() if node.get_role_name() == "label" and node.get_name() in FILES]
        places = {}
        for node in labels:
            places[node.get_name()] = node.get_extents(window.atspi.CoordType.SCREEN).y
        return sorted(places, key=places.get)

    assert takes() == sorted(FILES), takes()
    window.click("gesture")
    window.click("gesture")
    window.wait_for(lambda: takes() == sorted(FILES, reverse=True), "the other order")
    window.click("gesture")


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global window, project, wrong
    driver.enter()
    folder = program.folder()
    project, wrong = mislabelled.make_project(folder)
    window = driver.Window(project, "--watch", f"virtual:{folder / 'watch'}")
    return driver.run("cure")


if __name__ == "__main__":
    sys.exit(main())
