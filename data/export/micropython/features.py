
from math import sqrt


def _series(v, units):
    """Of one axis: whole numbers as far as the last division, so that each board has the same."""
    n = len(v)
    steps = max(1, n - 1)
    total, squares, moved, zeros, means, least, most = sum(v), 0, 0, 0, 0, 0, 0
    for t in range(n):
        k = v[t]
        squares += k * k
        if t:
            before = v[t - 1]
            moved += abs(k - before)
            zeros += (before > 0) != (k > 0)
            means += (before * n > total) != (k * n > total)
        if k < v[least]:
            least = t
        if k > v[most]:
            most = t
    yield total / (n * units)
    yield v[least] / units
    yield v[most] / units
    yield (v[most] - v[least]) / units
    yield squares / (n * units * units)
    yield zeros / steps
    yield means / steps
    yield moved / (units * steps)
    yield least / steps
    yield most / steps


def features(samples):
    """What the trees ask for, of the samples up to the last that is not 0."""
    width, n = len(CHANNELS), min(len(samples), LENGTH * len(CHANNELS))
    while n and not samples[n - 1]:
        n -= 1
    n = (n + width - 1) // width
    if n == 0:
        return array("f", [0] * 46)
    samples = list(samples) + [0] * width
    axes = [[samples[t * width + axis] for t in range(n)] for axis in range(3)]
    out = array("f")
    for v in axes:
        out.extend(array("f", list(_series(v, UNITS_PER_G))))
    squares = [axes[0][t] ** 2 + axes[1][t] ** 2 + axes[2][t] ** 2 for t in range(n)]
    ends = array("f", [sqrt(min(squares)) / UNITS_PER_G, sqrt(max(squares)) / UNITS_PER_G])
    steps = max(1, n - 1)
    zeros = 0
    for t in range(1, n):
        zeros += (squares[t - 1] > 0) != (squares[t] > 0)
    ends.append(ends[1] - ends[0])
    ends.append(zeros / steps)
    ends.append(squares.index(min(squares)) / steps)
    ends.append(squares.index(max(squares)) / steps)
    out.extend(ends)
    for v in axes:
        for third in range(3):
            part = v[n * third // 3 : n * (third + 1) // 3]
            out.append(sum(part) / (UNITS_PER_G * len(part)) if part else 0)
    out.append(n)
    return out
