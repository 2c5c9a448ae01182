"""A copy of this tree with a build of its own, which takes over what the build under test has made of equal files."""
import json
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "package"))
from checkout import check_out  # noqa: E402
from program import BUILD, SOURCE  # noqa: E402

OPTIONS = ("buildtype", "prefix", "werror", "b_sanitize", "b_lundef", "b_coverage", "c_args", "c_link_args")


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          stdin=subprocess.DEVNULL, check=False, **options)
    assert done.returncode == 0, (command, done.stdout[-4000:])
    return done.stdout


def files(root):
    return {str(path.relative_to(root)): path for path in root.rglob("*") if path.is_file()}


class Tree:
    def __init__(self, root):
        self.root = root
        check_out(root)
        self.taken = files(root)
        # commands name the sources from the build folder: as far away, they are the same commands
        self.build = root / (BUILD.relative_to(SOURCE) if BUILD.is_relative_to(SOURCE) else "_build")

    def changes(self):
        """{path: (text in this tree, text in the copy)} of what differs."""
        there = files(self.root)
        assert set(self.taken) <= set(there)
        return {name: (self.text_of(SOURCE / name) if name in self.taken else None, self.text_of(path))
                for name, path in there.items() if self.build not in path.parents
                and (name not in self.taken or path.read_bytes() != (SOURCE / name).read_bytes())}

    @staticmethod
    def text_of(path):
        return path.read_text(encoding="utf-8")

    def configure(self):
        chosen = {option["name"]: option["value"] for option in json.loads(run("meson", "introspect", "--buildoptions", BUILD))}
        words = [f"-D{name}={str(chosen[name]).lower() if isinstance(chosen[name], bool) else chosen[name]}" for name in OPTIONS]
        run("meson", "setup", *words, self.build, cwd=self.root)

    def make(self, targets):
        """Ninja goes by commands and times, which are kept: it makes anew what the change is for."""
        parts = run("ninja", "-C", self.build, "-t", "inputs", *targets).splitlines()
        for name in (".ninja_log", ".ninja_deps", *parts):
            if (BUILD / name).is_file() and (BUILD / name).resolve().is_relative_to(BUILD) and not (self.build / name).exists():
                (self.build / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(BUILD / name, self.build / name)
        return run("ninja", "-C", self.build, *targets)

    def test_programs(self, names):
        """Targets of tests that are programs of the build."""
        tests = json.loads(run("meson", "introspect", "--tests", self.build))
        found = {test["name"]: pathlib.Path(test["cmd"][0]) for test in tests}
        assert set(names) <= set(found), set(names) - set(found)
        return [found[name].relative_to(self.build) for name in names if self.build in found[name].parents]

    def test(self, names):
        """{name: what it printed}; they all pass."""
        run("meson", "test", "-C", self.build, "--no-rebuild", "--print-errorlogs", *names)
        log = (self.build / "meson-logs" / "testlog.json").read_text(encoding="utf-8").splitlines()
        return {entry["name"].split()[-1]: entry["stdout"] for entry in map(json.loads, log)}
