#!/usr/bin/env python3
"""Few takes to a watch: personalise, quantize, deploy; and what it refuses."""
import program
import tap
from program import SEED, SOURCE, good, refused

WORK = program.folder()
PROJECT = WORK / "p.waggle"
TAKES = 5


def few(name, n_takes):
    """The first takes of three gestures of one person, as a project."""
    folder = WORK / f"{name}-takes"
    folder.mkdir()
    for gesture in ("swipe_left", "up_up", "wraggle"):
        lines = (SEED / "conor-v2" / f"{gesture}.txt").read_text().splitlines()
        takes = [line for line in lines if "(" in line and line.count(",") > 20]
        (folder / f"{gesture}.txt").write_text("\n".join(takes[:n_takes]) + "\n")
    project = WORK / f"{name}.waggle"
    good("new", project)
    good("import", project, folder, "--units-per-g", 64)
    return project


def test_five_takes_become_a_model_on_the_watch():
    project = few("five", TAKES)
    done = good("--json", "personalise", project, "--repeats", 1).json
    assert done["takes"] == 3 * TAKES and done["chosen"] in ("personal", "plain"), done
    assert done["advice"].endswith(".") and done["preset"] == "waggle"
    for way in ("plain", "personal"):
        assert 0 <= done[way]["accuracy"] <= 1 and done[way]["spread"] >= 0, done
    assert (done["likely_gain"] > 0) == (done["chosen"] == "personal"), done
    quantized = good("--json", "quantize", project).json
    assert quantized["fits"] and quantized["bytes"] < 5000, quantized
    deployed = good("--json", "deploy", project, "--watch", f"virtual:{WORK / 'watch'}").json
    assert deployed["verified"], deployed
    assert deployed["self_test"]["n"] == deployed["self_test"]["equal"] > 0, deployed
    assert good("--json", "evaluate", project, "--on", "train").json["n"] == 3 * TAKES
    tuned = good("--json", "tune-threshold", project, "--per-gesture", "--folds", "2")
    assert "this one was personalised" in tuned.err and tuned.json["gestures"] == 3 * TAKES, tuned.err
    assert "tuned for the model before" in good("personalise", project, "--repeats", 1).err


def test_shipped_base_is_the_default():
    first = good("--json", "personalise", few("shipped", 3), "--repeats", 1).json
    again = good("--json", "personalise", few("named", 3), "--repeats", 1, "--threads", 1,
                 "--base", SOURCE / "data/models/base.waggle-model").json
    first.pop("seconds"), again.pop("seconds")
    assert first == again, (first, again)


def test_readable_result_says_what_was_chosen():
    text = good("personalise", few("readable", 3), "--repeats", 1).out
    assert "from nothing" in text and "from the base" in text and "chosen: " in text, text


def test_refuses_too_few_takes():
    refused("personalise", few("two", 2), says=("has 2 of the 3 takes", "record more"))


def test_refuses_what_is_no_base():
    project = few("refusing", 3)
    refused("personalise", project, "--base", WORK / "absent", says=("absent", "--base"))
    other = WORK / "other.txt"
    other.write_text("no network")
    refused("personalise", project, "--base", other, says=("other.txt", "no base model"))
    damaged = WORK / "damaged"
    content = bytearray((SOURCE / "data/models/base.waggle-model").read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    refused("personalise", project, "--base", damaged, says=("checksum",))
    assert good("--json", "info", project).json["models"] == []


if __name__ == "__main__":
    tap.main("/cli/personalise")
