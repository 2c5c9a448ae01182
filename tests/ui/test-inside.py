#!/usr/bin/python3
"""What a model takes of the watch, and what it looks like inside, in the window."""
import pathlib
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent),
                str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
import driver  # noqa: E402
import program  # noqa: E402
import tap  # noqa: E402

window = folder = None


def battery():
    return [text for text in window.texts() if "mJ each" in text][0]


def figures(*words):
    return program.good("--json", "figures", folder / "p.waggle", *words).json


def test_shows_what_the_model_takes_of_the_watch():
    window.wait_for_text("Watch: Bangle.js 2")
    window.go("Deploy")
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
    window.click("Deploy")
    window.wait_for_text("✓ The watch itself answers")
    assert not [text for text in window.texts() if text.startswith("measured ")], window.texts()
    assert window.find_starting("about ") and [t for t in window.texts() if "a virtual watch cannot measure it" in t]


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global window, folder
    driver.enter()
    folder = program.folder()
    project = folder / "p.waggle"
    program.good("new", project)
    program.good("import", project, program.SEED / "conor-v2", "--person", "conor")
    program.good("train", project, "--labels", "upup,clap2,waggle", "--epochs", 10)
    program.good("quantize", project)
    window = driver.Window(project, "--watch", f"virtual:{folder / 'watch'}?speed=8")
    try:
        return tap.run(sys.modules["__main__"], "/ui/inside")
    finally:
        window.close()


if __name__ == "__main__":
    sys.exit(main())
