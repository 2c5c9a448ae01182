del _data


def infer(samples):
    """The raw outputs, -128 .. 127, to up to LENGTH samples in steps of 1 / UNITS_PER_G, one channel after the
    other; what is missing is 0."""
@CALLS@    return [v + @OUT_ZERO@ for v in _b@LAST@]
