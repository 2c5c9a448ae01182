#!/usr/bin/env python3
"""Holds the programs of data/watch to the narrow ES5 that Espruino and Duktape both run. Speaks TAP."""
import pathlib
import re
import sys

SOURCE = pathlib.Path(__file__).resolve().parent.parent
PROGRAMS = sorted((SOURCE / "data" / "watch").glob("*.js"))
# everything else that is a keyword, or will be one, is refused
KEYWORDS = {"break", "catch", "continue", "delete", "do", "else", "for", "function", "if", "instanceof", "new", "return",
            "throw", "try", "typeof", "var", "while", "true", "false", "null", "undefined"}
REFUSED = {"let", "const", "class", "of", "in", "async", "await", "yield", "import", "export", "super", "extends",
           "Promise", "Map", "Set", "Symbol", "Proxy", "Reflect", "with", "switch", "this", "arguments"}
# what both have, and what no program of ours may take for granted without it standing here
GLOBALS = {"Array", "BTN", "BTN1", "Bangle", "E", "Error", "Float32Array", "Function", "Int8Array", "JSON", "Math", "NRF", "String",
           "Uint8Array", "WIDGETS", "Waggle", "WaggleApp", "atob", "btoa", "clearTimeout", "echo", "eval", "g", "getTime", "global",
           "load", "parseInt", "print", "process", "require", "setTimeout", "clearInterval", "setInterval", "setWatch",
           "clearWatch"}
# methods that arrays have and typed arrays have not on both sides
LIST_METHODS = {"forEach", "map", "filter", "reduce", "slice", "indexOf", "fill", "find", "includes", "some", "every",
                "sort", "reverse", "splice"}
STRING = r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
TOKEN = re.compile(rf"/\*.*?\*/|{STRING}|=>|`|[A-Za-z_$][\w$]*|\d[\w.]*|\.\.\.|//|.", re.S)


def tokens(path):
    text = path.read_text(encoding="ascii")
    return [token for token in TOKEN.findall(text) if not token.isspace() and not token.startswith("/*")]


def is_word(token):
    return bool(re.match(r"[A-Za-z_$]", token))


def declared(words):
    """Names that a program makes: variables, functions, parameters, errors caught; members of objects."""
    names = set()
    for i, word in enumerate(words):
        if word in ("var", "function", "catch"):
            depth = 0
            for token in words[i + 1:]:
                depth += token in ("(", "[", "{")
                depth -= token in (")", "]", "}")
                if is_word(token) and (word != "var" or depth == 0):
                    names.add(token)
                if (word == "var" and depth == 0 and token == ";") or (word != "var" and token == ")"):
                    break
    return names


def words_only(path):
    return [f"{path.name}: {word}" for word in tokens(path)
            if word in REFUSED or word in ("=>", "`", "...", "//")]


def known_names(path):
    words = tokens(path)
    known = declared(words) | KEYWORDS | GLOBALS
    for other in PROGRAMS:
        known |= {word for word in declared(tokens(other)) if word.startswith("waggle")}
    found = []
    for before, word, after in zip([""] + words, words, words[1:] + [""]):
        is_key = after == ":" and before in ("{", ",")
        if is_word(word) and before != "." and not is_key and word not in known:
            found.append(f"{path.name}: {word}")
    return found


def list_methods(path):
    words = tokens(path)
    return [f"{path.name}: .{word}" for before, word in zip(words, words[1:]) if before == "." and word in LIST_METHODS]


def declared_first(path):
    """A function is declared above its first use, but for uses inside functions, which run later."""
    words, found, depth, depths = tokens(path), [], 0, []
    for word in words:
        depth += (word == "{") - (word == "}")
        depths.append(depth)
    own = {words[i + 1]: i + 1 for i, word in enumerate(words) if word == "function" and is_word(words[i + 1])}
    for i, word in enumerate(words):
        if i < own.get(word, 0) and depths[i] <= depths[own[word]] and words[i - 1] != ".":
            found.append(f"{path.name}: {word}")
    return found


def main():
    checks = [("words-are-those-of-es5", words_only), ("names-are-known-on-both-sides", known_names),
              ("no-methods-of-arrays-that-views-lack", list_methods),
              ("functions-are-declared-before-use", declared_first)]
    print(f"1..{len(checks)}")
    failed = 0
    for number, (claim, check) in enumerate(checks, 1):
        found = [line for path in PROGRAMS for line in check(path)]
        for line in found:
            print(f"# {line}")
        failed += bool(found)
        print(f"{'not ok' if found else 'ok'} {number} /watch-programs/{claim}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
