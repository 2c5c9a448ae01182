"""Goes through every page and view of the window as a person would, and looks at what shows there."""
import time

PAGES = ["Record", "Review", "Train", "Evaluate", "Deploy", "Try"]
# what a person uses, by the role that a screen reader is told
CONTROLS = {"push button", "toggle button", "radio button", "check box", "combo box", "entry", "text", "spin button",
            "slider", "menu item", "check menu item", "radio menu item", "list item", "table cell", "switch", "link",
            "password text", "image map", "page tab"}
SETTLED_S = 0.4  # what fades in or is laid out anew


def is_in(node, state):
    return node.get_state_set().contains(state)


def place(window, node):
    """x, y, width and height in the picture that driver.photograph takes; None: it has none."""
    import driver
    try:
        box = node.get_component_iface().get_extents(window.atspi.CoordType.SCREEN)
    except (AttributeError, window.glib.Error):
        return None
    return box.x - driver.BORDER, box.y - driver.BORDER, box.width, box.height


def shown_place(window, node):
    """place(), as far as nothing that scrolls hides it."""
    box = place(window, node)
    parent = node.get_parent()
    while box and parent and parent.get_role_name() != "application":
        if parent.get_role_name() in ("scroll pane", "viewport"):
            outer = place(window, parent)
            if outer:
                left, top = max(box[0], outer[0]), max(box[1], outer[1])
                box = (left, top, min(box[0] + box[2], outer[0] + outer[2]) - left,
                       min(box[1] + box[3], outer[1] + outer[3]) - top)
        parent = parent.get_parent()
    return box if box and box[2] > 0 and box[3] > 0 else None


def is_switch(window, node):
    """Something that shows another view of the same page: one of several buttons, or what folds out."""
    state = window.atspi.StateType
    role = node.get_role_name()
    if role == "radio button":
        return not any(node.get_name() in window.words.of(page) for page in PAGES) and not is_in(node, state.CHECKED)
    return role == "toggle button" and is_in(node, state.EXPANDABLE) and not is_in(node, state.EXPANDED)


def switches(window):
    return [node for node in window.nodes() if is_switch(window, node)
            and is_in(node, window.atspi.StateType.SENSITIVE) and is_in(node, window.atspi.StateType.VISIBLE)]


def views(window, pages=None, most=40):
    """Yields the name of each page and view once it shows."""
    for page in pages or PAGES:
        window.go(page)
        time.sleep(SETTLED_S)
        yield page
        seen = set()
        for _ in range(most):
            new = [node for node in switches(window) if node.get_name() not in seen]
            if not new:
                break
            name = new[0].get_name()
            seen.add(name)
            new[0].get_action_iface().do_action(0)
            time.sleep(SETTLED_S)
            yield f"{page}, {name}"


def controls(window):
    return [node for node in window.nodes() if node.get_role_name() in CONTROLS]


def is_ours(node):
    """Not of the header bar's own window buttons, which the desktop draws."""
    return node.get_name() not in ("Minimize", "Maximize", "Close", "Restore")
