#!/usr/bin/python3
"""The Flatpak manifest fits the program: its names, what it needs beyond the runtime, sources that cannot change, few permissions."""
import json
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as tree

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
import tap  # noqa: E402
from program import BUILD, SOURCE  # noqa: E402

PATH = SOURCE / "flatpak" / "org.waggle.Waggle.yml"
TEXT = PATH.read_text(encoding="utf-8")

# what the program may ask for, each with a reason in the manifest
ALLOWED = {"--share=ipc", "--socket=wayland", "--socket=fallback-x11", "--system-talk-name=org.bluez", "--allow=bluetooth",
           "--device=all", "--filesystem=xdg-documents/Waggle:create"}
# of org.gnome.Platform, by the names of pkg-config
OF_RUNTIME = {"glib-2.0", "gobject-2.0", "gio-2.0", "gio-unix-2.0", "json-glib-1.0", "sqlite3", "gtk+-3.0"}
MODULE_OF = {"libusb-1.0": "libusb"}
KEYS = {"id", "runtime", "runtime-version", "sdk", "command", "finish-args", "cleanup", "modules"}
MODULE_KEYS = {"name", "buildsystem", "build-commands", "config-opts", "cleanup", "sources"}
BUILD_SYSTEMS = {"simple", "meson", "cmake-ninja", "autotools"}


class Strict(yaml.SafeLoader):
    """Refuses a key that is given twice."""


def make_mapping(loader, node):
    keys = [loader.construct_object(key) for key, _ in node.value]
    assert len(keys) == len(set(keys)), f"given twice: {keys}"
    return loader.construct_mapping(node, deep=True)


Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, make_mapping)
MANIFEST = yaml.load(TEXT, Strict)  # a SafeLoader all the same
MODULES = {module["name"]: module for module in MANIFEST["modules"]}


def component():
    return tree.parse(SOURCE / "data" / "org.waggle.Waggle.metainfo.xml.in").getroot()


def test_has_the_names_of_the_program():
    assert MANIFEST["id"] == component().find("id").text == PATH.stem
    assert component().find("launchable").text == f"{MANIFEST['id']}.desktop"
    assert (SOURCE / "data" / f"{MANIFEST['id']}.desktop.in").exists()
    assert MANIFEST["command"] in [node.text for node in component().findall("provides/binary")]


def test_is_of_a_runtime_with_gtk3():
    assert (MANIFEST["runtime"], MANIFEST["sdk"]) == ("org.gnome.Platform", "org.gnome.Sdk")
    assert isinstance(MANIFEST["runtime-version"], str) and 43 <= int(MANIFEST["runtime-version"]) <= 48


def test_says_nothing_that_nobody_reads():
    assert set(MANIFEST) == KEYS
    assert len(MODULES) == len(MANIFEST["modules"])
    for name, module in MODULES.items():
        assert set(module) <= MODULE_KEYS, (name, set(module) - MODULE_KEYS)
        kind = module.get("buildsystem", "autotools")
        assert kind in BUILD_SYSTEMS and ("build-commands" in module) == (kind == "simple"), name


def test_asks_for_little_and_says_why():
    asked = MANIFEST["finish-args"]
    assert set(asked) <= ALLOWED and len(asked) == len(set(asked)), set(asked) - ALLOWED
    assert "network" not in " ".join(asked)
    reason = None
    for line in TEXT[TEXT.index("finish-args:"):TEXT.index("cleanup:")].splitlines()[1:]:
        if line.strip().startswith("#"):
            reason = line
        elif line.strip():
            assert reason, f"no reason is given for {line.strip()}"


def test_sources_cannot_change():
    for name, module in MODULES.items():
        assert module["sources"], name
        for source in module["sources"]:
            if source["type"] == "archive":
                assert re.fullmatch("[0-9a-f]{64}", source["sha256"]), name
                version = re.search(r"\d+\.\d+(\.\d+)?", source["url"])
                assert version, source["url"]
            elif source["type"] == "git":
                assert source["tag"] and re.fullmatch("[0-9a-f]{40}", source["commit"]), name
            else:
                assert (name, source["type"], source["path"]) == ("waggle", "dir", ".."), name
                continue
            assert source["url"].startswith("https://"), source["url"]


def test_brings_what_the_program_needs_beyond_the_runtime():
    told = subprocess.run(["meson", "introspect", "--dependencies", SOURCE / "meson.build"], capture_output=True, text=True,
                          check=True).stdout
    # those that only tests need are asked for under a condition
    needed = {row["name"] for row in json.loads(told) if row["required"] and not row["conditional"]}
    assert "gtk+-3.0" in needed and "openblas" in needed, needed
    missing = {name for name in needed - OF_RUNTIME if MODULE_OF.get(name, name) not in MODULES}
    assert not missing, f"neither of the runtime nor a module: {missing}"
    assert "-Dtests=false" in MODULES["waggle"]["config-opts"] and list(MODULES)[-1] == "waggle"


def test_options_are_those_that_meson_knows():
    options = {row["name"] for row in json.loads((BUILD / "meson-info" / "intro-buildoptions.json").read_text(encoding="utf-8"))}
    for option in MODULES["waggle"]["config-opts"]:
        assert re.fullmatch(r"-D([a-z_]+)=\S+", option).group(1) in options, option


if __name__ == "__main__":
    tap.main("/package/flatpak")
