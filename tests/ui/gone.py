"""What is told of a widget that went away between looking and asking: nothing, as of one that was never there."""
import functools

GONE = ("does not exist", "No such object", "UnknownObject")


@functools.cache
def forgive(atspi, error):
    """Every look at a node answers so from here on; any other error is still raised."""
    empty = {"get_name": "", "get_role_name": "", "get_description": "", "get_child_count": 0, "get_child_at_index": None,
             "get_parent": None, "get_index_in_parent": -1, "get_process_id": -1, "get_component_iface": None,
             "get_action_iface": None}

    def wrapped(ask, otherwise):
        @functools.wraps(ask)
        def answer(*arguments):
            try:
                return ask(*arguments)
            except error as fault:
                if any(word in fault.message for word in GONE):
                    return otherwise
                raise
        return answer

    for name, otherwise in empty.items():
        setattr(atspi.Accessible, name, wrapped(getattr(atspi.Accessible, name), otherwise))
