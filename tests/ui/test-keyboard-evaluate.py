#!/usr/bin/env python3
"""From a training to a cured mistake, a view and a threshold, by keys alone."""
import subprocess
import sys

import driver
import mislabelled
import program

COMBO = "combo box"
N_LOOKS = 6
N_TABS_AT_MOST = 60  # far more than a page has
window = project = wrong = folder = None


def focused():
    """What has the keyboard; the innermost. None: a combo box, which tells that of no part of it."""
    for _ in range(N_LOOKS):  # what changes while it is walked is looked at again
        window.application().clear_cache()  # it keeps states of before
        found = [node for node in window.nodes() if node.get_state_set().contains(window.atspi.StateType.FOCUSED)]
        if found:
            return found[-1]
        driver.time.sleep(0.1)
    return None


def name():
    node = focused()
    return node.get_name() if node else COMBO


def place(node):
    area = node.get_extents(window.atspi.CoordType.SCREEN)
    return area.x, area.y, area.width, area.height


def tab_to(start, *held):
    for _ in range(N_TABS_AT_MOST):
        if name().startswith(start):
            return focused()
        window.press("Tab", *held)
    raise AssertionError(f"no Tab reaches “{start}”; at “{name()}”")


def pixels(area):
    x, y, width, height = area
    return subprocess.run(["import", "-window", "root", "-crop", f"{width + 12}x{height + 12}+{max(0, x - 6)}+{max(0, y - 6)}",
                           "+repage", "rgb:-"], stdout=subprocess.PIPE, check=True).stdout


def looks_otherwise(area, seen):
    """As soon as it is drawn."""
    for _ in range(N_LOOKS):
        if pixels(area) != seen:
            return True
        driver.time.sleep(0.2)
    return False


def go_round():
    """Every stop of the Tab key until the first comes again: name, place, and whether it looks otherwise with the focus."""
    stops = []
    for _ in range(N_TABS_AT_MOST):
        node = focused()
        if not node:
            window.press("Tab")
            continue
        area = place(node)
        if stops and (node.get_name(), area) == stops[0][:2]:
            return stops
        seen = pixels(area)
        stop = (node.get_name(), area)
        window.press("Tab")
        stops.append((*stop, looks_otherwise(area, seen)))
    raise AssertionError(f"Tab never comes back: {[stop[0] for stop in stops]}")


def check_round(stops):
    assert len(stops) > 5, stops
    hidden = [stop for stop in stops if not stop[2]]
    assert not hidden, f"focus is not seen on {hidden}"
    back = [(before[0], after[0]) for before, after in zip(stops, stops[1:])
            if after[1][1] + after[1][3] <= before[1][1] and after[1][0] + after[1][2] <= before[1][0]]
    assert len(back) <= 1, f"Tab jumps up and back: {back}"  # once round the window


def n_runs():
    return len(mislabelled.cli("runs", project)["runs"])


def test_trains_by_keys():
    before = n_runs()
    window.press("3", driver.ALT)
    window.wait_for_text("Trainings")
    tab_to("Train Again")
    window.press("Return")
    window.wait_for(lambda: n_runs() > before, "another training")
    window.wait_for(lambda: window.find("See What It Mixes Up", "push button"), "the end of it")


def test_tab_goes_round_the_page_train_in_order():
    tab_to("See What It Mixes Up")
    check_round(go_round())


def test_finds_the_mistake_by_keys():
    tab_to("See What It Mixes Up")
    window.press("Return")
    window.wait_for_text("On the takes kept aside")
    tab_to("Confusion matrix", driver.SHIFT)
    tab_to(COMBO, driver.SHIFT)  # the one of the view: what it is judged on
    window.press("Down")
    window.wait_for_text("Each take judged by a network that was trained without it.")
    tab_to("snap was taken for upup 1 time of ")
    window.press("space")
    window.wait_for_text("1 take: snap, answered upup")


def test_tab_goes_round_the_page_evaluate_in_order():
    tab_to("Back to the report")
    check_round(go_round())


def test_chooses_its_take_and_relabels_it_by_keys():
    tab_to(f"Take {wrong} of snap")
    tab_to("It Is “upup”")
    window.press("space")
    window.wait_for(lambda: mislabelled.ask(project, "SELECT label FROM takes WHERE recording = ?", wrong) == [("upup",)],
                    "the take's other label")


def test_the_next_thing_to_do_has_the_focus():
    window.wait_for(lambda: name() == "Train Again", "focus on the button to train again")


def test_trains_again_and_compares_by_keys():
    window.press("Return")
    change = window.wait_for_text("Before ").get_name()
    assert "1 mistake is cured" in change, change


def test_goes_back_to_the_report_by_keys():
    tab_to("Back to the report")
    window.press("space")
    window.wait_for(lambda: window.find("gesture", "push button"), "the report")
    assert focused() and name() == "Confusion matrix", name()


def test_opens_a_view_and_moves_the_threshold_by_keys():
    tab_to("Threshold", driver.SHIFT)
    window.press("space")
    slider = tab_to("Least probability for an answer")
    before = slider.get_value_iface().get_current_value()
    for _ in range(20):
        window.press("Right")
    percent = slider.get_value_iface().get_current_value()
    assert percent == before + 20, (before, percent)
    told = mislabelled.cli("answers", project, "--threshold", str(percent / 100))
    window.wait_for_text(f"{told['right']} right · {told['wrong']} wrong · {told['unanswered']} left unanswered")
    tab_to("Keep This Threshold")
    window.press("space")
    window.wait_for_text(f"The watch answers from {percent:.0f} % on.")


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global window, project, wrong, folder
    driver.enter()
    folder = program.folder()
    project, wrong = mislabelled.make_project(folder)
    window = driver.Window(project, "--watch", f"virtual:{folder / 'watch'}")
    return driver.run("keyboard-evaluate")


if __name__ == "__main__":
    sys.exit(main())
