#!/usr/bin/env python3
"""The map of takes on the command line, of the seed's takes."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import tap  # noqa: E402
from program import folder, good, refused, seed_project  # noqa: E402

project = None


def dominant(labels):
    return max(sorted(set(labels)), key=labels.count)


def test_neighbours_carry_the_same_label():
    found = good("--json", "map", project).json
    points = {point["id"]: point for point in found["points"]}
    assert found["takes"] == found["of"] == len(points) == 1299, found["takes"]
    own = sum(dominant([points[one]["label"] for one in point["neighbours"]]) == point["label"]
              for point in points.values())
    assert own > 0.9 * len(points), own


def test_the_plane_keeps_most_of_it():
    points = good("--json", "map", project, "--most", 400).json["points"]
    right = 0
    for point in points:
        near = sorted(points, key=lambda other: (other["x"] - point["x"]) ** 2 + (other["y"] - point["y"]) ** 2)[1:9]
        right += dominant([one["label"] for one in near]) == point["label"]
    assert right > 0.8 * len(points), right


def test_strangers_are_told_from_seven_of_eight():
    points = good("--json", "map", project).json["points"]
    for point in points:
        strangers = point["strangers"]
        assert (point["place"] == "other") == (strangers >= 7), point
        assert strangers == 0 or point["other"] != point["label"], point


def test_of_many_it_shows_a_sample_and_says_so():
    shown = good("map", project, "--most", 80).out
    assert "there are 1299 takes" in shown, shown[-300:]
    found = good("--json", "map", project, "--most", 80).json
    assert found["of"] == 1299 and 40 <= found["takes"] <= 80, found["takes"]


def test_what_it_cannot_do_it_says():
    refused("map", project, "--by", "network", says=["train it first"])
    refused("map", project, "--by", "colour", code=2, says=["movement or network"])


def test_a_networks_map_leaves_the_test_out():
    good("train", project, "--epochs", 1)
    found = good("--json", "map", project, "--by", "network").json
    assert 0.7 * 1299 < found["takes"] < 0.9 * 1299, found["takes"]


def main():
    global project
    project = seed_project(folder() / "p.waggle")
    return tap.run(sys.modules["__main__"], "/cli/map")


if __name__ == "__main__":
    sys.exit(main())
