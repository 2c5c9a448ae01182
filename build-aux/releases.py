#!/usr/bin/env python3
"""What the metainfo says of the releases, for all who need it: releases.py version|date|changelog.

`version` and `date` are those of the newest; `changelog` is the text of debian/changelog: after a change in the metainfo,
`build-aux/releases.py changelog > debian/changelog`.
"""
import datetime
import email.utils
import pathlib
import re
import sys
import textwrap
import xml.etree.ElementTree as tree

SOURCE = pathlib.Path(__file__).resolve().parent.parent
METAINFO = SOURCE / "data" / "org.waggle.Waggle.metainfo.xml.in"
CONTROL = SOURCE / "debian" / "control"


def releases():
    return tree.parse(METAINFO).getroot().findall("releases/release")


def bullets(release):
    """Each paragraph and each point of its list, as the changelog's own lists have them."""
    for part in release.find("description").iter():
        if part.tag in ("p", "li"):
            text = " ".join(part.text.split())
            yield textwrap.fill(text, 78, initial_indent="  * ", subsequent_indent="    ", break_on_hyphens=False)


def changelog():
    maintainer = re.search(r"^Maintainer: (.*)$", CONTROL.read_text(encoding="utf-8"), re.M).group(1)
    for release in releases():
        # midnight: what a build makes is newer then, and its packages bear this date (SOURCE_DATE_EPOCH)
        midnight = datetime.datetime.fromisoformat(release.get("date") + "T00:00:00+00:00")
        yield "\n".join([f"waggle ({release.get('version')}) unstable; urgency=medium", "", *bullets(release), "",
                         f" -- {maintainer}  {email.utils.format_datetime(midnight)}"])


def main():
    says = {"version": lambda: releases()[0].get("version"), "date": lambda: releases()[0].get("date"),
            "changelog": lambda: "\n\n".join(changelog())}
    if len(sys.argv) != 2 or sys.argv[1] not in says:
        print(__doc__, file=sys.stderr)
        return 2
    print(says[sys.argv[1]]())
    return 0


sys.exit(main())
