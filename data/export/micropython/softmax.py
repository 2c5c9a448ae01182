

def _times(a, b):
    """a * b / 2**31, rounded."""
    return (a * b + (1 << 30)) >> 31


def _softmax(x, y, exps, n):
    """In the fixed point of the watch; exps[d]: exp of d steps below the most, times 2**31."""
    for first in range(0, len(x), n):
        top = max(x[first : first + n])
        total = 0
        for i in range(first, first + n):
            if top - x[i] < len(exps):
                total += (exps[top - x[i]] + 2048) >> 12
        room = 32
        while total >> (32 - room):
            room -= 1
        half = total << room >> 1  # 1 over it by three steps of Newton's
        z = 1515870810 + _times(half, -1010580540)
        for _ in range(3):
            z += _times(z, (1 << 29) - _times(half, z)) << 2
        z = min(z << 1, 0x7FFFFFFF)
        shift = 35 - room
        for i in range(first, first + n):
            s = 0
            if top - x[i] < len(exps):
                s = (_times(z, exps[top - x[i]]) + (1 << shift >> 1)) >> shift
            y[i] = min(s, 255)
