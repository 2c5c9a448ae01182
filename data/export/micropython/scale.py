
_ZERO = 1 << 27  # is added to each sum, so that none is below 0


def _scale(s, high, low, shift):
    """s * m / 2**31 and then / 2**shift, rounded twice, with m = high * 2**15 + low: in parts, so that no number
    needs more than the 31 bits that are quick."""
    if shift < 0:
        s <<= -shift
        shift = 0
    t = s >> 12
    s &= 4095
    s = (t * high + ((s * high + ((t * low + (s * low >> 12)) >> 3) + 32768) >> 12)) >> 4
    return (s + (1 << shift >> 1) - (s < 0)) >> shift if shift else s
