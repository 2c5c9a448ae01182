

def _put(x, y, n, row, at, step, zero):
    """n values as rows of `row` to where the next layer has them; what is not there is 0."""
    known = len(x)
    for i in range(n):
        y[i // row * step + at + i % row] = (x[i] if i < known else 0) - zero
