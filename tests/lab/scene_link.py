"""What holds over every link: round trip, deploy, record, listen; figures in the guest's own clock."""
import time

import scene
from scene import SEED, say

NOTICED_S = 3.0  # a clear state after the watch's end was killed
BACK_S = 5.0  # connected again after it returned
AWAY_S = 2.0
SEEN_S = 2.0  # unplugging, and being ready after plugging in
UPLOADING_S = 0.5  # into the upload, before the loss
RECORD_S = 6.0  # before the loss


def deploy(address, project):
    """Its report, told beside what a round trip of the idle link costs."""
    trip = scene.measure_round_trip(address)
    result, seconds = scene.run_cli("deploy", project, "--watch", address)
    done = result.json
    say(f"{address}: idle round trip {trip['median_ms']:.1f} ms, connecting {trip['connect_ms']:.0f} ms; deployed "
        f"{done['bytes']} bytes in {done['seconds']:.2f} s, {seconds:.2f} s with connecting and self-test")
    assert done["verified"] and done["self_test"] == {"n": 20, "equal": 20}, done
    return done


def check_deploy(_watch, address):
    deploy(address, scene.make_project())


def check_upload(address, limit_s):
    """A model of more than 4 kB."""
    done = deploy(address, scene.make_large_project())
    assert done["bytes"] > 4096 and done["seconds"] <= limit_s, done


def check_record(watch, address):
    project = scene.WORK / "recorded.waggle"
    if not project.exists():
        scene.good("new", project)
    watch.kill()
    watch.start("--perform", str(SEED / "conor-v2" / "clap2.txt"), "--speed", "10")
    result, seconds = scene.run_cli("record", project, "--watch", address, "--label", "clap2", "--count", "5")
    say(f"{address}: 5 takes recorded in {seconds:.1f} s at ten times the pace")
    assert result.rows[-1]["recordings"] + result.rows[-1]["known"] == 5, result.rows[-1]


def check_listen(watch, address):
    project = scene.make_project()
    watch.kill()
    watch.start("--project", str(project), "--perform", "split:test", "--speed", "10")
    result, seconds = scene.run_cli("listen", project, "--watch", address, "--seconds", "25")
    last = result.rows[-1]
    say(f"{address}: {last['equal']} of {last['gestures']} gestures equal in {seconds:.1f} s")
    assert last["gestures"] == last["equal"] >= 10, last


def lose_and_bring_back(watch, job, what):
    """Kills the watch's end under a job that runs, brings it back, and tells how long each was in being noticed."""
    killed = time.monotonic()
    watch.kill()
    lost, text = job.wait_line("lost", after=killed)
    assert lost - killed <= NOTICED_S, (lost - killed, text)
    time.sleep(AWAY_S)
    watch.bring_up()
    returned = time.monotonic()
    back, _ = job.wait_line("back after", after=returned)
    assert back - returned <= BACK_S, back - returned
    say(f"{what}: lost noticed after {lost - killed:.2f} s ({text.strip()}), back {back - returned:.2f} s after its return")


def check_listen_survives(watch, address):
    project = scene.make_project()
    watch.kill()
    watch.start("--project", str(project), "--perform", "split:test", "--speed", "4")
    with scene.start_cli("listen", project, "--watch", address, "--seconds", "60") as job:
        job.wait_line('"equal":true')
        lose_and_bring_back(watch, job, f"{address} listening")
        back = time.monotonic()
        job.wait_line('"equal":true', after=back)
        job.stop()
        assert all(row["equal"] for row in job.get_rows()[:-1]), job.get_rows()


def check_record_survives(watch, address):
    project = scene.WORK / "survives.waggle"
    if not project.exists():
        scene.good("new", project)
    watch.kill()
    watch.start("--perform", str(SEED / "conor-v2" / "clap2.txt"), "--speed", "4")
    before = scene.good("--json", "info", project).json["recordings"]
    with scene.start_cli("record", project, "--watch", address, "--label", "clap2", "--seconds", "60") as job:
        time.sleep(RECORD_S)
        lose_and_bring_back(watch, job, f"{address} recording")
        job.stop()
        after = scene.good("--json", "info", project).json["recordings"]
        say(f"{address}: {after - before} takes of the recording that was interrupted")
        assert after > before


def check_deploy_survives(watch, address):
    project = scene.make_project()
    watch.kill()
    watch.start("--rate", "2500")
    before = set(watch.list_files())
    with scene.start_cli("deploy", project, "--watch", address) as job:
        scene.wait_for(lambda: set(watch.list_files()) != before)
        time.sleep(UPLOADING_S)
        lose_and_bring_back(watch, job, f"{address} deploying")
        assert job.wait_end() == 0, job.lines
        done = job.get_rows()[-1]
        assert done["verified"] and done["self_test"] == {"n": 20, "equal": 20}, done


def check_unplugging(watch, address):
    """The device vanishes from the bus and returns: seen each time, and the watch is had back."""
    project = scene.make_project()
    watch.kill()
    watch.start("--project", str(project), "--perform", "split:test", "--speed", "4")
    with scene.start_cli("listen", project, "--watch", address, "--seconds", "60") as job:
        job.wait_line('"equal":true')
        pulled = time.monotonic()
        watch.unplug()
        lost, text = job.wait_line("lost", after=pulled)
        time.sleep(AWAY_S)
        watch.plug()
        plugged = time.monotonic()
        back, _ = job.wait_line("back after", after=plugged)
        job.stop()
        say(f"{address}: unplugging seen after {lost - pulled:.2f} s ({text.strip()}), ready {back - plugged:.2f} s after "
            "plugging in")
        assert lost - pulled <= SEEN_S and back - plugged <= SEEN_S


def make_tests(watch, address, has_plug=False):
    """The tests of a link, by name, for a file that is run as TAP."""
    def is_found():
        found, seconds = scene.run_cli("watches")
        rows = [row for row in found.json["watches"] if row["address"] == address]
        say(f"{rows or found.json} after {seconds:.1f} s")
        assert rows and not rows[0]["trouble"], found.json

    tests = {"test_is_found": is_found}
    checks = [check_deploy, check_record, check_listen, check_listen_survives, check_record_survives,
              check_deploy_survives] + [check_unplugging] * has_plug
    for check in checks:
        tests["test_" + check.__name__[6:]] = lambda check=check: check(watch, address)
    return tests
