"""What the pages of docs/ ask a contributor for: files that they show in full, and words that name them in a list."""
import re
from typing import NamedTuple

PAGES = ("formats", "layers", "exporters", "adding-a-link")
FILE = re.compile(r"`(src/[\w/-]+\.c)`:\n\n```c\n(.*?)```\n", re.S)
WORD = re.compile(r"[Ww]rite\s+`'([\w-]+)'`\s+into\s+`(\w+)`\s+in\s+`(src/[\w/-]+/meson\.build)`")
TESTS = re.compile(r"\bmeson\s+test(?:\s+-C\s+\w+)?((?:\s+[\w-]+/[\w-]+)+)")


class Toy(NamedTuple):
    page: str
    file: str
    code: str
    word: str
    list: str
    build: str


def read(tree, page):
    return (tree / "docs" / f"{page}.md").read_text(encoding="utf-8")


def read_toys(tree, page):
    """In the page's order: a file, then its word."""
    text = read(tree, page)
    files, words = FILE.findall(text), WORD.findall(text)
    assert files and len(files) == len(words) == text.count("```c\n"), (page, [name for name, _ in files], words)
    return [Toy(page, *file, *word) for file, word in zip(files, words)]


def read_tests(tree, page):
    """The names that the page says to give to `meson test`."""
    return [name for names in TESTS.findall(read(tree, page)) for name in names.split()]


def add(tree, toy):
    """One new file and one word, as the page says it."""
    path, build = tree / toy.file, tree / toy.build
    assert not path.exists() and path.parent == build.parent, toy.file
    path.write_text(toy.code, encoding="utf-8")
    content = build.read_text(encoding="utf-8")
    changed, n = re.subn(rf"^({toy.list} = \[[^\]]*)\]", rf"\1, '{toy.word}']", content, flags=re.M)
    assert n == 1, (toy.list, toy.build)
    build.write_text(changed, encoding="utf-8")
