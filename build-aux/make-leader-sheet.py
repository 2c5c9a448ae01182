#!/usr/bin/env python3
"""Makes one printable sheet (A4) of the guide's page for who leads a workshop.

usage: make-leader-sheet.py FOLDER/leader.page OUTPUT.html
"""
import html
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

MALLARD = "{http://projectmallard.org/1.0/}"
TAGS = {"list": "ul", "steps": "ol", "item": "li", "table": "table", "thead": "thead", "tbody": "tbody", "tr": "tr", "td": "td",
        "gui": "b", "code": "code", "em": "b", "section": "section"}
STYLE = """
@page { size: A4; margin: 11mm 13mm }
body { font: 10.5pt/1.34 Cantarell, sans-serif; color: #000; max-width: 184mm; margin: 0 auto }
h1 { font-size: 20pt; margin: 0 0 1mm; border-bottom: 0.6mm solid #000 }
h2 { font-size: 13pt; margin: 4mm 0 1mm }
ul { margin: 0; padding-left: 4.5mm }
p { margin: 0.6mm 0 }
li p, td p { margin: 0.2mm 0 }
table { border-collapse: collapse; width: 100% }
td { vertical-align: top; padding: 0.6mm 3mm 0.6mm 0; border-top: 0.15mm solid #999 }
thead td { font-weight: bold; border: 0 }
td:first-child { width: 1%; white-space: nowrap }
"""


def convert(node, folder):
    """What is in the node, as HTML."""
    parts = [html.escape(node.text or "")]
    for child in node:
        parts += [element(child, folder), html.escape(child.tail or "")]
    return "".join(parts)


def element(node, folder):
    name = node.tag.replace(MALLARD, "")
    if name == "info":
        return ""
    if name == "title":
        return f"<h2>{convert(node, folder)}</h2>"
    if name == "p":
        return f"<p>{convert(node, folder)}</p>"
    if name == "link" and not (node.text or "").strip():
        target = ElementTree.parse(folder / (node.get("xref") + ".page")).getroot()
        return "“" + html.escape("".join(target.find(MALLARD + "title").itertext())) + "”"
    tag = TAGS.get(name)
    return f"<{tag}>{convert(node, folder)}</{tag}>" if tag else convert(node, folder)


def main():
    source, output = (pathlib.Path(word) for word in sys.argv[1:])
    page = ElementTree.parse(source).getroot()
    title = html.escape("".join(page.find(MALLARD + "title").itertext()))
    body = "".join(element(node, source.parent) for node in page if node.tag != MALLARD + "title")
    output.write_text(f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style></head>\n'
                      f"<body><h1>Waggle · {title}</h1>{body}</body></html>\n", encoding="utf-8")


main()
