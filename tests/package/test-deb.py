#!/usr/bin/python3
"""The Debian package: built with its tests from a clean checkout, lintian's word, the same bytes again elsewhere, and its life in a
bare Debian 12, from installing to a purge that leaves nothing.

What it made is in tests/package of the build folder afterwards: the package, its build's log, and a picture of its window.
"""
import functools
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "ui"), str(HERE.parent / "cli")]
import apt_sources  # noqa: E402
import checkout  # noqa: E402
import driver  # noqa: E402
import tap  # noqa: E402

KEPT = driver.BUILD / "tests" / "package" / "made"
PAGES = ("waggle", "waggle-cli", "waggle-watch", "waggle-thumbnailer")
ERRORS = ("CRITICAL", "WARNING", "Segmentation", "error while loading")
# what other packages leave when they are purged: copies of lists of users, ids of the machine, empty folders of systemd, caches of
# the manual's pages
LEFT_BY_OTHERS = re.compile("/etc/(gshadow|shadow|passwd|group|subuid|subgid)-|/etc/(machine-id|mtab)|/root/.ssh|/var/cache/man/.*|"
                            "/var/(cache|lib)/private|/var/lib/systemd/.*")


def run(*words, log=None, **more):
    done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                          stdin=subprocess.DEVNULL, **more)
    if log:
        log.write_text(done.stdout, encoding="utf-8")
    assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout[-4000:]}"
    return done.stdout


def build(folder, *words, umask=0o022, **environment):
    """The packages that are made of a clean checkout in `folder`, and the seconds it took."""
    shutil.copytree(pristine(), folder)
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("WAGGLE", "G_", "MESON", "OPENBLAS", "ASAN", "LSAN", "UBSAN", "MALLOC_", "DISPLAY"))}
    begun = time.monotonic()
    run("dpkg-buildpackage", "-us", "-uc", "-b", *words, cwd=folder, umask=umask, log=KEPT / f"{folder.name}.log",
        env={**kept, "CCACHE_DISABLE": "1", **environment})
    return sorted(folder.parent.glob("*.deb")), round(time.monotonic() - begun)


@functools.lru_cache
def work():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="waggle-package-", dir="/var/tmp"))
    KEPT.mkdir(parents=True, exist_ok=True)
    return folder


@functools.lru_cache
def pristine():
    """The clean checkout, taken once: who works on the tree meanwhile changes nothing in here."""
    checkout.check_out(work() / "pristine")
    return work() / "pristine"


@functools.lru_cache
def first():
    packages, seconds = build(work() / "one" / "waggle", LC_ALL="C.UTF-8", TZ="UTC")
    print(f"# dpkg-buildpackage with its tests: {seconds} s", flush=True)
    for package in packages:
        shutil.copy(package, KEPT)
    return packages


def find(packages):
    """Of them the one that is installed, not that of its debugging symbols."""
    return [package for package in packages if package.name.startswith("waggle_")][0]


def test_builds_from_a_clean_checkout_with_the_offline_tests():
    first()
    log = (KEPT / "waggle.log").read_text(encoding="utf-8")
    passed = re.search(r"^Ok: +(\d+)", log, re.M)
    assert passed and int(passed.group(1)) > 50, log[-2000:]
    assert re.search(r"^Fail: +0", log, re.M) and re.search(r"^Skipped: +0", log, re.M) and "--suite offline" in log


def test_lintian_finds_no_error_and_warns_of_nothing():
    changes = next(first()[0].parent.glob("*.changes"))
    said = run("lintian", "--allow-root", "--fail-on", "error,warning", "--no-tag-display-limit", changes)
    assert not re.search("^[EW]: ", said, re.M), said
    assert not list(driver.SOURCE.glob("debian/**/*lintian-overrides")), "an override hides what it says"


def test_the_same_source_gives_the_same_bytes():
    """In another folder, later, with another umask, language, time zone, home and number of jobs, and without the tests."""
    again, seconds = build(work() / "another" / "deeper" / "waggle-copy", "-Pnocheck", umask=0o002, LC_ALL="C", LANGUAGE="de",
                           TZ="Pacific/Auckland", HOME="/nonexistent", DEB_BUILD_OPTIONS="nocheck parallel=3")
    print(f"# dpkg-buildpackage without tests: {seconds} s", flush=True)
    assert len(again) == len(first()) == 2
    for one, other in zip(first(), again):
        sums = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (one, other)]
        print(f"# {one.name}: {' '.join(sums)}", flush=True)
        assert one.name == other.name and sums[0] == sums[1], (one.name, sums)


@functools.lru_cache
def life():
    """What the package was seen to do in a bare root."""
    facts = KEPT / "facts.json"
    facts.unlink(missing_ok=True)
    hook = f'/usr/bin/python3 {HERE / "bare-root.py"} "$1" {find(first())} {facts}'
    begun = time.monotonic()
    run(*apt_sources.mmdebstrap("--include=man-db,bash-completion", f"--customize-hook={hook}"), log=KEPT / "mmdebstrap.log")
    print(f"# in a bare root, from making to removing it: {time.monotonic() - begun:.0f} s", flush=True)
    return json.loads(facts.read_text(encoding="utf-8"))


def get(step):
    assert step in life(), life().get("fault")
    return life()[step]


def test_installs_with_apt_in_a_bare_debian():
    seen = get("install")
    print(f"# apt-get install: {seen['seconds']} s", flush=True)
    for path in ("/usr/bin/waggle", "/usr/bin/waggle-cli", "/usr/bin/waggle-watch", "/usr/bin/waggle-thumbnailer",
                 "/usr/lib/udev/rules.d/60-waggle.rules", "/usr/share/applications/org.waggle.Waggle.desktop",
                 "/usr/share/metainfo/org.waggle.Waggle.metainfo.xml", "/usr/share/thumbnailers/org.waggle.Waggle.thumbnailer",
                 "/usr/share/icons/hicolor/scalable/apps/org.waggle.Waggle.svg",
                 "/usr/share/icons/hicolor/symbolic/apps/org.waggle.Waggle-symbolic.svg",
                 "/usr/share/icons/hicolor/scalable/mimetypes/application-x-waggle.svg",
                 "/usr/share/icons/hicolor/scalable/mimetypes/application-x-waggle-pack.svg",
                 "/usr/share/doc/waggle/NEWS.gz", "/usr/share/doc/waggle/copyright"):
        assert path in seen["files"], path
    assert seen["state"] == "", seen["state"]


def test_registers_settings_types_of_files_pages_and_completion():
    seen = get("install")
    assert seen["schemas"]
    assert {line.split(":")[1] for line in seen["types"]} == {"application/x-waggle", "application/x-waggle-pack"}, seen["types"]
    assert [pathlib.Path(page).name for page in seen["pages"]] == [f"{page}.1.gz" for page in PAGES]
    assert "_waggle_cli" in seen["completion"], seen["completion"]


def test_does_the_main_job_as_a_person_without_rights():
    seen = get("use")
    assert seen["evaluate"]["n"] == 241 and seen["evaluate"]["accuracy"] > 0.95, seen["evaluate"]["accuracy"]
    assert seen["quantize"]["fits"] and seen["deploy"]["verified"]
    assert seen["deploy"]["self_test"]["equal"] == seen["deploy"]["self_test"]["n"] > 0
    assert {"tflite", "c", "arduino", "micropython", "watch-app"} <= set(seen["exports"]) and seen["picture"] > 500


def test_shows_its_window_and_quits():
    seen = get("show")
    assert seen["code"] == 0 and not any(word in seen["said"] for word in ERRORS), seen
    colours = int(run("convert", KEPT / "facts.png", "-format", "%k", "info:"))
    assert colours > 100, f"{colours} colours: nothing is drawn"


def test_a_purge_leaves_nothing():
    """Nothing of the package, nothing that using it made outside of the person's home, nothing of what came with it."""
    seen = get("purge")
    assert seen["known"] == seen["named"] == [], seen
    assert [path for path in seen["new"] if not path.startswith("/var/cache/man/")] == [], seen["new"]
    # with the last icon its cache goes
    assert set(seen["gone"]) <= {"/usr/share/icons/hicolor/icon-theme.cache"} and seen["lost"] == [], seen
    assert [path for path in seen["left"] if not LEFT_BY_OTHERS.fullmatch(path)] == [], seen["left"]


def main():
    driver.enter()
    try:
        return tap.run(sys.modules["__main__"], "/package/deb")
    finally:
        shutil.rmtree(work())


if __name__ == "__main__":
    sys.exit(main())
