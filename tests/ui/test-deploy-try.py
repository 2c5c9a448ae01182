#!/usr/bin/python3
"""The pages Deploy and Try: checks, proof and the way back; a wrong answer that becomes a take, and a model that learns
from it; when the watch answers."""
import json
import sys

import driver
import program

GESTURES = ("upup", "clap2", "waggle")
CHECKS = ("Watch", "Operations", "Room to work in", "Storage", "Memory", "Movement", "Names", "Takes")
window = folder = None


def read_record():
    try:
        return json.loads((folder / "watch" / "waggle.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None  # the watch is at it


def record():
    """What the watch has in use."""
    return window.wait_for(read_record, "what the watch has in use")


def is_there(name, role="push button"):
    return window.find(name, role)


def choose_action(label, action):
    box = window.wait_for(lambda: window.find(f"At the gesture {label}", "combo box"), f"choice at {label}")
    items = ["Nothing else", "Play or pause", "Next track"]
    box.get_selection_iface().select_child(items.index(action))


def n_heard():
    return len([node for node in window.nodes() if (node.get_name() or "").startswith("The watch said")])


def connect(address):
    window.open_popover()
    window.write("Address of the watch", address)
    window.click("Connect")
    window.wait_for(lambda: not window.is_popover_open(), "closed popover")


def test_says_of_every_check_how_it_is():
    window.wait_for_text("Watch: Bangle.js 2")
    window.go("Deploy")
    for check in CHECKS:
        window.wait_for_text(f"✓ {check}")
    window.wait_for_text("✓ The model fits this watch.")
    told = program.good("--json", "ready", folder / "p.waggle", "--watch", f"virtual:{folder / 'other'}").json
    assert told["ready"] and not told["is_there"]
    texts = window.texts()
    for check in told["checks"]:
        if check["name"] not in ("memory", "storage"):  # as much as is free there
            assert check["text"] in texts, (check, texts)
    picture = window.find("The watch")
    assert picture and f"{told['arena_bytes'] / 1000:.1f} of 4.0 kB" in picture.get_description(), picture


def test_says_how_it_is_without_a_watch():
    window.open_popover()
    window.click("Disconnect")
    window.wait_for_text("? Watch")
    window.wait_for_text("? Storage")
    assert window.find_starting("None is connected. Choose one at the upper right.")
    assert not window.find("Deploy", "push button").get_state_set().contains(window.atspi.StateType.SENSITIVE)
    connect(f"virtual:{folder / 'watch'}?speed=4")
    window.wait_for_text("✓ Storage")


def test_says_what_to_do_about_what_has_changed():
    window.go("Review")
    window.click("Choose All")
    window.click("Delete")
    window.go("Deploy")
    window.wait_for_text("! Takes")
    window.wait_for_text("They have changed since the model was trained. Train again to have them in it.")
    window.click("Undo")
    window.wait_for_text("✓ Takes")


def test_deploys_by_steps_and_proves_it():
    choose_action("clap2", "Next track")
    window.wait_for_text("Keys and media keys go to")
    window.click("Deploy")
    window.wait_for_text("✓ Verified, self-test 20 of 20")
    window.wait_for_text("✓ Read back and compared")
    window.wait_for_text("✓ The watch itself answers 20 of 20")
    assert record()["actions"][record()["names"].index("clap2")] == ["m", 1], record()
    window.wait_for(lambda: "The model is on the watch" in window.find("The watch").get_description(), "word of the picture")
    assert is_there("Try It")


def test_offers_the_model_before_and_goes_back():
    assert not is_there("Put the Former Model Back")
    crc = record()["crc"]
    window.go("Train")
    window.click("Train Again")
    window.wait_for(lambda: is_there("See What It Mixes Up"), "another model")
    window.go("Deploy")
    window.wait_for(lambda: not window.find_starting("✓ Verified"), "no proof of the model before")
    window.click("Deploy")
    window.wait_for_text("✓ Verified, self-test 20 of 20")
    assert record()["crc"] != crc
    window.click("Put the Former Model Back")
    window.wait_for_text("The former model is in use again.")
    assert record()["crc"] == crc
    window.go("Try")
    window.wait_for_text("This model is not on the watch yet")
    window.go("Deploy")
    window.click("Deploy")
    window.wait_for_text("✓ Verified")


def test_what_was_proved_goes_with_its_watch():
    window.open_popover()
    window.click("Disconnect")
    window.wait_for(lambda: not window.find_starting("✓ Verified"), "no proof where there is no watch")
    connect(f"virtual:{folder / 'watch'}?speed=4")
    window.click("Deploy")
    window.wait_for_text("✓ Verified")


def test_shows_each_answer_beside_this_computers():
    window.click("Try It")
    window.wait_for_text("Listening")
    for number, label in enumerate(GESTURES, 1):
        window.perform(label)
        window.wait_for_text(f"Watch and computer agree on {number} of {number} ")
    assert n_heard() == len(GESTURES)


def test_a_wrong_answer_gives_its_take_the_right_name_and_can_be_undone():
    def n_upup():
        return program.good("--json", "info", folder / "p.waggle").json["labels"]["upup"]

    before = n_upup()
    window.click("That Was Wrong", "toggle button")  # a virtual watch performs takes of the project
    window.write("Another gesture's name", "upup")
    window.find("Another gesture's name", "text").get_action_iface().do_action(0)
    window.wait_for(lambda: window.find_starting("This take of the project is called “upup” now.") or
                    window.find_starting("It is a take of “upup” now."), "word of the take")
    window.wait_for(lambda: n_upup() == before + 1, "one more of that name")
    window.wait_for(lambda: [n for n in window.nodes() if (n.get_name() or "").endswith("It was upup, and is a take now.")],
                    "mark of the answer")
    window.wait_for_text("1 take corrected.")
    window.click("Undo")
    window.wait_for(lambda: n_upup() == before, "the takes as before")
    window.wait_for(lambda: not window.find_starting("1 take corrected."), "nothing to learn from")


def n_wrong_of_new():
    """Before and after, as the bar tells them: wrong ones among the takes to learn from."""
    texts = [text for text in window.texts() if ", of the new ones " in text]
    return [tuple(int(word) for word in text.split(", of the new ones ")[1].split(" of ")) for text in texts]


def list_relabelled():
    """Takes with a wrong name: id -> the name."""
    rows = program.good("--json", "list", folder / "p.waggle").json["recordings"]
    return {row["id"]: row["label"] for row in rows}


def mark_wrong(label):
    window.click("That Was Wrong", "toggle button")
    window.write("Another gesture's name", label)
    window.find("Another gesture's name", "text").get_action_iface().do_action(0)


def teach_until_compared():
    """Takes that judge the model do not teach it: corrects performances until one of them trained it."""
    for _ in range(6):
        before = list_relabelled()
        window.perform("clap2")
        mark_wrong("upup")
        window.wait_for(lambda known=before: list_relabelled() != known, "the take with another name")
        window.click("Teach the Model")
        window.wait_for(lambda: n_wrong_of_new() or window.find_starting("What was corrected is kept apart"), "before and after")
        if n_wrong_of_new():
            return
        window.wait_for(lambda: window.find("Teach the Model", "push button"), "the offer")
    raise AssertionError("none of six takes trained the model")


def test_learns_from_a_take_that_had_the_wrong_name():
    crc = record()["crc"]
    teach_until_compared()
    before, after = n_wrong_of_new()
    assert before[1] == after[1] >= 1 and after[0] <= before[0], (before, after)
    told = program.good("--json", "adapt", folder / "p.waggle", "--dry-run").json
    assert (told["before"]["since_wrong"], told["since"]) == before, (told, before)
    window.click("Keep the New One")
    window.wait_for_text("The model has learned. The watch has the one before.")
    assert record()["crc"] == crc
    window.click("Put It on the Watch")
    window.wait_for_text("✓ On the watch and verified, self-test 20 of 20.")
    assert record()["crc"] != crc
    window.wait_for_text("Listening")


def test_changes_when_the_watch_answers():
    assert record()["threshold"] == 0.5
    window.click("When It Answers", "toggle button")
    slider = window.wait_for(lambda: window.find("Threshold", "slider"), "the threshold")
    assert slider.get_value_iface().get_current_value() == 50
    slider.get_value_iface().set_current_value(95)
    window.wait_for_text("The watch answers so from now on.")
    assert record()["threshold"] == 0.95
    window.wait_for_text("Battery: about ")
    window.write_number("Answers that make one", 2)
    window.wait_for_text("The watch is as sure from now on. It waits for several answers")
    window.press("Escape")
    window.wait_for_text("Listening")
    window.click("Undo")  # the count, then the threshold: each on the watch as well
    window.click("Undo")
    window.wait_for(lambda: record()["threshold"] == 0.5, "the threshold as it was")
    window.wait_for_text("Listening")
    window.click("Redo")
    window.wait_for(lambda: record()["threshold"] == 0.95, "the threshold again")
    window.wait_for_text("Listening")
    window.click("Redo")
    window.wait_for_text("Listening")
    window.go("Deploy")
    window.click("Deploy")
    window.wait_for_text("✓ Verified")
    assert record()["threshold"] == 0.95 and record()["debounce"] == [2, 3000], record()


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global window, folder
    driver.enter()
    folder = program.folder()
    recordings = [f"conor-v2/{name}.txt" for name in ("up_up", "clap2", "wraggle")]
    project = program.trained(folder / "p.waggle", *recordings, words=("--epochs", 10))
    window = driver.Window(project, "--watch", f"virtual:{folder / 'watch'}?speed=4")
    return driver.run("deploy-try")


if __name__ == "__main__":
    sys.exit(main())
