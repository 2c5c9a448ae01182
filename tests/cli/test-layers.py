#!/usr/bin/env python3
"""One take through both networks, on the command line."""
import json
import pathlib
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import program  # noqa: E402
import tap  # noqa: E402
from program import folder, good, refused  # noqa: E402

project = None


def split_parts():
    """Numbers of the takes in each part of the model's split."""
    with sqlite3.connect(project) as db:
        (meta,) = db.execute("SELECT meta FROM models WHERE kind = 'float' ORDER BY id DESC LIMIT 1").fetchone()
    return json.loads(meta)["split"]


def test_rows_go_from_the_input_to_what_predict_answers():
    take = split_parts()["validation"][0]
    rows = good("--json", "layers", project, take).rows
    result = rows.pop()
    assert [row["layer"] for row in rows] == list(range(result["layers"])) and result["take"] == take
    for row in rows:
        n = row["shape"][0] * row["shape"][1]
        assert len(row["int8"]) == len(row["float"]) == n, row["op"]
        assert sum(row["weights"]["histogram"]) == row["weights"]["n"] if "weights" in row else True
    window = [round(64 * value) for value in rows[0]["int8"]]
    tflite, windows = project.parent / "m.tflite", project.parent / "w.json"
    good("export", project, "--to", "tflite", tflite)
    windows.write_text(json.dumps({"windows": [window]}), encoding="utf-8")
    answer = good("--json", "predict", tflite, windows).json
    assert [256 * p - 128 for p in rows[-1]["int8"]] == answer["outputs"][0], answer


def test_one_layer_alone():
    rows = good("--json", "layers", project, "--layer", 1).rows
    assert len(rows) == 2 and rows[0]["layer"] == 1 and "filters" not in rows[1], rows[1]


def test_filters_name_takes_that_were_trained_on():
    result = good("--json", "layers", project).rows[-1]
    trained = split_parts()["train"]
    assert len(result["filters"]) > 4
    for one in result["filters"]:
        assert one["take"] in trained and len(one["weights"]) == result["kernel"] * result["channels"], one
        assert 0 < len(one["stretch"]) <= len(one["weights"]), one
    text = good("layers", project).out
    assert "filter 0 responds most" in text and "Both answer" in text or "turns from" in text, text


def test_refuses_what_it_may_not_or_cannot_look_into():
    parts = split_parts()
    refused("layers", project, parts["test"][0], code=2, says=["test split"])
    refused("layers", project, 99999, says=["99999"])
    refused("layers", project, "one", code=2, says=["one"])
    refused("layers", project, "--layer", 99, code=2, says=["99"])
    empty = project.parent / "empty.waggle"
    good("new", empty)
    refused("layers", empty, says=["train"])


def main():
    global project
    project = folder() / "p.waggle"
    program.trained(project, "conor-v2", words=("--labels", "upup,clap2", "--epochs", 3))
    return tap.run(sys.modules["__main__"], "/cli/layers")


if __name__ == "__main__":
    sys.exit(main())
