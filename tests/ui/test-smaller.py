#!/usr/bin/python3
"""The watch's model in the window: what it is fitted to, what is lost by it, what can be left out, what is ignored."""
import json
import sqlite3
import sys
import time

import driver
import program

window = folder = None


def stored(kind):
    """Id and description of the newest model of that kind."""
    with sqlite3.connect(f"file:{folder / 'p.waggle'}?mode=ro", uri=True) as project:
        row = project.execute("SELECT id, meta FROM models WHERE kind = ? ORDER BY id DESC LIMIT 1", (kind,)).fetchone()
    return row[0], json.loads(row[1])


def choose(name, item):
    window.find(name, "combo box").get_selection_iface().select_child(item)


def run_study(question):
    """Starts the one that stands beside the question, and waits for its answer."""
    label = window.wait_for(lambda: window.find(question, "label"), question)
    box = label.get_parent().get_parent()
    button = [node for node in window.below(box) if node.get_role_name() == "push button" and
              node.get_name() in ("Find Out", "Tune Each")][0]
    button.get_action_iface().do_action(0)
    window.wait_for(lambda: [node for node in window.below(box) if node.get_name() == "Ask Again" and
                             node.get_state_set().contains(window.atspi.StateType.SHOWING)], "an answer")


def test_tells_what_the_model_is_fitted_to():
    window.wait_for_text("Watch: Bangle.js 2")
    window.go("Train")
    window.click("For the Watch", "radio button")
    window.wait_for_text("Fitted to the validation takes")
    calibration = stored("int8")[1]["calibration"]
    texts = window.texts()
    for tensor in calibration["tensors"]:
        assert f"{tensor['int8']['min']:.2f} to {tensor['int8']['max']:.2f}" in texts, (tensor, texts)
        assert str(tensor["values"]) in texts and str(tensor["saturated"]) in texts, (tensor, texts)
    window.click("These takes", "toggle button")
    window.wait_for(lambda: len([node for node in window.nodes() if node.get_name().startswith("Take ") and node.get_role_name() == "list item"]) > 3, "the takes")
    window.click("These takes", "toggle button")


def test_fits_it_anew_and_warns_with_what_it_costs():
    before = stored("int8")[0]
    choose("Fit to", 1)
    choose("Ranges", 1)
    window.click("Make the Watch's Model")
    window.wait_for_text("Fitted to the training takes")
    number, meta = stored("int8")
    assert number > before and meta["calibration"]["ranges_method"] == "min-max", meta
    choose("Fit to", 0)
    choose("Ranges", 0)
    window.click("Make the Watch's Model")
    window.wait_for_text("Fitted to the validation takes")
    warnings = stored("int8")[1]["calibration"]["warnings"]
    assert [warning for warning in warnings if warning["kind"] == "too-few"], warnings  # 21 takes
    shown = window.find_starting("⚠ ").get_name()
    assert warnings[0]["message"] in shown and warnings[-1]["cost"]["words"] in shown, shown


def test_trains_on_with_the_watchs_numbers_by_one_click():
    before = stored("int8")[0]
    window.click("Train on with the watch's numbers", "check box")
    window.click("Make the Watch's Model")
    window.wait_for(lambda: stored("int8")[0] > before, "the model")
    window.wait_for(lambda: [text for text in window.texts() if "training on as int8" in text], "the verdict")
    assert stored("int8")[1]["method"] == "qat"
    window.click("Train on with the watch's numbers", "check box")


def test_holds_the_forms_side_by_side():
    run_study("What is lost on the way to the watch?")
    texts = window.texts()
    for name in ("float, as it was trained", "int8, quantized after training", "int8, trained as such"):
        assert name in texts, (name, texts)


def test_leaves_filters_out_and_keeps_what_is_left():
    window.click("Smaller", "radio button")
    run_study("How much of the network can go?")
    charts = [node for node in window.nodes() if node.get_role_name() == "chart"]
    assert [chart for chart in charts if "on the watch" in chart.get_description()], [c.get_description() for c in charts]
    before, size = stored("float")[0], stored("int8")[1]["bytes"]
    window.click("Keep the Narrower One")
    window.wait_for_text("The network has ")
    window.wait_for(lambda: stored("int8")[0] > before + 1, "the watch's model of it")
    assert stored("float")[0] > before and stored("int8")[1]["bytes"] < size, (size, stored("int8"))


def test_asks_a_larger_network_to_teach():
    run_study("Can a larger network teach this one?")
    texts = window.texts()
    for name in ("the usual one, alone", "the larger one", "the usual one, taught"):
        assert name in texts, (name, texts)


def test_tunes_a_threshold_for_each_gesture():
    window.go("Evaluate")
    window.click("Threshold", "radio button")
    time.sleep(1)  # until it is laid out
    window.scroll_down()
    box = window.wait_for(lambda: window.find("Means nothing", "combo box"), "the choice of what means nothing")
    assert box.get_selection_iface().get_selected_child(0).get_name() == "random"
    run_study("What if a movement is none of the gestures?")
    told = program.good("--json", "tune-threshold", folder / "p.waggle", "--per-gesture", "--other", "random", "--only-tell").json
    assert told["verdict"] in window.texts(), (told["verdict"], window.texts())
    with sqlite3.connect(f"file:{folder / 'p.waggle'}?mode=ro", uri=True) as project:
        assert project.execute("SELECT COUNT(*) FROM facts WHERE name = 'threshold'").fetchone()[0] == 1


def test_offers_every_form_of_export():
    window.go("Deploy")
    window.click("Export", "toggle button")
    for name in ("TensorFlow Lite model", "C code", "Arduino library", "MicroPython module", "App for the Bangle.js"):
        window.wait_for(lambda item=name: [node for node in window.nodes() if node.get_name() == item], name)
    window.press("Escape")


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global window, folder
    driver.enter()
    folder = program.folder()
    project = program.trained(folder / "p.waggle", "conor-v2", words=("--labels", "upup,clap2,random", "--epochs", 10))
    window = driver.Window(project, "--watch", f"virtual:{folder / 'watch'}?speed=8")
    return driver.run("smaller")


if __name__ == "__main__":
    sys.exit(main())
