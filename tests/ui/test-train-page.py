#!/usr/bin/python3
"""The page Train, driven through AT-SPI: sizes before training, curves, what they mean, and the trainings before."""
import re
import sys

import driver

driver.enter()  # below runs on a display of its own
import program

folder = program.folder()
PROJECT = folder / "p.waggle"
program.good("new", PROJECT)
program.good("import", PROJECT, driver.SOURCE / "data/recordings/bangle-gestures/conor-v2", "--person", "conor")
window = driver.Window(PROJECT, "--watch", f"virtual:{folder / 'watch'}")


def runs():
    return program.good("--json", "runs", PROJECT).json["runs"]


def rows():
    """The trainings as they are listed, the newest first."""
    nodes = list(window.nodes())
    lists = [node for node in nodes if node.get_name() == "Trainings" and node.get_role_name() == "list box"]
    return [lists[0].get_child_at_index(i) for i in range(lists[0].get_child_count())] if lists else []


def look_at(row):
    """As a click on it does."""
    found = window.wait_for(lambda: [node for node in window.nodes() if node.get_name() == "Trainings" and
                                     node.get_role_name() == "list box"], "the list")[0]
    found.get_selection_iface().select_child(row)


def described(name):
    charts = [node for node in window.nodes() if node.get_role_name() == "chart" and node.get_name() == name]
    return charts[0].get_description() if charts else ""


def train(epochs):
    n = len(rows())
    window.click("More", "toggle button")
    window.write_number("Epochs", epochs)
    window.click("More", "toggle button")
    window.click("Train Again" if n else "Train")
    window.wait_for(lambda: len(rows()) == n + 1 and not window.find("Stop", "push button"), "the training in the list")
    window.wait_for(lambda: ", in use" in rows()[0].get_name() and "wrong" in rows()[0].get_name(), "what came of it")


def test_tells_the_size_before_it_is_trained():
    window.wait_for_text("Watch: Bangle.js 2")
    window.go("Train")
    assert not runs()
    presets = re.findall(r"^  (\w+): ", program.good("train", "--help").out, re.M)
    assert len(presets) >= 4 and presets[0] == "waggle", presets
    for index, preset in enumerate(presets):
        window.find("Network", "combo box").get_selection_iface().select_child(index)
        told = program.good("--json", "foresee", PROJECT, "--preset", preset).json
        arena, limit, size = (told[member] / 1000 for member in ("arena_bytes", "arena_limit_bytes", "bytes"))
        window.wait_for_text(f"✓ Fits Bangle.js 2: {arena:.1f} of {limit:.1f} kB to work in, a file of {size:.1f} kB")
    window.find("Network", "combo box").get_selection_iface().select_child(0)


def test_says_that_windows_for_a_board_are_too_much_for_the_watch():
    window.click("More", "toggle button")
    window.find("Windows", "combo box").get_selection_iface().select_child(1)
    window.write_number("Rate in hertz", 50)
    window.wait_for_text("✕ Too big for Bangle.js 2")
    window.find("Windows", "combo box").get_selection_iface().select_child(0)
    window.wait_for_text("✓ Fits Bangle.js 2")
    window.click("More", "toggle button")


def test_trains_by_one_click_and_says_what_the_curves_mean():
    assert described("Right answers") == "No training yet"
    train(60)
    run = runs()[0]
    window.wait_for(lambda: [text for text in window.texts() if run["advice"] in text], "what the curves mean")
    accuracy = run["curves"]["validation_accuracy"][-1]
    assert f"validation {100 * accuracy:.1f} %" in described("Right answers"), described("Right answers")
    assert described("Right answers").startswith("After epoch 60")


def test_lists_each_training_with_what_was_another():
    train(2)
    newest, oldest = (node.get_name() for node in rows())
    assert "in use" in newest and "in use" not in oldest, (newest, oldest)
    first = runs()[1]
    assert f"{first['n'] - first['right']} of {first['n']} wrong" in oldest, (oldest, first)
    window.wait_for_text("epochs 60 → 2")
    shares = [text for text in window.texts() if re.fullmatch(r"\u2068\d+\.\d %\u2069", text)]
    assert len(shares) == 2, window.texts()  # in a line of their own direction, mirrored or not


def test_warns_of_a_training_that_was_too_short():
    assert runs()[0]["verdict"] in ("unfinished", "underfitted"), runs()[0]["verdict"]
    window.wait_for_text("⚠ ")


def test_holds_an_earlier_one_beside_the_one_in_use():
    look_at(1)
    window.wait_for_text("The training of ")
    window.wait_for_text("What is another: epochs 2 → 60.")
    window.wait_for_text("Of the takes to check with: ")
    told = described("Right answers")
    assert re.match(r"After epoch 60.* The other one: After epoch 2", told), told


def test_shows_where_the_two_answer_otherwise():
    window.click("Where", "toggle button")
    matrix = window.wait_for(lambda: window.find("What the two trainings answer otherwise"), "the matrix of both")
    told = matrix.get_description()
    assert re.match(r"True gesture .*, answered .*: \d+ here, \d+ there", told), told
    window.press("Escape")
    window.wait_for(lambda: not window.find("What the two trainings answer otherwise"), "the page again")


def test_holds_others_against_any_training():
    window.click("Hold", "toggle button")
    look_at(0)
    window.wait_for(lambda: [text for text in window.texts() if text.startswith("The training of ") and " That of " in text],
                    "both trainings")
    window.wait_for_text("What is another: epochs 60 → 2.")
    look_at(1)
    window.click("Hold", "toggle button")
    window.wait_for(lambda: [text for text in window.texts() if text.startswith("The training of ") and " The one in use: " in text],
                    "the one in use beside it again")


def test_goes_back_to_it_and_undoes_that():
    earlier, later = runs()[1]["id"], runs()[0]["id"]
    window.click("Use This Training")
    window.wait_for(lambda: "in use" in rows()[1].get_name(), "the earlier one in use")
    assert [run["id"] for run in runs() if run["is_used"]] == [earlier]
    window.wait_for(lambda: not window.find("Use This Training"), "end of the comparison")
    window.click("Undo")
    window.wait_for(lambda: "in use" in rows()[0].get_name(), "the later one in use again")
    assert [run["id"] for run in runs() if run["is_used"]] == [later]


def test_stops_a_training_and_keeps_what_was():
    window.click("More", "toggle button")
    window.write_number("Epochs", 100000)
    window.click("Train Again")
    window.click("Stop")
    window.wait_for_text("Stopped. Nothing was changed.")
    window.write_number("Epochs", 0)
    window.click("More", "toggle button")
    window.wait_for(lambda: len(rows()) == 2 and described("Right answers").startswith("After epoch"), "the curves of before")


def test_says_nothing_on_standard_error():
    window.check_errors()


if __name__ == "__main__":
    sys.exit(driver.run("train-page"))
