#!/usr/bin/env python3
"""What a model takes of a watch, on the command line: against what then is on the virtual watch."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import program  # noqa: E402
import tap  # noqa: E402
from program import SEED, SOURCE, folder, good, refused  # noqa: E402

GOLDEN = SOURCE / "tests/data/golden/seed-v11-int8.tflite"
project = watch = None


def room(n_bytes):
    """Of a file in Storage: rounded up to 8, and a header of 32."""
    return (n_bytes + 7) // 8 * 8 + 32


def given(figures, name):
    return next(one for one in figures["assumptions"] if one["name"] == name)


def test_flash_is_what_the_watch_then_holds():
    before = good("--json", "figures", project).json
    done = good("--json", "deploy", project, "--watch", f"virtual:{watch}").json
    assert before["bytes"] == done["bytes"]
    files = [path.stat().st_size for path in watch.iterdir() if path.name != ".trash"]
    assert before["flash"]["bytes"] == sum(map(room, files)), (before["flash"], sorted(files))


def test_builtin_flash_is_what_the_watch_then_holds():
    other = watch.parent / "builtin"
    good("deploy", project, "--watch", f"virtual:{other}", "--mode", "builtin")
    files = [path.stat().st_size for path in other.iterdir() if path.name != ".trash"]
    figures = good("--json", "figures", project).json
    assert figures["flash"]["builtin_bytes"] == sum(map(room, files)), (figures["flash"], sorted(files))


def test_flash_knows_of_thresholds_of_each_gesture():
    other = watch.parent / "rejecting.waggle"
    program.trained(other, "conor-v2", words=("--labels", "upup,clap2,random", "--epochs", 3))
    good("tune-threshold", other, "--other", "random", "--per-gesture")
    figures = good("--json", "figures", other).json
    for mode, bytes_there in (("app", figures["flash"]["bytes"]), ("builtin", figures["flash"]["builtin_bytes"])):
        place = watch.parent / f"rejecting-{mode}"
        good("deploy", other, "--watch", f"virtual:{place}", "--mode", mode)
        files = [path.stat().st_size for path in place.iterdir() if path.name != ".trash"]
        assert bytes_there == sum(map(room, files)), (mode, figures["flash"], sorted(files))


def test_a_virtual_watchs_time_is_never_a_real_ones():
    done = good("--json", "deploy", project, "--watch", f"virtual:{watch}").json
    assert done["measured_on"] == "virtual watch" and done["inference_ms"] >= 0, done
    inference = good("--json", "figures", project).json["inference"]
    assert not inference["is_measured"] and "measured_ms" not in inference, inference
    assert inference["ms"] == inference["estimated_ms"] and inference["source"].startswith("estimated"), inference


def test_what_is_given_counts_and_says_so():
    figures = good("--json", "figures", project, "--for", "nano33ble", "--gestures-per-day", 100, "--hours-per-day", 2,
                   "--inference-ms", 50, "--transmit-ms", 200).json
    energy = figures["energy"]  # by hand: 10 uA 79200 s, 80 mA 7175 s, 120 mA 5 s, 150 mA 20 s, at 3.7 V
    assert abs(energy["joules_a_day"] - 2140.0504) < 1e-6 and abs(energy["inference_mj"] - 22.2) < 1e-9, energy
    assert abs(energy["battery_days"] - 26640 / 2140.0504) < 1e-9, energy
    assert given(figures, "inference_ms")["source"] == "given by you"
    assert not given(figures, "volt")["is_given"]


def test_keeps_what_is_given_when_asked_to():
    good("figures", project, "--battery-mah", 175)
    assert given(good("--json", "figures", project).json, "battery_mah")["value"] == 200
    good("figures", project, "--battery-mah", 175, "--keep")
    assert given(good("--json", "figures", project).json, "battery_mah")["value"] == 175
    assert given(good("--json", "figures", project, "--for", "bangle1").json, "battery_mah")["value"] == 350
    good("figures", project, "--defaults")
    assert given(good("--json", "figures", project).json, "battery_mah")["value"] == 200


def test_a_file_has_figures_too():
    figures = good("--json", "figures", GOLDEN).json
    inspected = good("--json", "inspect", GOLDEN, "--for", "bangle2").json
    assert figures["bytes"] == inspected["bytes"] == 3616
    assert figures["arena"]["bytes"] == inspected["arena_bytes"]
    assert figures["operations"]["n"] == inspected["operations"]
    text = good("figures", GOLDEN).out
    assert "battery: " in text and "estimated" in text and text.startswith("Bangle.js 2 can run it\n"), text
    assert figures["fits"] and figures["reasons"] == inspected["reasons"], figures


def test_what_cannot_run_has_no_battery_days():
    large = watch.parent / "large.waggle"
    good("new", large)
    good("import", large, SEED / "conor-v2", "--person", "conor")
    for words, values, said in ((("--rate", "25", "--window", "100"), 300, "the input has 300 values"),
                                (("--rate", "25", "--window", "50"), 150, "50 samples of x,y,z at 25 Hz")):
        good("train", large, "--labels", "upup,clap2", "--epochs", 1, "--preset", "classic", *words)
        good("quantize", large)
        figures = good("--json", "figures", large).json
        assert not figures["fits"] and figures["energy"]["battery_days"] is None, figures
        assert any(said in reason for reason in figures["reasons"]), figures["reasons"]
        text = good("figures", large).out
        assert "battery: " not in text and f"- {figures['reasons'][0]}\n" in text and text.startswith("Bangle.js 2 cannot run it\n"), text
        board = good("--json", "figures", large, "--for", "nano33ble").json
        assert board["fits"] and board["reasons"] == [] and board["energy"]["battery_days"] > 0, (values, board)


def test_keeping_and_forgetting_at_once_is_refused():
    refused("figures", project, "--keep", "--defaults", "--volt", 3, code=2, says=["--keep", "--defaults", "one of them"])
    refused("figures", project, "--keep", code=2, says=["nothing to --keep"])


def test_refuses_what_makes_no_sense():
    refused("figures", GOLDEN, "--keep", code=2, says=["for a project"])
    refused("figures", GOLDEN, "--for", "sundial", code=2, says=["sundial"])
    refused("figures", GOLDEN, "--volt", "0", code=2, says=["--volt"])
    refused("figures", GOLDEN, "--gestures-per-day", "1e6", code=2, says=["longer than"])
    refused("figures", watch.parent / "none.tflite", says=["none.tflite"])
    empty = watch.parent / "empty.waggle"
    good("new", empty)
    refused("figures", empty, says=["train"])


def main():
    global project, watch
    watch = folder() / "watch"
    project = watch.parent / "p.waggle"
    program.trained(project, "conor-v2", words=("--labels", "upup,clap2", "--epochs", 3))
    return tap.run(sys.modules["__main__"], "/cli/figures")


if __name__ == "__main__":
    sys.exit(main())
