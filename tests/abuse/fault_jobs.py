"""The four jobs under faults: what each starts from, what it runs, and what must be so after whatever befell it."""
import json
import shutil
import sqlite3
import threading
import time

from old_projects import MODELS, make, migrations, pack_lines, wanted
from program import CLI, SEED, cli, good

PROJECT = "p.waggle"
TAKES = 40  # lines of the import


def check_whole(path):
    db = sqlite3.connect(path)
    try:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        return db.execute("SELECT id, kind, data FROM models ORDER BY id").fetchall()
    finally:
        db.close()


def open_again(folder):
    """With the program; what a pack says of each take."""
    path = folder / PROJECT
    good("info", path)
    takes = pack_lines(path, folder)
    check_whole(path)
    return takes


class Job:
    program = "waggle-cli"  # which is struck
    needs = 0.4  # seconds, about, until it was counted

    def __init__(self, work):
        self.work = work
        self.base = work / f"base-{self.name}"
        self.base.mkdir()
        self.make_base()
        self.takes = open_again(self.base) if (self.base / PROJECT).exists() else {}

    def set_up(self, folder):
        shutil.copytree(self.base, folder)

    def watch(self, folder):
        """What sees the job from outside while it runs; None: nothing does."""

    def keeps_takes(self, folder):
        takes = open_again(folder)
        for digest, take in self.takes.items():
            assert takes.get(digest) == take, ("a take is lost or changed", digest)
        return takes


class Observer:
    """Another connection: a take that it saw was committed, and must be there for ever after."""

    def __init__(self, path):
        self.path, self.ends, self.seen = path, False, set()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while not self.ends:
            try:
                db = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=0.1)
                while not self.ends:
                    self.seen |= {row[0].hex() for row in db.execute("SELECT digest FROM recordings WHERE n_samples > 0")}
                    time.sleep(0.004)
            except sqlite3.Error:
                time.sleep(0.004)
            finally:
                db.close()

    def stop(self):
        self.ends = True
        self.thread.join()
        return self.seen


class Recording(Job):
    name = "recording"
    needs = 0.5

    def make_base(self):
        good("new", self.base / PROJECT)
        good("record", self.base / PROJECT, "--watch", f"virtual:{self.base / 'w'}?perform=swipeleft&speed=100",
             "--label", "before", "--count", "2")

    def words(self, folder):
        return ["record", folder / PROJECT, "--watch", f"virtual:{folder / 'w'}?perform=upup&speed=20", "--label", "a",
                "--count", "4"]

    def watch(self, folder):
        return Observer(folder / PROJECT)

    def check(self, folder, is_done, seen):
        takes = self.keeps_takes(folder)
        assert seen <= set(takes), ("a finished take is lost", seen - set(takes))
        assert not is_done or len(takes) == len(self.takes) + 4, len(takes)
        return len(takes)


class Stream(Job):
    """A recording that grows: what was stored of it stays, and it takes part again."""
    name = "recording-stream"
    needs = 0.5

    def make_base(self):
        good("new", self.base / PROJECT)
        good("record", self.base / PROJECT, "--watch", f"virtual:{self.base / 'w'}?perform=swipeleft&speed=100",
             "--label", "before", "--count", "2")

    def words(self, folder):
        return ["record", folder / PROJECT, "--watch", f"virtual:{folder / 'w'}?perform=upup&speed=4", "--label", "walk",
                "--raw", "--seconds", "1"]

    def check(self, folder, is_done, seen):
        takes = self.keeps_takes(folder)
        assert not is_done or len(takes) == len(self.takes) + 1, len(takes)
        return len(takes)


class Importing(Job):
    name = "importing"
    needs = 0.1

    def make_base(self):
        good("new", self.base / PROJECT)
        for name, part in (("old", slice(0, 20)), ("new", slice(20, 20 + TAKES))):
            lines = (SEED / "conor-v3" / "swipe.txt").read_text(encoding="utf-8").splitlines()[part]
            (self.base / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        good("import", self.base / PROJECT, self.base / "old.txt")
        shutil.copy(self.base / PROJECT, self.base / "sum.waggle")
        self.n_new = good("--json", "import", self.base / "sum.waggle", self.base / "new.txt").json["added"]

    def words(self, folder):
        return ["import", folder / PROJECT, folder / "new.txt"]

    def check(self, folder, is_done, seen):
        takes = self.keeps_takes(folder)
        n = len(takes) - len(self.takes)
        assert n in (0, self.n_new) and (n > 0 or not is_done), ("an import is all or nothing", n)
        good("import", folder / PROJECT, folder / "new.txt")
        assert len(open_again(folder)) == len(self.takes) + self.n_new
        return len(takes)


class Migrating(Job):
    name = "migrating"
    needs = 0.1

    def make_base(self):
        good("new", self.base / "source.waggle")
        good("import", self.base / "source.waggle", SEED / "conor-v3", "--person", "conor")
        self.rows = list(pack_lines(self.base / "source.waggle", self.base).values())[:24]
        self.forms = len(migrations())
        self.turn = 0
        for form in range(1, self.forms):
            make(self.base / f"{form}.waggle", form, self.rows)

    def set_up(self, folder):
        folder.mkdir()
        self.turn += 1
        form = 1 + self.turn % (self.forms - 1)
        shutil.copy(self.base / f"{form}.waggle", folder / PROJECT)
        (folder / "form").write_text(str(form), encoding="utf-8")

    def words(self, folder):
        return ["info", folder / PROJECT]

    def check(self, folder, is_done, seen):
        form = int((folder / "form").read_text(encoding="utf-8"))
        db = sqlite3.connect(folder / PROJECT)  # as it was left: of one form or another, and whole
        (version,) = db.execute("PRAGMA user_version").fetchone()
        assert form <= version <= self.forms and db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        db.close()
        takes = open_again(folder)
        for digest, row in wanted(self.rows, form).items():
            assert takes[digest]["original"] == row["original"] and takes[digest]["label"] == row["label"]
            assert takes[digest]["spans"] == row["spans"] and takes[digest]["gaps"] == row["gaps"]
        assert [(row[0], row[1], row[2]) for row in check_whole(folder / PROJECT)] == \
            [(number, kind, data) for number, _, kind, _, data in MODELS]
        return len(takes)


class Deploying(Job):
    """The project's side of it."""
    name = "deploying"
    needs = 0.4

    def make_base(self):
        path = self.base / PROJECT
        good("new", path)
        good("import", path, SEED / "conor-v3")
        good("import", path, SEED / "conor-v2", "--person", "conor")
        crcs = []
        for seed in (1, 2):
            good("train", path, "--preset", "dense", "--epochs", "1", "--seed", seed)
            good("quantize", path)
            if seed == 1:
                crcs.append(good("--json", "deploy", path, "--watch", self.address(self.base)).json["crc32"])
        shutil.copytree(self.base, self.work / f"{self.name}-after")
        crcs.append(good("--json", "deploy", self.work / f"{self.name}-after" / PROJECT, "--watch",
                         self.address(self.work / f"{self.name}-after")).json["crc32"])
        self.former, self.new = crcs
        assert self.former != self.new
        self.models = check_whole(path)

    def address(self, folder):
        return f"virtual:{folder / 'w'}?speed=100"

    def words(self, folder):
        return ["deploy", folder / PROJECT, "--watch", self.address(folder)]

    def carried(self, folder):
        said = good("--json", "carries", "--watch", self.address(folder)).json
        return said["now"], said["former"]

    def check_carried(self, folder, is_done):
        now, former = self.carried(folder)
        assert now and now["verified"] and now["crc32"] in (self.former, self.new), now
        # where the record itself could not be written, it deploys a second time, and knows of no former one
        assert not is_done or (now["crc32"] == self.new and (not former or former["crc32"] == self.former)), former

    def check(self, folder, is_done, seen):
        takes = self.keeps_takes(folder)
        assert check_whole(folder / PROJECT) == self.models
        self.check_carried(folder, is_done)
        again = good("--json", "deploy", folder / PROJECT, "--watch", self.address(folder)).json
        assert again["crc32"] == self.new and again["verified"] and self.carried(folder)[0]["crc32"] == self.new
        # what was carried before the fault is still to be had, unless both were the new one already
        restored = cli("restore", "--watch", self.address(folder))
        assert restored.code == 0 or self.carried(folder)[1] is None, restored.err
        assert self.carried(folder)[0]["verified"]
        return len(takes)


class DeployingWatch(Deploying):
    """The watch's side: its Storage, and its battery."""
    name = "deploying-watch"
    program = "waggle-watch"


class DeployingHost(DeployingWatch):
    """The computer that plays the watch loses power: what its disk had not yet may be lost, and is put there again."""
    name = "deploying-host"

    def check_carried(self, folder, is_done):
        now, _ = self.carried(folder)
        (folder / "carried.json").write_text(json.dumps(now), encoding="utf-8")


JOBS = (Recording, Stream, Importing, Migrating, Deploying, DeployingWatch)
ENDING = (DeployingHost,)
PROGRAM = CLI
