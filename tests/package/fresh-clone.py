#!/usr/bin/env python3
"""./run on a machine that has nothing: fresh-clone.py ROOT FACTS, a hook of mmdebstrap.

In the root are apt, git and this tree, and nobody but root. Writes what was seen to FACTS, as JSON.
"""
import json
import pathlib
import subprocess
import sys
import time

import checkout

ROOT, FACTS = map(pathlib.Path, sys.argv[1:])
WHERE = "/srv/waggle"


def inside(command):
    begun = time.monotonic()
    done = subprocess.run(["chroot", ROOT, "sh", "-c", f"cd {WHERE} && {command}"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, text=True, check=False, timeout=3000,
                          env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"})
    return {"code": done.returncode, "seconds": round(time.monotonic() - begun, 1), "said": done.stdout}


def main():
    checkout.check_out(ROOT / WHERE.strip("/"))
    facts = {"run": inside("./run"), "again": inside("./run")}
    facts["prepare"] = inside("build-aux/prepare && dpkg-checkbuilddeps && meson setup /tmp/build")
    FACTS.write_text(json.dumps(facts, indent=1), encoding="utf-8")


main()
