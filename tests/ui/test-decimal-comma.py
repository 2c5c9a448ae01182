#!/usr/bin/python3
"""The main path in a locale with a decimal comma: what a person reads has commas, what is kept and sent has points, and
the model is the one that is trained anywhere else."""
import json
import re
import sqlite3
import sys

import driver
import comma
import program

window = folder = None
SIDES = ("point", "comma")


def record(side):
    return json.loads((folder / side / "watch/waggle.json").read_text(encoding="utf-8"))


def models(side):
    """Of the project's models, the bytes of the network and of the int8 form."""
    connection = sqlite3.connect(folder / f"{side}.waggle")
    rows = connection.execute("SELECT kind, data FROM models ORDER BY id").fetchall()
    connection.close()
    return rows


def open_window(side, german):
    (folder / side).mkdir(exist_ok=True)
    return driver.Window(folder / f"{side}.waggle", "--watch", f"virtual:{folder / side / 'watch'}?speed=4",
                         home=folder / side / "home", environment=german if side == "comma" else None)


def test_numbers_have_commas_in_the_window_and_points_on_the_watch():
    global window
    german = comma.environment(folder)
    for side in SIDES:
        program.good("new", folder / f"{side}.waggle")
        for name in ("up_up", "clap2", "wraggle"):
            program.good("import", folder / f"{side}.waggle", program.SEED / "conor-v2" / f"{name}.txt", "--person", "conor")
    for side in SIDES:
        window = open_window(side, german)
        window.wait_for_text("Watch: Bangle.js 2")
        window.go("Train")
        window.click("Train")
        window.wait_for(lambda: window.find("See What It Mixes Up"), "trained model")
        window.go("Deploy")
        window.click("Deploy")
        window.wait_for_text("✓ Verified, self-test 20 of 20")
        window.click("Try It")
        window.wait_for_text("Listening")
        window.click("When It Answers", "toggle button")
        slider = window.wait_for(lambda: window.find("Threshold", "slider"), "the threshold")
        slider.get_value_iface().set_current_value(95)
        window.wait_for_text("The watch answers so from now on.")
        window.press("Escape")
        window.go("Evaluate")
        window.wait_for(lambda: [text for text in window.texts() if re.search(r"\d[.,]\d %", text)], "share of right answers")
        numbers = " ".join(re.findall(r"\d+[.,]\d+ (?:%|kB|g)", " ".join(window.texts())))
        assert numbers and (("," in numbers) == (side == "comma")) and ("." in numbers) == (side == "point"), (side, numbers)
        window.check_errors()
        window.close()
    assert record("point")["threshold"] == record("comma")["threshold"] == 0.95
    assert record("point")["crc"] == record("comma")["crc"]


def test_the_models_are_the_same_bytes():
    assert len(models("point")) >= 2 and models("point") == models("comma")


def test_the_project_opens_again():
    """In the other locale, with the settings that were kept."""
    global window
    window = open_window("comma", None)
    window.wait_for_text("Watch: Bangle.js 2")
    window.go("Deploy")
    window.wait_for_text("✓ Storage")
    window.go("Try")
    window.wait_for_text("Listening")
    window.click("When It Answers", "toggle button")
    slider = window.wait_for(lambda: window.find("Threshold", "slider"), "the threshold")
    assert slider.get_value_iface().get_current_value() == 95
    window.check_errors()


def main():
    global folder
    driver.enter()
    folder = program.folder()
    return driver.run("decimal-comma")


if __name__ == "__main__":
    sys.exit(main())
