#!/usr/bin/python3
"""F1 opens the user guide at the page that tells of what is shown: in the help viewer, else in a browser, else told where."""
import pathlib
import sys
import tempfile
import urllib.parse

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent),
                str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
import driver  # noqa: E402
import tap  # noqa: E402

PAGES = ["Record", "Review", "Train", "Evaluate", "Deploy", "Try"]
driver.KEYS["F1"] = 0xFFBE


class Desktop:
    """What a person's desktop has of programs: those for `kinds` note what they are asked to open."""

    def __init__(self, folder, *kinds):
        self.asked = folder / "asked"
        self.asked.touch()
        self.shared = folder / "shared"  # all that the system shares, but for its programs
        self.shared.mkdir(parents=True)
        for place in pathlib.Path("/usr/share").iterdir():
            if place.name != "applications":
                (self.shared / place.name).symlink_to(place)
        programs = self.shared / "applications"
        programs.mkdir()
        handler = folder / "handler"
        handler.write_text(f'#!/bin/sh\necho "$1" >>"{self.asked}"\n', encoding="utf-8")
        handler.chmod(0o755)
        (programs / "handler.desktop").write_text(
            f"[Desktop Entry]\nType=Application\nName=Handler\nExec={handler} %u\nMimeType={';'.join(kinds)};\n", encoding="utf-8")
        (programs / "mimeapps.list").write_text(
            "[Default Applications]\n" + "".join(f"{kind}=handler.desktop\n" for kind in kinds), encoding="utf-8")

    def environment(self, **more):
        return {"XDG_DATA_DIRS": str(self.shared), "XDG_CURRENT_DESKTOP": "", **more}

    def take(self, window):
        """What was asked for since."""
        found = window.wait_for(lambda: self.asked.read_text(encoding="utf-8").split(), "a program that was asked")
        self.asked.write_text("", encoding="utf-8")
        return found


def start(*kinds, arguments=("--sample",), **more):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="waggle-help-"))
    desktop = Desktop(folder, *kinds)
    window = driver.Window(*arguments, home=folder / "home", environment=desktop.environment(**more))
    return window, desktop


def test_F1_opens_the_viewer_at_the_page_that_shows():
    window, desktop = start("x-scheme-handler/ghelp", "text/html")
    try:
        guide = urllib.parse.quote(str(driver.SOURCE / "help/C"))
        for page in PAGES:
            window.go(page)
            window.press("F1")
            assert desktop.take(window) == [f"ghelp:{guide}?{page.lower()}"], page
        window.activate("room")
        window.wait_for_text("Gather what attendees hand in")
        window.press("F1")
        assert desktop.take(window) == [f"ghelp:{guide}?room"]
        window.activate("projects")
        window.wait_for(lambda: window.find("Name of the project", "text"), "the projects")
        window.activate("help")  # as the menu does
        assert desktop.take(window) == [f"ghelp:{guide}?index"]
        window.check_errors()
    finally:
        window.close()


def test_F1_opens_it_from_windows_beside_too():
    """Where no window manager gives them the focus, the pointer does."""
    window, desktop = start("x-scheme-handler/ghelp")
    try:
        window.go("Train")
        window.activate("preferences")
        box = window.wait_for(lambda: window.find("Open the project of last time", "check box"), "the preferences")
        extents = box.get_extents(window.atspi.CoordType.SCREEN)
        window.atspi.generate_mouse_event(extents.x + 5, extents.y + 5, "abs")
        window.press("F1")
        guide, = desktop.take(window)
        assert guide.endswith("/help/C?train"), guide
        window.press("Escape")  # so it was that window which had the key
        window.wait_for(lambda: not window.find("Open the project of last time"), "an end of the preferences")
        window.check_errors()
    finally:
        window.close()


def test_an_installed_guide_is_asked_for_by_its_name():
    elsewhere = tempfile.mkdtemp(prefix="waggle-elsewhere-")  # no source tree, so no guide in it
    window, desktop = start("x-scheme-handler/help", arguments=(), WAGGLE_SOURCE=elsewhere)
    try:
        window.press("F1")
        assert desktop.take(window) == ["help:waggle/index"]
    finally:
        window.close()


def test_without_a_viewer_the_browser_shows_it():
    window, desktop = start("text/html")
    try:
        window.go("Evaluate")
        window.press("F1")
        uri, = desktop.take(window)
        parts = urllib.parse.urlsplit(uri)
        path = pathlib.Path(urllib.parse.unquote(parts.path)) if parts.scheme else pathlib.Path(uri)
        assert path == driver.BUILD / "help/html/C/evaluate.html", uri
        assert "confusion matrix" in path.read_text(encoding="utf-8").lower()
        window.check_errors()
    finally:
        window.close()


def test_with_neither_the_window_says_where_it_is():
    window, desktop = start("x-scheme-handler/nothing")
    try:
        window.go("Deploy")
        window.press("F1")
        text = window.wait_for_text("No program here shows the user guide").get_name()
        assert str(driver.BUILD / "help/html/C/deploy.html") in text, text
        assert not desktop.asked.read_text(encoding="utf-8")
        window.check_errors()
    finally:
        window.close()


if __name__ == "__main__":
    driver.enter()
    tap.main("/ui/help")
