

def _layer(n, channels):
    """Weights of n taps. Those of a tap are one long number, 32 bits a channel: one product is all channels'."""
    start = int.from_bytes(_take(4 * channels), "little")
    high, low = array("H", _take(2 * channels)), array("H", _take(2 * channels))
    shift = array("b", _take(channels))
    half = int.from_bytes(bytes(array("i", [128] * channels)), "little")
    taps = []
    for _ in range(n):
        lanes = array("i", list(_take(channels)))
        taps.append(int.from_bytes(bytes(lanes), "little") - half)
    return taps, start, high, low, shift


def _conv(x, y, layer, shape):
    taps, start, high, low, shift = layer
    rows, columns, down, right, more, n, at, step, least, most = shape
    channels = len(shift)
    p, before, known = 0, None, 0
    for _ in range(rows):
        first, q = p, at
        for _ in range(columns):
            window = x[p : p + n]
            for tap in more:
                window.extend(x[p + tap : p + tap + n])
            if window == before:  # as behind the end of a gesture
                for c in range(channels):
                    y[q + c] = y[known + c]
            else:
                total, k = start, 0
                for v in window:
                    if v:
                        total += v * taps[k]
                    k += 1
                sums = array("I", total.to_bytes(4 * channels, "little"))
                for c in range(channels):
                    s = sums[c] - _ZERO
                    if s > 0 or least:
                        s = _scale(s, high[c], low[c], shift[c])
                        s = least if s < least else most if s > most else s
                    else:
                        s = 0
                    y[q + c] = s
                before, known = window, q
            q += channels
            p += right
        p = first + down
        at += step
