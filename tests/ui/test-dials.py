#!/usr/bin/python3
"""What follows live on the page Evaluate: threshold, dials, and a minute of real life."""
import sys

import driver

driver.enter()  # below runs on a display of its own
import program

folder = program.folder()
PROJECT = program.trained(folder / "p.waggle", "conor-v2", words=("--epochs", 40))
window = driver.Window(PROJECT, "--watch", f"virtual:{folder / 'watch'}?speed=8")


def everything():
    return window.below(window.application())


def slide(name, value):
    """The slider may be out of sight."""
    slider = window.wait_for(lambda: [node for node in everything() if node.get_name() == name and
                                      node.get_role_name() == "slider"], f"slider {name}")[0]
    slider.get_value_iface().set_current_value(value)
    return slider


def label(start):
    """Also one that is out of sight."""
    found = [node.get_name() for node in everything() if node.get_role_name() == "label" and node.get_name().startswith(start)]
    return found[0] if found else None


def perturbed(*options):
    told = program.good("--json", "perturb", PROJECT, *options).json
    return f"{100 * told['accuracy']:.1f} %"


def test_shows_the_takes_as_they_are_first():
    window.wait_for_text("Watch: Bangle.js 2")
    window.go("Evaluate")
    window.click("Sturdiness", "radio button")
    window.wait_for(lambda: perturbed() in window.texts(), "the accuracy of takes as they are")
    assert not window.find("As They Are").get_state_set().contains(window.atspi.StateType.SENSITIVE)


def test_dials_follow_as_they_move():
    for percent in (25, 50, 75):
        slide("Noise", percent)
        window.wait_for(lambda: perturbed("--noise", str(percent)) in window.texts(), f"noise of {percent} %")
    slide("Turned", 60)
    slide("Pace", 1.5)
    window.wait_for(lambda: perturbed("--noise", "75", "--rotation", "60", "--speed", "1.5") in window.texts(), "all three")
    bars = [node for node in window.nodes() if node.get_name() == "Right and wrong takes of each gesture"][0]
    told = program.good("--json", "perturb", PROJECT, "--noise", "75", "--rotation", "60", "--speed", "1.5").json
    for row, name in enumerate(told["labels"]):
        right = told["confusion"][row][row]
        assert f"{name}: {right} right, {sum(told['confusion'][row]) - right} wrong." in bars.get_description()


def test_the_newest_place_of_a_dial_wins():
    for value in range(5, 95, 5):
        slide("Noise", value)
    slide("Noise", 10)
    window.wait_for(lambda: perturbed("--noise", "10", "--rotation", "60", "--speed", "1.5") in window.texts(), "the newest")


def test_puts_the_dials_back():
    window.click("As They Are")
    window.wait_for(lambda: perturbed() in window.texts(), "the takes as they are")


def counted_labels():
    return program.good("--json", "answers", PROJECT).json["labels"]


def counted(threshold):
    told = program.good("--json", "answers", PROJECT, "--threshold", str(threshold)).json
    return f"{told['right']} right · {told['wrong']} wrong · {told['unanswered']} left unanswered"


def test_counts_follow_the_threshold():
    window.click("Threshold", "radio button")
    window.wait_for(lambda: label(counted(0.5)), "the counts of the usual threshold")
    for percent in (60, 80, 95):
        slide("Least probability for an answer", percent)
        window.wait_for(lambda: label(counted(percent / 100)), f"the counts from {percent} % on")


def test_matrix_has_a_column_for_takes_left_unanswered():
    matrix = window.wait_for(lambda: window.find("Answers from this threshold on", "table"), "the matrix")
    matrix.get_component_iface().grab_focus()
    n_silent = 0
    for _ in counted_labels():
        window.press("End")
        window.wait_for(lambda: ", not answered: " in matrix.get_description(), "the last column")
        n_silent += int(matrix.get_description().split(", not answered: ")[1].split()[0])
        window.press("Down")
        driver.time.sleep(0.1)
    assert n_silent > 0 and f" · {n_silent} left unanswered" in counted(0.95), (n_silent, counted(0.95))


def keep():
    button = [node for node in everything() if node.get_name() == "Keep This Threshold"][0]
    window.wait_for(lambda: button.get_state_set().contains(window.atspi.StateType.SENSITIVE), "the button to keep it")
    button.get_action_iface().do_action(0)


def test_keeps_a_threshold_and_undoes_it():
    slide("Least probability for an answer", 80)
    keep()
    window.wait_for(lambda: label("The watch answers from 80 % on."), "the threshold kept")
    assert program.good("--json", "answers", PROJECT).json["threshold"] == 0.8
    window.click("Undo")
    window.wait_for(lambda: label("The watch answers from 50 % on."), "the threshold of before")
    assert not program.good("--json", "answers", PROJECT).json["is_tuned"]


def minutes():
    rows = program.good("--json", "list", PROJECT).json["recordings"]
    return [row for row in rows if row["label"] == "ordinary movement"]


def test_records_real_life_and_tells_the_false_alarms():
    window.click("Daily Life", "radio button")
    window.click("Record a Minute")
    window.wait_for_text("Recording: go on with your day")
    window.wait_for(lambda: minutes() and minutes()[0]["n_samples"] > 200, "some of it")
    window.click("Stop")
    window.wait_for(lambda: label("No false alarm in ") or [text for text in window.texts() if " in " in text and
                                                             "false alarm" in text and "an hour" in text], "the verdict")
    assert len(minutes()) == 1 and minutes()[0]["disabled"], minutes()


def test_undo_takes_back_what_was_added():
    before = program.good("--json", "info", PROJECT).json["labels"]["random"]
    add = [node for node in window.nodes() if node.get_name() == "Add All as “random”"]
    told = program.good("--json", "alarms", PROJECT, str(minutes()[0]["id"]), "--other", "random").json
    assert bool(add) == (told["alarms"] > 0), (told["alarms"], window.texts())
    if not add:
        return
    add[0].get_action_iface().do_action(0)
    window.wait_for(lambda: program.good("--json", "info", PROJECT).json["labels"]["random"] == before + told["alarms"],
                    "the takes")
    window.click("Undo")
    window.wait_for(lambda: program.good("--json", "info", PROJECT).json["labels"]["random"] == before, "none of them")


def test_says_nothing_on_standard_error():
    window.check_errors()


if __name__ == "__main__":
    sys.exit(driver.run("dials"))
