"""A minimal TAP runner: functions named test_* become test points; their docstring or name the claim."""
import sys
import traceback


def run(module, prefix):
    tests = [(n, f) for n, f in vars(module).items() if n.startswith("test_") and callable(f)]
    print(f"1..{len(tests)}", flush=True)
    bad = 0
    for number, (name, function) in enumerate(tests, 1):
        claim = f"{prefix}/{name[5:].replace('_', '-')}"
        try:
            function()
            print(f"ok {number} {claim}", flush=True)
        except Exception:  # pylint: disable=broad-except
            bad += 1
            print(f"{claim}\n{traceback.format_exc()}", file=sys.stderr)
            print(f"not ok {number} {claim}", flush=True)
    return 1 if bad else 0


def main(prefix):
    sys.exit(run(sys.modules["__main__"], prefix))
