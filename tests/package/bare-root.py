#!/usr/bin/env python3
"""A package's life in a bare Debian: bare-root.py ROOT PACKAGE FACTS.

A hook of mmdebstrap, which makes the root and removes it again. Installs the package there with apt, uses it as a person without
rights would, shows its window on the display of this machine, purges it, and writes what was seen to FACTS, as JSON.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT, PACKAGE, FACTS = map(pathlib.Path, sys.argv[1:])
HOME = "/tmp/home"
SAMPLES = "/usr/share/waggle/recordings"
# written by apt and dpkg themselves whatever they install, and what the kernel shows
NOT_FILES = ("/proc", "/sys", "/dev", "/run", "/tmp", "/var/log", "/var/cache/apt", "/var/lib/apt", "/var/lib/dpkg")
PATIENCE_S = 60


def as_user(user):
    """runuser says where that user's home is; ours is elsewhere."""
    return ["runuser", "-u", user, "--", "env", f"HOME={HOME}"]


def inside(*words, user=None, **environment):
    """A program within the root; its output with its errors."""
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/root",
                   "DEBIAN_FRONTEND": "noninteractive", **environment}
    change = as_user(user) if user else []
    done = subprocess.run(["chroot", ROOT, *change, *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, text=True, check=False, timeout=900)
    if done.returncode != 0:
        raise AssertionError(f"{words}: {done.returncode}\n{done.stdout[-3000:]}")
    return done.stdout


def list_files():
    """Paths of all that is there."""
    found = set()
    for top, folders, names in os.walk(ROOT):
        here = "/" + str(pathlib.Path(top).relative_to(ROOT)).strip(".")
        folders[:] = [name for name in folders if os.path.join(here, name) not in NOT_FILES]
        found.update(os.path.join(here, name) for name in folders + names)
    return found


def install():
    shutil.copy(PACKAGE, ROOT / "tmp" / "waggle.deb")
    begun = time.monotonic()
    inside("apt-get", "install", "-y", "-q", "/tmp/waggle.deb")
    return {"seconds": round(time.monotonic() - begun, 1), "files": inside("dpkg", "-L", "waggle").split("\n"),
            "schemas": "org.waggle.Waggle" in (ROOT / "usr/share/glib-2.0/schemas/gschemas.compiled").read_bytes().decode("latin-1"),
            "types": [line for line in (ROOT / "usr/share/mime/globs2").read_text(encoding="utf-8").splitlines() if "waggle" in line],
            "pages": [inside("man", "-w", page).strip() for page in ("waggle", "waggle-cli", "waggle-watch", "waggle-thumbnailer")],
            "completion": inside("bash", "-c", "source /usr/share/bash-completion/bash_completion; "
                                 "_completion_loader waggle-cli; complete -p waggle-cli"),
            "state": inside("dpkg", "--audit") + inside("dpkg", "-V", "waggle")}


def use():
    """The main job, as a person without rights, with nothing but the package."""
    def cli(*words):
        return inside("waggle-cli", "--quiet", *words, user="nobody")

    inside("install", "-d", "-o", "nobody", HOME)
    project = f"{HOME}/p.waggle"
    cli("new", project)
    cli("import", project, f"{SAMPLES}/bangle-gestures/james-v2", "--person", "james")
    cli("import", project, f"{SAMPLES}/bangle-gestures/conor-v2", "--person", "conor")
    said = {"train": json.loads(cli("--json", "train", project, "--split", f"{SAMPLES}/seed-split.json", "--seed", "1"))}
    said["quantize"] = json.loads(cli("--json", "quantize", project))
    said["evaluate"] = json.loads(cli("--json", "evaluate", project, "--model", "int8"))
    said["deploy"] = json.loads(cli("--json", "deploy", project, "--watch", f"virtual:{HOME}/watch"))
    for target in ("tflite", "c", "arduino", "micropython", "watch-app"):
        cli("export", project, "--to", target, f"{HOME}/{target}")
    said["exports"] = sorted(path.name for path in (ROOT / HOME.strip("/")).iterdir())
    inside("waggle-thumbnailer", "--size", "128", project, f"{HOME}/picture.png", user="nobody")
    said["picture"] = (ROOT / HOME.strip("/") / "picture.png").stat().st_size
    return said


def wait_for_window(program):
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and program.poll() is None:
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "waggle"], capture_output=True, text=True, check=False)
        if found.stdout.strip():
            return found.stdout.split()[0]
        time.sleep(0.2)
    raise AssertionError(f"no window appeared; the program's exit code is {program.poll()}")


def show():
    """Its window on a display of this machine's, which the root reaches as any program of it."""
    # no session bus is there to keep settings or to speak to a screen reader
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "DISPLAY": os.environ["DISPLAY"],
                   "GSETTINGS_BACKEND": "keyfile", "NO_AT_BRIDGE": "1"}
    with open(FACTS.with_suffix(".window"), "w+", encoding="utf-8") as log:
        program = subprocess.Popen(["chroot", ROOT, *as_user("nobody"), "waggle", "--standalone", f"{HOME}/p.waggle"],
                                   env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            window = wait_for_window(program)
            time.sleep(3)  # it draws, and connects to its watch
            title = subprocess.run(["xdotool", "getwindowname", window], capture_output=True, text=True, check=True).stdout.strip()
            subprocess.run(["import", "-window", "root", FACTS.with_suffix(".png")], check=True)
            # no window manager gives it the keyboard
            subprocess.run(["xdotool", "windowfocus", "--sync", window, "key", "ctrl+q"], check=True, timeout=PATIENCE_S)
            code = program.wait(PATIENCE_S)
        finally:
            program.kill()
            program.wait()
        log.seek(0)
        return {"title": title, "code": code, "said": log.read()}


def list_of_packages():
    """All files of packages that are installed; /bin and its like are links into /usr."""
    lists = (ROOT / "var/lib/dpkg/info").glob("*.list")
    paths = {line for path in lists for line in path.read_text(encoding="utf-8").splitlines()}
    return paths | {"/usr" + path for path in paths if path.startswith(("/bin/", "/sbin/", "/lib/"))}


def purge(before, installed):
    """First the package alone, then what had come with it."""
    own = set(inside("dpkg", "-L", "waggle").splitlines())
    inside("apt-get", "purge", "-y", "-q", "waggle")
    alone = list_files()
    facts = {"new": sorted(path for path in alone if path not in installed),
             "named": sorted(path for path in alone if "waggle" in path.lower()),
             "gone": sorted(path for path in installed if path not in alone and path not in own and "waggle" not in path.lower()),
             "known": [line for line in inside("dpkg", "-l").splitlines() if "waggle" in line]}
    inside("apt-get", "autoremove", "--purge", "-y", "-q")
    after, of_packages = list_files(), list_of_packages()
    facts["left"] = sorted(path for path in after if path not in before and path not in of_packages)
    facts["lost"] = sorted(path for path in before if path not in after)
    return facts


def main():
    before = list_files()
    facts = {"bare": len(before)}
    try:
        facts["install"] = install()
        installed = list_files()
        facts["use"] = use()
        facts["show"] = show()
        facts["purge"] = purge(before, installed)
    except Exception as fault:  # pylint: disable=broad-except
        facts["fault"] = f"{type(fault).__name__}: {fault}"
    FACTS.write_text(json.dumps(facts, indent=1), encoding="utf-8")


main()
