"""Where this machine's apt has Debian 12 from, for a bare root that is to be made the same way."""
import subprocess

SUITE = "bookworm"


def lines():
    """As in sources.list."""
    told = subprocess.run(["apt-get", "indextargets", "--format", "$(CREATED_BY) deb $(REPO_URI) $(RELEASE) $(COMPONENT)",
                           "Origin: Debian"], capture_output=True, text=True, check=True).stdout
    found = [line.partition(" ")[2] for line in told.splitlines() if line.startswith("Packages ")]
    found = [line for line in dict.fromkeys(found) if line.split()[2].startswith(SUITE) and line.endswith(" main")]
    assert found, f"apt knows no source of {SUITE} here: `apt-get update` first"
    return found


def options():
    """How it reaches them, and whether it minds their age."""
    told = subprocess.run(["apt-config", "dump", "--no-empty", "--format", "%f \"%v\";%n"], capture_output=True, text=True,
                          check=True).stdout
    wanted = ("Acquire::Check-Valid-Until ", "Acquire::Check-Date ", "Acquire::http::Proxy", "Acquire::https::Proxy")
    return [f"--aptopt={line}" for line in told.splitlines() if line.startswith(wanted)]


def mmdebstrap(*words):
    """The command that makes a bare root and removes it again."""
    return ["mmdebstrap", "--variant=apt", *options(), *words, SUITE, "/dev/null", *lines()]
