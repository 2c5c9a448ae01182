

class Window:
    """Cuts gestures out of a stream as the watch does. feed() takes a sample in g each 80 ms, and gives the samples
    of a gesture when it has ended."""

    def __init__(self):
        self._history = array("b", bytes(150))
        self._at = self._length = self._still = 0
        self._last = (0, 0, 0)

    def feed(self, x, y, z):
        raw = [max(-32768, min(32767, round(v * 8192))) for v in (x, y, z)]
        moved = 0
        self._at = at = (self._at + 1) % 50
        for i in range(3):
            moved += (raw[i] - self._last[i]) ** 2
            self._history[at * 3 + i] = max(-128, min(127, raw[i] >> 7))
        moved &= 0xFFFFFFFF
        self._last = raw
        if self._length == 0:
            if moved >= 801 * 801:
                self._length, self._still = 1, 0
            return None
        self._length = min(self._length + 1, 255)
        if moved >= 2000 * 2000:
            self._still = 0
            return None
        self._still += 1
        if self._still < 4:
            return None
        n, self._length = self._length, 0
        if not 10 <= n < 50:
            return None
        first = (at - n) % 50
        both = self._history + self._history
        return both[first * 3 : (first + n) * 3]
