#!/usr/bin/python3
"""The page Review: what takes have in common, trims, tags, the path, the map, and long recordings."""
import math
import re
import sys

import driver
import program

RATE_HZ = 50
window = project = None


def listed():
    return program.good("--json", "list", project).json["recordings"]


def take(one):
    return next(row for row in listed() if row["id"] == one)


def describe(name):
    node = window.wait_for(lambda: window.find(name, "chart"), name)
    return node.get_description() or ""


def focus(name):
    window.wait_for(lambda: window.find(name, "chart"), name).get_component_iface().grab_focus()


def press(key, name, changes=True):
    before = describe(name)
    window.press(key)
    if changes:
        window.wait_for(lambda: describe(name) != before, f"change of {name} by {key}; it is: {before}")


def grid():
    return window.wait_for(lambda: [node for node in window.nodes()
                                    if node.get_name() == "Takes" and node.get_selection_iface()], "the takes")[0]


def choose_first():
    """The first take of the gesture; its number."""
    grid().get_selection_iface().select_child(0)
    window.wait_for(lambda: window.find("The chosen take", "chart"), "the take in full")
    name = grid().get_child_at_index(0).get_name()
    return int(re.match(r"Take (\d+) of", name).group(1))


def is_checked():
    return window.find_starting("▲ ") or window.find_starting("✓ none is doubtful")


def test_shows_the_mean_of_all_takes_and_what_is_meant():
    window.go("Review")
    window.wait_for_text("37 takes of clap2")
    window.wait_for(is_checked, "end of the check")
    name = "Takes over one another"
    assert describe(name).startswith("Acceleration of 37 takes in g: the mean of x, y and z"), describe(name)
    window.click("Velocity", "radio button")
    window.wait_for(lambda: describe(name).startswith("Velocity of 37 takes in m/s"), "velocity")
    assert window.find_starting("Summed up from the acceleration without gravity")
    window.click("Position", "radio button")
    window.wait_for(lambda: describe(name).startswith("Position of 37 takes in m:"), "position")
    window.click("Acceleration", "radio button")
    window.wait_for(lambda: not window.find_starting("Summed up from"), "no note")


def test_the_most_suspect_comes_first():
    ids = [finding["id"] for finding in program.good("--json", "check", project).json["findings"]
           if finding["label"] == "clap2"]
    first = choose_first()
    assert not ids or first == ids[0], (first, ids[:3])


def test_trims_by_keyboard_and_undoes_it():
    one = choose_first()
    n = take(one)["n_samples"]
    name = "The chosen take"
    assert "from 0.00 s" in describe(name), describe(name)
    focus(name)
    press("Right", name)
    press("Right", name)
    window.press("Return")
    window.wait_for(lambda: take(one)["n_samples"] == n - 2, "trimmed take")
    assert "from 0.16 s" in describe(name), describe(name)
    focus(name)
    press("Down", name)
    press("Left", name)
    window.press("Return")
    window.wait_for(lambda: take(one)["n_samples"] == n - 3, "take trimmed at both ends")
    window.click("Undo")
    window.wait_for(lambda: take(one)["n_samples"] == n - 2, "one trim undone")
    window.click("Undo")
    window.wait_for(lambda: take(one)["n_samples"] == n, "both undone")


def test_what_was_moved_and_not_kept_is_put_back():
    one = choose_first()
    n = take(one)["n_samples"]
    name = "The chosen take"
    focus(name)
    before = describe(name)
    press("Right", name)
    window.press("Escape")
    window.wait_for(lambda: describe(name) == before, "what was before")
    assert take(one)["n_samples"] == n


def test_leaves_a_take_out_and_lets_it_take_part_again():
    one = choose_first()
    window.click("Leave Out")
    window.wait_for_text("Left out: it takes no part.")
    window.wait_for(lambda: take(one)["disabled"], "take without part")
    window.click("Let Take Part")
    window.wait_for(lambda: not take(one)["disabled"], "take with part")
    window.wait_for(lambda: window.find("Leave Out"), "the way back")


def test_names_person_and_wrist():
    one = choose_first()
    window.click("Person and wrist", "toggle button")
    window.write("Who made them", "ada")
    window.click("Set the person")
    window.wait_for(lambda: take(one)["person"] == "ada", "person")
    window.wait_for(lambda: not window.find("Set the person"), "closed popover")
    window.click("Person and wrist", "toggle button")
    window.wait_for(lambda: window.find("on the left wrist", "radio button"), "wrists")
    window.click("on the left wrist", "radio button")
    window.wait_for(lambda: [text for text in window.texts() if text.endswith("(ada, left wrist)")], "both tags")
    window.press("Escape")
    window.wait_for(lambda: not window.find("Set the person"), "closed popover")
    window.click("Undo")
    window.wait_for(lambda: [text for text in window.texts() if text.endswith("(ada)")], "no wrist")
    window.click("Undo")
    window.wait_for(lambda: take(one)["person"] == "conor", "who it was")


def test_the_path_turns_by_keyboard():
    choose_first()
    name = "Path in space"
    before = describe(name)
    assert re.match(r"The path of 1 take: \d+ cm along x", before), before
    focus(name)
    press("Right", name)
    press("Up", name)
    degrees = [int(number) for number in re.search(r"from (-?\d+) degrees round and (-?\d+)", describe(name)).groups()]
    first = [int(number) for number in re.search(r"from (-?\d+) degrees round and (-?\d+)", before).groups()]
    assert abs(degrees[0] - first[0] - 10) <= 1 and abs(degrees[1] - first[1] - 10) <= 1, (first, degrees)
    window.press("Home")
    window.wait_for(lambda: describe(name) == before, "the first view")


def test_the_map_begins_with_a_suspect_and_chooses_by_key():
    window.click("Map", "radio button")
    name = "Map of the takes"
    window.wait_for(lambda: "takes, alike ones near one another" in describe(name), "map")
    found = program.good("--json", "map", project).json
    odd = [point for point in found["points"] if point["place"] != "own"]
    assert f"{len(odd)} lie outside" in describe(name) or len(odd) == 1, describe(name)
    shown = window.wait_for(lambda: window.find_starting("Take "), "the chosen take").get_name()
    assert odd and shown == f"Take {odd[0]['id']} of {odd[0]['label']}", (shown, odd[:2])
    assert window.find("The chosen take over its neighbours", "chart")
    focus(name)
    press("Left", name)
    window.wait_for(lambda: window.find_starting("Take ").get_name() != shown, "another take")
    window.press("Escape")
    window.wait_for(lambda: "is chosen" not in describe(name), "no choice")


def click_at(name, right, down):
    """At that place of it, in shares of its size."""
    area = window.find(name, "chart").get_component_iface().get_extents(window.atspi.CoordType.SCREEN)
    window.atspi.generate_mouse_event(int(area.x + right * area.width), int(area.y + down * area.height), "b1c")


def drag(name, start, end, down):
    area = window.find(name, "chart").get_component_iface().get_extents(window.atspi.CoordType.SCREEN)
    y = int(area.y + down * area.height)

    def send(share, what):
        window.atspi.generate_mouse_event(int(area.x + share * area.width), y, what)

    send(start, "abs")
    send(start, "b1p")
    for step in range(1, 9):
        send(start + (end - start) * step / 8, "abs")
    send(end, "b1r")


def test_a_click_on_the_map_chooses_that_take():
    name = "Map of the takes"
    found = program.good("--json", "map", project).json
    point = max(found["points"], key=lambda one: one["x"])
    area = window.find(name, "chart").get_component_iface().get_extents(window.atspi.CoordType.SCREEN)
    margin = 18
    right = (margin + (area.width - 2 * margin) * (point["x"] + 1) / 2) / area.width
    down = (margin + (area.height - 2 * margin) * (1 - point["y"]) / 2) / area.height
    click_at(name, right, down)
    window.wait_for(lambda: f"Take {point['id']} of {point['label']} is chosen" in describe(name), "that take")


def spans():
    return next(row for row in listed() if row["label"] == "walk").get("spans") or []


def test_labels_a_stretch_by_keyboard_and_undoes_it():
    window.click("Long Recordings", "radio button")
    name = "Timeline"
    window.wait_for(lambda: "0 labelled stretches" in describe(name), "timeline")
    focus(name)
    for _ in range(5):
        press("Right", name)
    window.press("Right", driver.SHIFT)
    window.wait_for(lambda: "Marked: from" in describe(name), "mark")
    window.press("Right", driver.SHIFT)
    window.click("Relabel", "toggle button")
    window.write("Another gesture's name", "step")
    window.find("Another gesture's name", "text").get_component_iface().grab_focus()
    window.press("Return")
    window.wait_for(lambda: len(spans()) == 1, "labelled stretch")
    first = spans()[0]
    assert first["label"] == "step" and first["first"] > 0, first
    window.wait_for(lambda: "Chosen: step" in describe(name), "the new stretch")
    focus(name)
    press("Down", name)
    press("Right", name)
    window.press("Return")
    window.wait_for(lambda: spans()[0]["n_samples"] > first["n_samples"], "longer stretch")
    assert spans()[0]["first"] == first["first"]
    window.click("Undo")
    window.wait_for(lambda: spans() == [first], "the stretch as it was")


def test_marks_a_stretch_by_dragging():
    name = "Timeline"
    focus(name)
    window.press("Escape")
    window.wait_for(lambda: "Chosen" not in describe(name) and "Marked" not in describe(name), "nothing chosen")
    drag(name, 0.5, 0.6, 0.4)
    window.wait_for(lambda: "Marked: from" in describe(name), "mark")
    window.click("Relabel", "toggle button")
    window.write("Another gesture's name", "upup")
    window.find("Another gesture's name", "text").get_component_iface().grab_focus()
    window.press("Return")
    window.wait_for(lambda: [span["label"] for span in spans()] == ["step", "upup"], "second stretch")


def test_makes_takes_of_them_and_undoes_it():
    n = len(listed())
    window.click("Make Takes of Them")
    window.wait_for(lambda: len(listed()) == n + 1, "two takes in place of one recording")
    assert sorted(row["label"] for row in listed() if row["label"] in ("step", "walk")) == ["step"]
    window.wait_for(lambda: not window.find("Long Recordings", "radio button"), "no long recordings any more")
    window.click("Undo")
    window.wait_for(lambda: len(listed()) == n, "the recording again")
    assert len(spans()) == 2


def test_says_nothing_on_standard_error():
    window.check_errors()


def write_walk(path):
    rows = ["t,x,y,z"]
    for i in range(60 * RATE_HZ):
        t = i / RATE_HZ
        rows.append(f"{t:.2f},{math.sin(6 * t) if 20 < t < 30 else 0:.4f},{0.1 * math.cos(t):.4f},-1.0")
    path.write_text("\n".join(rows) + "\n")


def main():
    global window, project
    driver.enter()
    folder = program.folder()
    project = folder / "p.waggle"
    program.good("new", project)
    program.good("import", project, program.SEED / "conor-v2", "--person", "conor")
    write_walk(folder / "walk.csv")
    program.good("import", project, folder / "walk.csv", "--label", "walk", "--units-per-g", 1)
    window = driver.Window(project, "--watch", f"virtual:{folder / 'watch'}?speed=8")
    return driver.run("review")


if __name__ == "__main__":
    sys.exit(main())
