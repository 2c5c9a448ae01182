#!/usr/bin/python3
"""The main job in the window, from an empty project to a recognised gesture, with the virtual watch."""
import json
import sys
import time

import driver
import program

GESTURES = ("upup", "snap", "waggle")
# what has to have a name: a person must be able to hear it
CONTROLS = {"push button", "toggle button", "radio button", "check box", "text", "spin button",
            "combo box", "list item", "table", "chart", "image"}
PAGES = ("Record", "Review", "Train", "Evaluate", "Deploy", "Try")
window = folder = None
kept = []  # gestures of which takes were held back


def record(label, n_takes):
    window.go("Record")
    window.write("Gesture name", label)
    window.click("Record")
    window.wait_for_text(f"{label}, {n_takes} takes")
    window.wait_for(lambda: window.find("Record", "push button"), "button Record")
    if window.find("Keep anyway"):
        window.click("Keep anyway")
        window.wait_for(lambda: not window.find("Keep anyway"), "the takes of it kept")
        kept.append(label)


def test_starts_empty_and_pages_say_what_they_wait_for():
    assert window.find_starting("Nothing recorded yet")
    for page, waits in (("Review", "Nothing to review yet"), ("Train", "Two gestures are needed"),
                        ("Evaluate", "No model to evaluate yet"), ("Deploy", "No model to deploy yet"),
                        ("Try", "No model to try yet")):
        window.go(page)
        window.wait_for_text(waits)
    window.go("Train")
    window.click("Record")  # the way there
    window.wait_for(lambda: window.find("Gesture name"), "page Record")


def test_says_how_good_a_model_is_that_was_only_trained():
    path = folder / "trained.waggle"
    program.good("new", path)
    program.good("import", path, program.SEED / "conor-v2", "--person", "conor")
    program.good("train", path, "--epochs", "5")
    other = driver.Window(path, "--page", "evaluate")
    try:
        other.wait_for_text("The watch's model is not made yet")
        text = other.wait_for_text("As it was trained it answers ").get_name()
        assert "“For the Watch”" in text and "not quantized yet" in text, text
        other.click("Train")
        other.click("For the Watch", "radio button")
        other.click("Make the Watch's Model")
        other.go("Evaluate")
        other.wait_for_text("On the takes kept aside")
        other.check_errors()
    finally:
        other.close()


def test_is_no_larger_where_the_text_is():
    large = driver.Window(folder / "large.waggle", font="Cantarell 22")
    try:
        sizes = []
        for one in (window, large):
            frame = one.wait_for(lambda: [node for node in one.nodes() if node.get_role_name() == "frame"], "frame")[0]
            extents = frame.get_extents(one.atspi.CoordType.SCREEN)
            sizes.append((extents.width - 2 * driver.BORDER, extents.height - 2 * driver.BORDER))
        assert sizes == [(1100, 700)] * 2, sizes
    finally:
        large.close()


def test_connects_the_virtual_watch():
    window.wait_for_text("Watch: Bangle.js 2")


def test_records_takes_of_three_gestures():
    for label in GESTURES:
        record(label, 10)
    assert window.find_starting("30 takes")


def test_keeps_what_was_held_back_anyway():
    """Some of the sample recordings are clipped; record() has kept them."""
    assert kept
    window.go("Review")
    window.wait_for_text("10 takes of waggle")
    window.go("Record")
    assert not window.find("Keep anyway")


def test_deletes_takes_and_undoes_it():
    window.go("Review")
    window.wait_for_text("10 takes of waggle")
    window.click("Choose All")
    window.click("Delete")
    window.wait_for_text("20 takes")
    window.click("Undo")
    window.wait_for_text("30 takes")
    window.wait_for_text("waggle, 10 takes")


def test_trains_and_makes_the_model_of_the_watch():
    window.go("Train")
    window.click("Train")
    window.wait_for(lambda: window.find("See What It Mixes Up"), "trained model")
    assert window.find_starting("✓ Fits Bangle.js 2")


def test_asks_before_it_closes_on_a_training():
    window.click("More", "toggle button")
    window.write_number("Epochs", 100000)
    window.click("Train Again")
    window.wait_for(lambda: window.find("Stop", "push button"), "button Stop")
    window.press("q", driver.CONTROL)
    window.wait_for_text("Training is under way.")
    window.click("Go On")
    window.wait_for(lambda: not window.find_starting("Training is under way."), "end of the question")
    window.click("Stop")
    window.wait_for_text("Stopped. Nothing was changed.")
    window.write_number("Epochs", 0)
    window.click("More", "toggle button")


def test_says_that_the_takes_have_changed_since():
    window.go("Review")
    window.click("Choose All")
    window.wait_for_text("10 chosen takes over one another.")
    window.click("Delete")
    window.wait_for_text("20 takes")
    for page in ("Train", "Evaluate", "Deploy"):
        window.go(page)
        window.wait_for(lambda: [t for t in window.texts() if " have changed since" in t], "word of the takes")
    window.click("Undo")
    window.wait_for(lambda: not [t for t in window.texts() if " have changed since" in t], "no word of the takes")


def test_shows_the_confusion_matrix_and_a_cell_by_keyboard():
    window.go("Evaluate")
    matrix = window.wait_for(lambda: window.find("Confusion matrix"), "matrix")
    window.wait_for(lambda: matrix.get_description().startswith("True gesture"), "matrix with counts")
    window.wait_for(lambda: [t for t in window.texts() if " wrong" in t], "count of wrong answers")
    matrix.get_component_iface().grab_focus()
    for key in ("Down", "Right", "Up", "Left", "Return"):
        window.press(key)
        time.sleep(0.2)
    window.wait_for(lambda: [t for t in window.texts() if ", answered " in t and "take" in t],
                    "the takes of a cell")


def test_judges_all_takes_in_turn_but_not_those_of_the_test_split():
    box = window.find("Judged on", "combo box")
    n_kept_aside = window.n_judged()
    box.get_selection_iface().select_child(1)
    window.wait_for_text("Each take judged by a network that was trained without it.")
    assert window.n_judged() == 24, window.texts()  # of 30, 6 are of the test split
    box.get_selection_iface().select_child(0)
    window.wait_for_text("On the takes kept aside")
    window.wait_for(lambda: window.n_judged() == n_kept_aside, "the takes kept aside")


def test_counts_how_often_the_test_split_was_opened_and_does_not_edit_it():
    window.click("Open the Test Split")
    window.wait_for_text("The test split was opened 1 time.")
    assert not window.find("Relabel")
    window.click("Back to Validation")
    window.wait_for_text("On the takes kept aside")
    window.click("Open the Test Split")
    window.wait_for_text("The test split was opened 2 times. Nothing was changed since the first.")


def ask(view, button, answer):
    """Runs a study and waits for its answer in words."""
    window.view(view)
    window.click(button)
    window.wait_for(lambda: window.find("Ask Again") and [text for text in window.texts() if any(part in text for part in answer)],
                    f"an answer with one of {answer}")


def test_answers_each_question_of_the_page_evaluate():
    window.go("Evaluate")
    ask("More Takes", "Find Out", ["ore takes"])
    ask("Sturdiness", "Find Out", ["It bears"])
    ask("Daily Life", "Find Out", ["gestures noticed"])
    window.view("Threshold")
    window.wait_for(lambda: [node for node in window.below(window.application()) if node.get_name() == "Tune" and
                             node.get_role_name() == "push button"], "the button Tune")[0].get_action_iface().do_action(0)
    window.wait_for_text("Threshold 0.")
    ask("Rivals", "Find Out", ["The network is worth its while", "Without a network", "may be chance"])


def test_stops_a_search_and_keeps_the_model_as_it_was():
    window.go("Train")
    window.click("Search", "radio button")
    window.click("Search")
    window.click("Stop")
    window.wait_for(lambda: not window.find("Stop", "push button"), "end of the search")
    window.go("Deploy")
    window.wait_for_text("✓ The model fits this watch.")


def test_personalises_and_makes_the_model_of_the_watch():
    window.go("Train")
    ask("Few Takes", "Personalise", ["nothing", "base", "plain"])
    window.wait_for(lambda: not window.find("Stop", "push button"), "end of the work")
    window.click("Learn", "radio button")
    window.wait_for_text("✓ Fits Bangle.js 2")
    window.go("Evaluate")
    ask("Rivals", "Find Out", ["The network is worth its while", "Without a network", "may be chance"])


def test_chooses_what_the_watch_does():
    window.go("Deploy")
    for label in GESTURES:
        window.wait_for(lambda name=f"At the gesture {label}": window.find(name, "combo box"), label)
    window.click("Also while the watch shows its clock", "check box")
    window.wait_for(lambda: window.find("Also while the watch shows its clock", "check box").get_state_set().contains(
        window.atspi.StateType.CHECKED), "the choice")
    window.click("Deploy")
    window.wait_for_text("✓ The watch itself answers")
    record = json.loads((folder / "watch" / "waggle.json").read_text(encoding="utf-8"))
    assert record["background"] is True, record


def test_deploys_verifies_and_self_tests():
    window.go("Deploy")
    window.wait_for_text("✓ The model fits this watch.")
    window.click("Deploy")
    window.wait_for_text("✓ Read back and compared")
    proof = window.wait_for_text("✓ The watch itself answers").get_name()
    n_equal, n = [int(word) for word in proof.split() if word.isdigit()][:2]
    assert n_equal == n > 0, proof


def test_recognises_as_this_computer_does():
    window.go("Try")
    window.wait_for_text("Listening")
    for number, label in enumerate(GESTURES, 1):
        window.perform(label)
        plural = "gesture" if number == 1 else "gestures"
        window.wait_for_text(f"Watch and computer agree on {number} of {number} {plural}.")


def test_every_control_of_every_page_has_a_name():
    nameless = []
    for page in PAGES:
        window.go(page)
        time.sleep(0.5)
        for node in window.nodes():
            if node.get_role_name() in CONTROLS and not node.get_name():
                nameless.append(f"{page}: {window.path(node)}")
    assert not nameless, "\n".join(sorted(set(nameless)))


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global window, folder
    driver.enter()
    folder = program.folder()
    window = driver.Window(folder / "gestures.waggle", "--watch", f"virtual:{folder / 'watch'}?speed=8")
    return driver.run("window")


if __name__ == "__main__":
    sys.exit(main())
