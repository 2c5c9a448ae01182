

def _quantize(x, y, table, n, row, at, step, before, after):
    for i in range(n):
        y[i // row * step + at + i % row] = table[x[i] + before] - after
