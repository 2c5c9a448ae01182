"""What holds over every link: round trip, deploy, record, listen; figures in the guest's own clock."""
import scene
from scene import SEED, say


def check_deploy(watch, address):
    project = scene.make_project()
    trip = scene.measure_round_trip(address)
    result, seconds = scene.run_cli("deploy", project, "--watch", address)
    done = result.json
    say(f"{address}: idle round trip {trip['median_ms']:.1f} ms, connecting {trip['connect_ms']:.0f} ms; deployed "
        f"{done['bytes']} bytes in {done['seconds']:.2f} s, {seconds:.2f} s with connecting and self-test")
    assert done["verified"] and done["self_test"] == {"n": 20, "equal": 20}, done


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
