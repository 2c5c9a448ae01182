"""Makes a locale whose decimal separator is a comma, where none is installed."""
import os
import pathlib
import subprocess

NAME = "de_DE.UTF-8"


def environment(folder):
    """What makes a program's numbers German and leaves its texts English."""
    place = pathlib.Path(folder) / "locales"
    place.mkdir(parents=True, exist_ok=True)
    # it warns of what a newer standard has and its own sources lack
    subprocess.run(["localedef", "--no-archive", "-i", "de_DE", "-f", "UTF-8", place / NAME], check=False,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert (place / NAME / "LC_NUMERIC").exists(), "the package locales is missing"
    return {**os.environ, "LOCPATH": str(place), "LC_ALL": NAME, "LANG": NAME, "LANGUAGE": "en"}
