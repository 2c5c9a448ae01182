"""This tree as somebody else would get it."""
import os
import pathlib
import shutil
import subprocess

SOURCE = pathlib.Path(os.environ["WAGGLE_SOURCE"])


def check_out(folder):
    """Copies what git knows, and what it would take in, as it is now: changes that are not committed too."""
    names = subprocess.run(["git", "-c", f"safe.directory={SOURCE}", "ls-files", "-z", "--cached", "--others",
                            "--exclude-standard"], cwd=SOURCE, capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if not (SOURCE / name).is_file():
            continue  # removed, and not yet committed so
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(SOURCE / name, folder / name)
