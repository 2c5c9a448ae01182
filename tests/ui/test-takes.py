#!/usr/bin/python3
"""The grid of takes by keyboard and by AT-SPI: what is in view is there, with name, place and state. Speaks TAP."""
import sys

import driver
import program

window = None
N = 186  # takes of clap2 in the sample recordings


def items():
    return [node for node in window.nodes() if node.get_role_name() == "list item" and node.get_name().startswith("Take ")]


def has(node, state):
    return node.get_state_set().contains(getattr(window.atspi.StateType, state))


def chosen():
    return [node.get_name() for node in items() if has(node, "SELECTED")]


def focused():
    return [node.get_name() for node in items() if has(node, "FOCUSED")]


def press(*keys):
    for key in keys:
        window.press(key)


def grid():
    return window.wait_for(lambda: [node for node in window.nodes() if node.get_role_name() == "list box"
                                    and node.get_name() == "Takes"], "the grid")[0]


def n_columns():
    top = items()[0].get_component_iface().get_extents(window.atspi.CoordType.WINDOW).y
    return len([node for node in items() if node.get_component_iface().get_extents(window.atspi.CoordType.WINDOW).y == top])


def wait_chosen(count, text):
    window.wait_for_text(text)
    window.wait_for(lambda: len(chosen()) == count, f"{count} chosen takes in view")


def test_names_and_numbers_only_what_is_in_view():
    window.go("Review")
    window.wait_for(items, "takes")
    window.wait_for_text("▲")
    names = [node.get_name() for node in items()]
    assert all(" of clap2, " in name and " s" in name for name in names), names
    assert 5 < len(names) < 60, len(names)  # of N
    places = [dict(node.get_attributes()) for node in items()]
    assert [place["posinset"] for place in places] == [str(i + 1) for i in range(len(names))], places
    assert {place["setsize"] for place in places} == {str(N)}
    assert grid().get_role_name() == "list box" and has(grid(), "MANAGES_DESCENDANTS")
    assert not chosen()


def test_is_gone_through_by_keys():
    assert grid().get_component_iface().grab_focus()
    first = [node.get_name() for node in items()]
    window.wait_for(lambda: focused() == first[:1], "focus on the first take")
    press("Right")
    wait_chosen(1, "Nothing is doubtful" if not items()[1].get_description() else items()[1].get_description())
    assert chosen() == focused() == first[1:2]
    press("Down")
    window.wait_for(lambda: chosen() == focused() == [first[1 + n_columns()]], "the take below")
    press("space")
    window.wait_for(lambda: not chosen(), "no chosen take")
    assert focused() == [first[1 + n_columns()]]
    press("End")
    window.wait_for(lambda: focused() and focused()[0] not in first, "the last take in view")
    assert dict([node for node in items() if has(node, "FOCUSED")][0].get_attributes())["posinset"] == str(N)
    press("Home")
    window.wait_for(lambda: focused() == first[:1] == chosen(), "the first take again")


def test_chooses_all_by_control_a_and_lets_them_be_deleted_and_undone():
    grid().get_component_iface().grab_focus()
    window.press("a", driver.CONTROL)
    window.wait_for_text(f"{N} chosen takes over one another.")
    assert len(chosen()) == len(items())
    press("Home")
    window.wait_for(lambda: len(chosen()) == 1, "one chosen take")
    press("Delete")
    window.wait_for_text(f"{N - 1} takes of clap2")
    window.click("Undo")
    window.wait_for_text(f"{N} takes of clap2")


def test_is_chosen_from_by_a_screen_reader():
    press("Home")
    window.wait_for(lambda: len(chosen()) == 1, "one chosen take")
    selection = grid().get_selection_iface()
    selection.clear_selection()
    window.wait_for(lambda: not chosen(), "no chosen take")
    selection.select_child(2)
    wanted = window.wait_for(chosen, "a chosen take")
    assert len(wanted) == 1 and selection.get_n_selected_children() == 1, wanted
    assert selection.get_selected_child(0).get_name() == wanted[0]
    # the check after what was undone may order the takes anew meanwhile
    window.wait_for(lambda: [node for node in items() if [node.get_name()] == wanted], "that take in view")[0] \
        .get_action_iface().do_action(0)
    window.wait_for(lambda: not chosen(), "no chosen take")


def test_says_nothing_on_standard_error():
    window.check_errors()


def main():
    global window
    driver.enter()
    project = program.folder() / "p.waggle"
    program.good("new", project)
    program.good("import", project, program.SEED)
    window = driver.Window(project, "--page", "review")
    return driver.run("takes")


if __name__ == "__main__":
    sys.exit(main())
