

def _max_pool(x, y, shape):
    rows, columns, row, channels, at, step, change, least, most = shape
    for top, bottom in rows:
        q = at
        for left, right in columns:
            for c in range(channels):
                s = -256
                for i in range(top * row + c, bottom * row, row):
                    for k in range(i + left * channels, i + right * channels, channels):
                        if x[k] > s:
                            s = x[k]
                s += change
                y[q] = least if s < least else most if s > most else s
                q += 1
        at += step
