

def _channels(n, channels):
    bias = array("I", _take(4 * channels))
    high, low = array("H", _take(2 * channels)), array("H", _take(2 * channels))
    return bias, high, low, array("b", _take(channels)), _take(n * channels)


def _depthwise(x, y, layer, shape):
    bias, high, low, shift, weights = layer
    rows, columns, down, right, taps, multiple, at, step, least, most = shape
    channels = len(shift)
    p = 0
    for _ in range(rows):
        first, q = p, at
        for _ in range(columns):
            for c in range(channels):
                s, k, i = bias[c] - _ZERO, c, p + c // multiple
                for tap in taps:
                    s += x[i + tap] * (weights[k] - 128)
                    k += channels
                s = _scale(s, high[c], low[c], shift[c])
                y[q] = least if s < least else most if s > most else s
                q += 1
            p += right
        p = first + down
        at += step
