"""The pages of the window and their states, each reached as a person would, for docs/make-screenshots."""
import contextlib
import gettext
import re
import subprocess
import time

import driver

CLI = driver.BUILD / "src/cli/waggle-cli"
SEED = driver.SOURCE / "data/recordings/bangle-gestures"
CELLS = [key for row in range(4) for key in ["Right" if row % 2 == 0 else "Left"] * 7 + ["Down"]]
PAGES = ["Record", "Review", "Train", "Evaluate", "Deploy", "Try"]
SETTLED_S, AT_MOST_S = 0.3, 2
driver.PATIENCE_S = 20


def cli(*words):
    subprocess.run([CLI, *map(str, words)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Camera:
    """Photographs a window once it stands still; a state that is not wanted is passed by."""

    def __init__(self, folder, wanted):
        self.folder, self.wanted, self.failed = folder, wanted, []
        folder.mkdir(parents=True, exist_ok=True)

    def shoot(self, window, name):
        path = self.folder / f"{name}.png"
        if self.wanted and name not in self.wanted:
            return
        subprocess.run(["xdotool", "mousemove", "1", "1"], check=False)  # no tooltip in the way
        end, before = time.monotonic() + AT_MOST_S, None
        while time.monotonic() < end:
            time.sleep(SETTLED_S)
            window.photograph(path)
            now = path.read_bytes()
            if now == before:
                break
            before = now

    @contextlib.contextmanager
    def state(self, name):
        """What goes wrong on the way to a state is told at the end, and the next is tried."""
        try:
            yield
        except (AssertionError, AttributeError, IndexError, TypeError) as error:
            self.failed.append(f"{name}: {str(error)[:200] or type(error).__name__}")


def wait_for_model(window):
    window.wait_for(lambda: window.find("See What It Mixes Up"), "trained model")


def wait_for_rest(window):
    """Until no job is under way."""
    window.wait_for(lambda: not window.find("Stop", "push button"), "end of the job", patience_s=300)


def shoot_job(camera, window, button, name, running_s=1, running=None, until=wait_for_rest):
    """What a button starts: RUNNING (NAME-running) so long after the click, and NAME when it is done."""
    window.click(button)
    time.sleep(running_s)
    camera.shoot(window, running or f"{name}-running")
    until(window)
    camera.shoot(window, name)


def show_start(camera, folder, options):
    window = driver.Window(home=folder / "start", is_first=True, **options)
    try:
        with camera.state("start"):
            camera.shoot(window, "start")
            window.write("Name of the project", "Circles")
            window.click("Create")
            window.wait_for(lambda: window.find("Record", "radio button"), "the project")
            for hint in range(1, 6):
                camera.shoot(window, f"tour-{hint}")
                window.click("Next" if hint < 5 else "Done")
        for page in PAGES:
            with camera.state(f"empty {page}"):
                window.go(page)
                camera.shoot(window, f"{page.lower()}-empty")
        with camera.state("projects"):
            window.activate("projects")
            camera.shoot(window, "projects")
    finally:
        window.close()


def show_first_takes(camera, folder, options):
    """One take, then ten, of which some are doubtful: the sample recordings hold some."""
    window = driver.Window(folder / "first.waggle", "--watch", f"virtual:{folder}/first-watch?speed=8", home=folder / "first",
                           **options)
    try:
        window.wait_for(lambda: window.find("Record", "push button"), "watch")
        with camera.state("record-one"):
            window.write("Gesture name", "swipeleft")
            window.write_amount(1)
            window.click("Record")
            wait_for_rest(window)
            camera.shoot(window, "record-one")
            window.go("Review")
            camera.shoot(window, "review-one")
        with camera.state("record-doubtful"):
            window.go("Record")
            window.write_amount(20)
            shoot_job(camera, window, "Record", "record-doubtful", 4, "record-running")
        with camera.state("record-other"):
            window.click("Other movement: 60 s")
            time.sleep(3)
            camera.shoot(window, "record-other")
            window.click("Stop")
        with camera.state("record-way"):
            window.click(window.wait_for_text("How it is recorded: ").get_name(), "toggle button")
            camera.shoot(window, "record-way")
            window.press("Escape")
        with camera.state("stream"):
            window.click(window.wait_for_text("The watch's stream: ").get_name(), "toggle button")
            camera.shoot(window, "stream")
            window.press("Escape")
    finally:
        window.close()


def show_record(camera, window):
    with camera.state("record"):
        window.go("Record")
        window.click("Record")
        time.sleep(8)
        camera.shoot(window, "record")
        window.click("Stop")
        window.wait_for(lambda: window.find("Record", "push button"), "button Record")


def show_review(camera, window):
    with camera.state("review"):
        window.go("Review")
        window.wait_for(lambda: window.find_starting("▲ ") or window.find_starting("✓ none is doubtful"), "check")
        camera.shoot(window, "review")
        takes = [node for node in window.nodes() if node.get_role_name() == "list item" and node.get_index_in_parent() == 1
                 and node.get_parent().get_name() in window.words.of("Takes")]
        takes[0].get_action_iface().do_action(0)
        camera.shoot(window, "review-take")
        takes[0].get_action_iface().do_action(0)
    with camera.state("review-map"):
        window.click("Map", "radio button")
        time.sleep(1.5)
        camera.shoot(window, "review-map")
        window.click("Takes", "radio button")


def ask(camera, window, view, name, button="Find Out"):
    with camera.state(name):
        window.click(view, "radio button")
        camera.shoot(window, f"{name}-before")
        shoot_job(camera, window, button, name)


def show_train(camera, window):
    with camera.state("train"):
        window.go("Train")
        camera.shoot(window, "train-before")
        shoot_job(camera, window, "Train", "train", until=wait_for_model)
    with camera.state("train-more"):
        window.click("More", "toggle button")
        camera.shoot(window, "train-more")
        window.click("More", "toggle button")
    with camera.state("for-the-watch"):
        window.click("For the Watch", "radio button")
        window.wait_for_text("Fitted to ")
        window.click("Find Out")
        window.wait_for_text("float, as it was trained")
        camera.shoot(window, "for-the-watch")
    ask(camera, window, "Smaller", "smaller")
    with camera.state("search"):
        window.click("Search", "radio button")
        camera.shoot(window, "search")
    with camera.state("train-history"):
        window.click("Learn", "radio button")
        window.click("Train Again")
        wait_for_rest(window)
        wait_for_model(window)
        window.scroll_down()
        camera.shoot(window, "train-history")


def choose_mistake(window):
    """Through the cells to and fro, up to one with mistakes."""
    matrix = window.wait_for(lambda: window.find("Confusion matrix"), "matrix")
    window.wait_for(lambda: re.search(r"\d", matrix.get_description() or ""), "matrix with counts")
    matrix.grab_focus()
    window.press("Home")
    n_before = len(window.texts())
    for key in CELLS:
        window.press(key)
        window.press("Return")
        time.sleep(0.3)
        button = window.find("Back to the report", "push button")
        is_empty = re.search(r"(?<!\d)0\.0", matrix.get_description() or "")
        if button and not is_empty and key != CELLS[0] and is_mistake(matrix):
            return
    assert len(window.texts()) != n_before


def is_mistake(matrix):
    """The cell that has the keyboard, by its name: another answer than the gesture, and some takes."""
    text = matrix.get_name() + " " + (matrix.get_description() or "")
    found = re.search(r"gesture (.+), answered (.+): ([1-9]\d*) ", text)
    return not found or found.group(1) != found.group(2)


def show_evaluate(camera, window):
    with camera.state("evaluate"):
        window.go("Evaluate")
        camera.shoot(window, "evaluate-first")
        choose_mistake(window)
        camera.shoot(window, "evaluate")
    with camera.state("evaluate-difference"):
        window.click("Difference", "radio button")
        camera.shoot(window, "evaluate-difference")
        window.click("As trained", "radio button")
    with camera.state("evaluate-persons"):
        window.find("Judged on", "combo box").get_selection_iface().select_child(2)
        time.sleep(1)
        wait_for_rest(window)
        camera.shoot(window, "evaluate-persons")
        window.find("Judged on", "combo box").get_selection_iface().select_child(0)
    with camera.state("test"):
        window.click("Open the Test Split")
        time.sleep(1)
        camera.shoot(window, "evaluate-test")
        window.click("Back to Validation")
    for view, name in (("Sturdiness", "sturdiness"), ("Threshold", "threshold"), ("Guest", "guest"), ("More Takes", "more-takes"),
                       ("Rivals", "rivals"), ("Inside", "inside")):
        with camera.state(name):
            window.view(view)
            time.sleep(1.5)
            camera.shoot(window, name)
    with camera.state("minute"):
        window.view("Daily Life")
        camera.shoot(window, "minute-before")
        shoot_job(camera, window, "Record a Minute", "minute", 1.5)
    with camera.state("mistakes"):
        window.view("Mistakes")


def show_deploy(camera, window):
    with camera.state("deploy"):
        window.go("Deploy")
        window.wait_for(lambda: window.find("Deploy", "push button"), "button Deploy")
        camera.shoot(window, "deploy-before")
        shoot_job(camera, window, "Deploy", "deploy", 0.7,
                  until=lambda _: window.wait_for(lambda: window.find("Try It"), "deployed model"))
    with camera.state("deploy-figures"):
        window.scroll_down()
        window.click("Battery, time and what the model takes", "toggle button")
        camera.shoot(window, "deploy-figures")
        window.click("Battery, time and what the model takes", "toggle button")
    with camera.state("export"):
        window.click("Export", "toggle button")
        camera.shoot(window, "export")
        window.press("Escape")


def perform(window, label):
    """By its button among those that have the virtual watch perform, though it may be scrolled out of sight."""
    names = [text.replace("%s", label) for text in window.words.of("Perform %s")]
    node = [node for node in window.below(window.application())
            if node.get_role_name() == "push button" and node.get_name() in names][0]
    node.get_action_iface().do_action(0)
    time.sleep(4)


def is_anywhere(window, name):
    """Also where the page must be scrolled to it."""
    return any(node.get_name() in window.words.of(name) for node in window.below(window.application()))


def show_try(camera, window):
    with camera.state("try"):
        window.go("Try")
        window.wait_for(lambda: is_anywhere(window, "Stop Listening"), "listening")
        camera.shoot(window, "try-listening")
        for label in ("waggle", "clap2", "swipeleft", "upup"):
            perform(window, label)
        camera.shoot(window, "try")
    with camera.state("try-correct"):
        window.click("That Was Wrong", "toggle button")
        camera.shoot(window, "try-correct")
        window.press("Escape")


def close_others(window):
    """Every window but the first: by its own button, which GTK names, as nobody manages windows here."""
    names = {"Close", gettext.translation("gtk30", languages=[window.language or "en"], fallback=True).gettext("Close")}
    application = window.application()
    frames = [application.get_child_at_index(i) for i in range(application.get_child_count())]
    for frame in frames[1:]:
        for node in window.below(frame, False):
            if node.get_role_name() == "push button" and node.get_name() in names:
                node.get_action_iface().do_action(0)
                break


def show_faults(camera, window, folder):
    from gi.repository import GLib
    with camera.state("model"):
        model = driver.SOURCE / "tests/data/golden/seed-v11-int8.tflite"
        window.activate("open-model", GLib.Variant("ay", str(model).encode() + b"\0"))
        camera.shoot(window, "model")
        close_others(window)
    with camera.state("error"):
        damaged = folder / "damaged.tflite"
        damaged.write_bytes(b"TFL3 and no more")
        window.activate("open-model", GLib.Variant("ay", str(damaged).encode() + b"\0"))
        camera.shoot(window, "error")
    with camera.state("disconnected"):
        window.activate("watch")
        window.click("Disconnect")
        window.press("Escape")
        for page in ("Record", "Deploy", "Try"):
            window.go(page)
            camera.shoot(window, f"{page.lower()}-disconnected")
        window.go("Evaluate")
        window.view("Guest")
        camera.shoot(window, "guest-disconnected")


def show_menus(camera, window):
    for action in ("menu", "watch", "preferences", "show-help-overlay"):
        with camera.state(action):
            window.activate(action)
            camera.shoot(window, action)
            window.press("Escape")
            close_others(window)


def show_many(camera, folder, options):
    window = driver.Window("--sample", "--watch", f"virtual:{folder}/watch?speed=4", home=folder / "many", **options)
    try:
        window.wait_for(lambda: any("1299" in text for text in window.texts()), "sample recordings")
        window.wait_for(lambda: not any("1299" in text and len(text) > 20 for text in window.texts()), "window without a message")
        for show in (show_record, show_review, show_train, show_evaluate, show_deploy, show_try):
            show(camera, window)
        window.go("Train")
        ask(camera, window, "Few Takes", "few-takes", "Personalise")  # it leaves a model that kept no takes aside
        window.go("Evaluate")
        camera.shoot(window, "evaluate-nothing-aside")
        show_faults(camera, window, folder)
        show_menus(camera, window)
    finally:
        window.close()


def show_room(camera, folder, options):
    """A folder as it is at the end of a workshop: two good packs, and one that is damaged."""
    room = folder / "Monday"
    room.mkdir(parents=True)
    for person, part in (("ada", "james-v2"), ("ben", "conor-v2")):
        project = folder / f"{person}.waggle"
        cli("new", project)
        for file in sorted((SEED / part).iterdir())[:4]:
            cli("import", project, file, "--person", person)
        cli("pack", project, room / f"{person}.wagglepack")
    (room / "cleo.wagglepack").write_bytes(b"PK\3\4 and no more")
    from gi.repository import GLib
    window = driver.Window(home=folder / "leader", **options)
    try:
        with camera.state("room"):
            window.activate("room-at", GLib.Variant("ay", bytes(room) + b"\0"))
            window.wait_for(lambda: window.find("Pool Them"), "the room")
            camera.shoot(window, "room")
            window.click("Pool Them")
            window.wait_for(lambda: window.find("Open the Pool"), "the pool")
            camera.shoot(window, "room-pooled")
    finally:
        window.close()


def take(pictures, folder, options, wanted=None):
    """Makes PICTURES/STATE.png of every state, or of those that are wanted; gives what went wrong. FOLDER keeps the projects."""
    camera = Camera(pictures, wanted)
    folder.mkdir(parents=True, exist_ok=True)
    for show in (show_start, show_first_takes, show_many, show_room):
        if wanted and show is show_first_takes:
            continue
        with camera.state(show.__name__):
            show(camera, folder, options)
    return camera.failed
