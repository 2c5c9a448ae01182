#!/usr/bin/env python3
"""What tells others of the program is valid, and says the same everywhere: metainfo, menu entry, MIME types, man pages, packaging."""
import configparser
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
import tap  # noqa: E402
from program import BUILD, CLI, SEED, SOURCE, folder, good  # noqa: E402

ID = "org.waggle.Waggle"
DATA, BUILT = SOURCE / "data", BUILD / "data"
METAINFO = BUILT / f"{ID}.metainfo.xml"
COMPONENT = tree.parse(METAINFO).getroot()
PAGES = ["waggle", "waggle-cli", "waggle-watch", "waggle-thumbnailer"]
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def say(*words, **more):
    """Output and errors of a program that must succeed."""
    done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                          env={**os.environ, "LC_ALL": "C.UTF-8", **more})
    assert done.returncode == 0, (words, done.stdout)
    return done.stdout


def releases(what):
    return say(SOURCE / "build-aux" / "releases.py", what)


def keys(path, section):
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str
    parser.read(path, encoding="utf-8")
    return parser[section]


def mime_types():
    return {node.get("type") for node in tree.parse(DATA / f"{ID}.mime.xml").getroot().findall(f"{MIME}mime-type")}


def test_the_version_is_the_metainfos():
    version = COMPONENT.find("releases/release").get("version")
    project = json.loads((BUILD / "meson-info" / "intro-projectinfo.json").read_text(encoding="utf-8"))
    assert project["version"] == version == releases("version").strip()
    assert say(CLI, "--version").split() == ["waggle-cli", version]
    for page in PAGES:
        head = (BUILT / "man" / f"{page}.1").read_text(encoding="utf-8").splitlines()[0]
        assert f'"Waggle {version}"' in head and releases("date").strip() in head, head


def test_debian_changelog_is_made_of_the_metainfo():
    """`build-aux/releases.py changelog > debian/changelog` makes it anew."""
    assert (SOURCE / "debian" / "changelog").read_text(encoding="utf-8") == releases("changelog")
    said = say("dpkg-parsechangelog", "-l", SOURCE / "debian" / "changelog", "--all")
    assert "warning" not in said and f"Version: {releases('version')}" in said, said


def test_news_has_every_note_of_every_release():
    news = " ".join((BUILT / "NEWS").read_text(encoding="utf-8").split())
    for release in COMPONENT.findall("releases/release"):
        assert f"Version {release.get('version')}" in news
        notes = [part for part in release.find("description").iter() if part.tag in ("p", "li")]
        assert notes, release.get("version")
        for note in notes:
            assert " ".join(note.text.split()) in news, note.text


def test_metainfo_is_valid():
    """With no word of the validator, but for the capital of the program's name in its id."""
    said = say("appstreamcli", "validate", "--no-net", "--pedantic", "--strict", "--no-color", METAINFO)
    marks = [line for line in said.splitlines() if re.match(r"[EWIP]: ", line)]
    assert len(marks) == 1 and "cid-contains-uppercase-letter" in marks[0], said


def test_screenshots_are_those_of_the_documents():
    images = COMPONENT.findall("screenshots/screenshot/image")
    assert len(images) >= 3
    for image in images:
        picture = SOURCE / "docs" / image.text.rpartition("/")[2]
        size = struct.unpack(">II", picture.read_bytes()[16:24])
        assert size == (int(image.get("width")), int(image.get("height"))), (picture, size)


def test_menu_entry_is_valid():
    assert say("desktop-file-validate", BUILT / f"{ID}.desktop") == ""
    assert COMPONENT.find("launchable").text == f"{ID}.desktop"


def test_man_pages_are_clean():
    for page in PAGES:
        path = BUILT / "man" / f"{page}.1"
        done = subprocess.run(["man", "--warnings=all", "-l", path], capture_output=True, text=True, check=True,
                              env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80", "MANPAGER": "cat"})
        assert done.stderr == "" and page in done.stdout, done.stderr
        assert not re.search("@[A-Z]+@", path.read_text(encoding="utf-8"))


def test_every_place_names_the_same_types_of_files():
    types = mime_types()
    assert len(types) == 2
    assert set(keys(BUILT / f"{ID}.desktop", "Desktop Entry")["MimeType"].rstrip(";").split(";")) == types
    assert {node.text for node in COMPONENT.findall("provides/mediatype")} == types
    thumbnailer = keys(DATA / f"{ID}.thumbnailer", "Thumbnailer Entry")
    assert set(thumbnailer["MimeType"].rstrip(";").split(";")) == types
    assert thumbnailer["Exec"].split()[0] == thumbnailer["TryExec"]
    installed = json.loads((BUILD / "meson-info" / "intro-installed.json").read_text(encoding="utf-8")).values()
    assert f"/bin/{thumbnailer['TryExec']}" in " ".join(installed)
    icons = [path for path in installed if path.endswith(".svg") and "/mimetypes/" in path]
    assert {pathlib.Path(path).stem for path in icons} == {name.replace("/", "-") for name in types}


def test_files_are_known_by_name_and_content():
    top = folder()
    packages = top / "data" / "mime" / "packages"
    packages.mkdir(parents=True)
    shutil.copy(DATA / f"{ID}.mime.xml", packages / f"{ID}.xml")
    shutil.copy("/usr/share/mime/packages/freedesktop.org.xml", packages)
    assert say("update-mime-database", top / "data" / "mime", XDG_DATA_DIRS=str(top / "data")) == ""
    good("new", top / "p.waggle")
    good("import", top / "p.waggle", SEED / "conor-v3")
    good("pack", top / "p.waggle", top / "p.wagglepack")
    shutil.copy(top / "p.waggle", top / "renamed")
    for name, wanted in (("p.waggle", "application/x-waggle"), ("renamed", "application/x-waggle"),
                         ("p.wagglepack", "application/x-waggle-pack")):
        said = say("gio", "info", "-a", "standard::content-type", top / name, XDG_DATA_DIRS=str(top / "data"),
                   XDG_DATA_HOME=str(top / "none"))
        assert f"standard::content-type: {wanted}\n" in said, said


def test_settings_schema_is_strict():
    assert say("glib-compile-schemas", "--strict", "--dry-run", DATA) == ""


def test_icons_are_drawings():
    for icon in (DATA / "icons").glob("*.svg"):
        root = tree.parse(icon).getroot()
        assert root.tag.endswith("svg") and root.get("viewBox"), icon


def complete(*words):
    """What the shell offers for the last word."""
    line = " ".join(f"'{word}'" for word in words)
    script = f"source '{DATA}/waggle-cli.bash'; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _waggle_cli '{CLI}'; " \
        'printf "%s\\n" "${COMPREPLY[@]}"'
    return say("bash", "-c", script).split()


def test_the_shell_completes_commands_options_and_files():
    assert complete(CLI, "tra") == ["train"]
    assert complete(CLI, "train", "p.waggle", "--pre") == ["--preset"]
    with tempfile.TemporaryDirectory() as top:
        (pathlib.Path(top) / "my.waggle").touch()
        assert complete(CLI, "info", f"{top}/my") == [f"{top}/my.waggle"]


if __name__ == "__main__":
    tap.main("/package/metadata")
