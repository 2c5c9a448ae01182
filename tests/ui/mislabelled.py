"""A project with one take whose label is wrong, and what the program says of it."""
import json
import sqlite3
import subprocess

import driver

FILES = {"upup": "upup.txt", "snap": "snap.txt", "waggle": "wraggle.txt"}


def cli(*words):
    done = subprocess.run([driver.BUILD / "src/cli/waggle-cli", "--json", *map(str, words)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0, (words, done.stderr)
    return json.loads(done.stdout)


def ask(project, sql, *values):
    with sqlite3.connect(project) as db:
        return db.execute(sql, values).fetchall()


def make_project(folder):
    """Three gestures; one take of “upup” that trains the model is called “snap”: the project and that take's id."""
    project = folder / "gestures.waggle"
    seed = driver.SOURCE / "data" / "recordings" / "bangle-gestures" / "james-v2"
    cli("new", project)
    for label, name in FILES.items():
        cli("import", project, seed / name, "--label", label, "--person", "james")
    for label in FILES:  # quick: thirty of each
        ask(project, "UPDATE takes SET deleted = 1 WHERE label = ?1 AND recording NOT IN "
            "(SELECT recording FROM takes WHERE label = ?1 ORDER BY recording LIMIT 30)", label)
    cli("train", project)
    trained = json.loads(ask(project, "SELECT meta FROM models ORDER BY id DESC")[0][0])["split"]["train"]
    wrong = next(one for one, in ask(project, "SELECT recording FROM takes WHERE label = 'upup' ORDER BY recording")
                 if one in trained)
    ask(project, "UPDATE takes SET label = 'snap' WHERE recording = ?", wrong)
    cli("train", project, "--again")
    cli("quantize", project)
    return project, wrong
