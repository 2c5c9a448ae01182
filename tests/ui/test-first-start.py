#!/usr/bin/python3
"""From the first start, with nothing but the virtual watch, to a gesture that it recognises: clicks and time, counted as a
person counts them. Only what shows and can be used is clicked; a name that is typed counts as one click."""
import sys
import time

import driver
import tap

CLICKS_MAX = 15  # as is promised
PATIENCE_S = 240  # an upper bound for a broken program: ten takes last a minute, as the virtual watch performs them


class Person:
    """Who has never seen the program: looks, waits, and clicks."""

    def __init__(self):
        self.window = driver.Window(is_first=True)
        self.start = time.monotonic()
        self.clicks = 0

    def see(self, name, role):
        """A control that shows within the window and can be used."""
        states = self.window.atspi.StateType
        frame = self.window.wait_for(lambda: [n for n in self.window.nodes() if n.get_role_name() == "frame"], "frame")[0]
        outer = frame.get_extents(self.window.atspi.CoordType.SCREEN)

        def find():
            for node in self.window.nodes():
                if node.get_name() != name or node.get_role_name() != role:
                    continue
                inner = node.get_extents(self.window.atspi.CoordType.SCREEN)
                is_inside = (inner.width > 0 and inner.x >= outer.x and inner.x + inner.width <= outer.x + outer.width and
                             inner.y >= outer.y and inner.y + inner.height <= outer.y + outer.height)
                if is_inside and all(node.get_state_set().contains(state)
                                     for state in (states.SHOWING, states.VISIBLE, states.SENSITIVE)):
                    return node
            return None

        return self.window.wait_for(find, f"{role} “{name}” that can be clicked", PATIENCE_S)

    def click(self, name, role="push button"):
        self.see(name, role).get_action_iface().do_action(0)
        self.clicks += 1
        print(f"# {time.monotonic() - self.start:6.1f} s, click {self.clicks}: {name}", flush=True)

    def type_name(self, entry, text):
        self.see(entry, "text").get_editable_text_iface().set_text_contents(text)
        self.clicks += 1
        print(f"# {time.monotonic() - self.start:6.1f} s, click {self.clicks}: typed “{text}”", flush=True)

    def record(self, label):
        self.click("Record")
        self.see("Stop", "push button")  # which takes the place of Record until it is over
        self.window.wait_for(lambda: self.window.find_starting(f"{label}, 10 takes"), "ten takes", PATIENCE_S)
        self.see("Record", "push button")

    def try_out(self, label):
        """As often as the watch needs to notice: each is a click."""
        for _ in range(4):
            self.click(f"Perform {label}")
            self.window.wait_for(lambda: self.window.find_starting("The watch noticed no gesture") or self.recognised(),
                                 "word of the watch")
            if self.recognised():
                return

    def recognised(self):
        return self.window.find_starting("Watch and computer agree on 1 of 1 gesture")

    def end(self, way):
        seconds = time.monotonic() - self.start
        print(f"# {way}: {self.clicks} clicks, {seconds:.0f} s", flush=True)
        assert self.recognised(), self.window.texts()
        assert self.clicks <= CLICKS_MAX, self.clicks
        self.window.check_errors()


def go_on_to_the_watch(person, label):
    person.click("Train", "radio button")
    person.click("Train")
    person.see("See What It Mixes Up", "push button")
    person.click("Deploy", "radio button")
    person.click("Deploy")
    person.window.wait_for_text("✓ The watch itself answers")
    person.click("Try", "radio button")
    person.try_out(label)


def test_own_gestures_reach_the_watch_in_few_clicks():
    person = Person()
    try:
        person.click("Create")
        person.click("Leave the tour")
        person.type_name("Gesture name", "upup")
        person.record("upup")
        person.type_name("Gesture name", "snap")
        person.record("snap")
        go_on_to_the_watch(person, "upup")
        person.end("own gestures")
    finally:
        person.window.close()


def test_the_sample_reaches_the_watch_in_few_clicks():
    person = Person()
    try:
        person.click("Try it without a watch")
        person.window.wait_for_text("1299 takes")
        go_on_to_the_watch(person, "upup")
        person.end("the sample")
    finally:
        person.window.close()


def main():
    driver.enter()
    return tap.run(sys.modules["__main__"], "/ui/first-start")


if __name__ == "__main__":
    sys.exit(main())
