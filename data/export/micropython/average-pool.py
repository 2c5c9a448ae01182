

def _average_pool(x, y, shape):
    rows, columns, row, channels, at, step, zero, zero_after, least, most = shape
    for top, bottom in rows:
        q = at
        for left, right in columns:
            n = (bottom - top) * (right - left)
            for c in range(channels):
                s = n * zero
                for i in range(top * row + c, bottom * row, row):
                    for k in range(i + left * channels, i + right * channels, channels):
                        s += x[k]
                s = (s + n // 2) // n if s > 0 else -((n // 2 - s) // n)  # half away from 0
                s -= zero_after
                y[q] = least if s < least else most if s > most else s
                q += 1
        at += step
