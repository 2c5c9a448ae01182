#!/usr/bin/python3
"""What a model takes of the watch, and what it looks like inside, in the window."""
import sys

import driver
import program

window = folder = None


def battery():
    return [text for text in window.texts() if "mJ each" in text][0]


def figures(*words):
    return program.good("--json", "figures", folder / "p.waggle", *words).json


def test_shows_what_the_model_takes_of_the_watch():
    window.wait_for_text("Watch: Bangle.js 2")
    window.go("Deploy")
    window.click("Battery, time and what the model takes", "toggle button")
    window.wait_for_text("On the watch: Bangle.js 2")
    told = figures()
    texts = window.texts()
    assert f"{told['arena']['bytes'] / 1000:.1f} of 4.0 kB" in texts, texts
    assert [text for text in texts if text.startswith(f"{told['flash']['bytes'] / 1000:.1f} kB: the model")], texts
    assert [text for text in texts if text.startswith(f"about {told['inference']['ms']:.0f} ms, estimated")], texts
    assert battery().startswith(f"about {told['energy']['battery_days']:.0f} days with 50 gestures in 12 hours"), texts


def test_assumptions_can_be_changed_and_are_kept():
    window.click("What the battery's days assume", "toggle button")
    before = battery()
    window.write_number("Worn and watching", 24)
    window.wait_for(lambda: battery() != before, "other days")
    told = figures()
    assert f"about {told['energy']['battery_days']:.0f} days with 50 gestures in 24 hours" in battery(), battery()
    assert "given by you" in window.texts()
    window.click("As at First")
    window.wait_for(lambda: battery() == before, "the days as they were")
    window.click("What the battery's days assume", "toggle button")


def test_a_virtual_watchs_time_does_not_count_as_measured():
    more = "Battery, time and what the model takes"
    window.click(more, "toggle button")
    window.click("Deploy")
    window.wait_for_text("✓ The watch itself answers")
    window.click(more, "toggle button")
    window.wait_for(lambda: [t for t in window.texts() if "a virtual watch cannot measure it" in t], "the estimate")
    assert not [text for text in window.texts() if text.startswith("measured ")], window.texts()
    assert window.find_starting("about ") and [t for t in window.texts() if "a virtual watch cannot measure it" in t]


def charts():
    """Of the layers: name and what is told of them."""
    return [(node.get_name(), node.get_description()) for node in window.nodes() if node.get_role_name() == "chart" and
            node.get_name().startswith(("Input", "Layer"))]


def looked_at():
    """Number of the take."""
    found = [text for text in window.texts() if text.startswith("Take ") and " of " in text]
    return int(found[0].split()[1]) if found else 0


def test_looks_at_the_take_where_both_differ_most():
    window.go("Evaluate")
    window.view("Inside")
    window.wait_for(looked_at, "the take")
    rows = program.good("--json", "layers", folder / "p.waggle").rows
    result = rows.pop()
    assert looked_at() == result["take"] and result["words"] in window.texts(), (result, window.texts())
    shown = charts()
    assert shown and len(shown) <= len(rows), shown  # as many as the page has room for
    for (name, told), row in zip(shown, rows):
        assert f"{row['shape'][0]} × {row['shape'][1]}" in name, (name, row["shape"])
        assert f"at most {row['largest_steps']:.1f} steps apart, {row['mean_steps']:.2f} on average" in told, told


def test_shows_the_weights_beside_a_layer():
    weights = [row["weights"] for row in program.good("--json", "layers", folder / "p.waggle").rows if "weights" in row]
    shown = [node for node in window.nodes() if node.get_name().startswith("Weights of Layer 1,")]
    assert shown, window.texts()
    told = shown[0].get_description()
    assert told.startswith(f"{weights[0]['n']} weights of {weights[0]['channels']} channels"), told


def test_looks_at_the_takes_of_a_gesture_one_after_the_other():
    box = window.find("Take to look at", "combo box")
    box.get_selection_iface().select_child(1)
    label = window.wait_for(lambda: [text for text in window.texts() if text.startswith("Take ") and " of upup." in text],
                            "a take of the first gesture")
    assert label
    seen = {looked_at()}
    for _ in range(2):
        before = looked_at()
        window.click("Next Take")
        window.wait_for(lambda last=before: looked_at() not in (0, last), "another take")
        seen.add(looked_at())
    assert len(seen) == 3, seen


def test_every_picture_has_a_name():
    controls = {"push button", "toggle button", "spin button", "combo box", "list item", "chart", "image"}
    nameless = [window.path(node) for node in window.nodes() if node.get_role_name() in controls and not node.get_name()]
    assert not nameless, nameless


def test_looks_inside_a_take_of_a_cell():
    window.click("Mistakes", "radio button")
    matrix = window.wait_for(lambda: window.find("Confusion matrix"), "matrix")
    window.wait_for(lambda: matrix.get_description().startswith("True gesture"), "matrix with counts")
    matrix.get_component_iface().grab_focus()
    window.press("Return")
    window.wait_for(lambda: [text for text in window.texts() if ", answered " in text], "the takes of a cell")
    window.wait_for(lambda: [node for node in window.nodes()
                             if node.get_role_name() == "list item" and " of " in node.get_name()], "a take")
    window.click("Look Inside")  # of the first take, which is chosen
    window.wait_for(lambda: charts(), "the layers of that take")
    assert looked_at(), window.texts()


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global window, folder
    driver.enter()
    folder = program.folder()
    project = program.trained(folder / "p.waggle", "conor-v2", words=("--labels", "upup,clap2,waggle", "--epochs", 10))
    window = driver.Window(project, "--watch", f"virtual:{folder / 'watch'}?speed=8")
    return driver.run("inside")


if __name__ == "__main__":
    sys.exit(main())
