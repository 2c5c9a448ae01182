

class Window:
    """Slides over a stream. feed() takes a sample, acceleration in g and angular rate in degrees a second, RATE_HZ
    times a second, and gives the last LENGTH samples each @STEP@."""

    def __init__(self):
        self._samples = array("b", bytes(LENGTH * len(CHANNELS)))
        self._at, self._n = 0, LENGTH

    def feed(self, x, y, z, gx=0, gy=0, gz=0):
        dps = @RANGE_G@ / @RANGE_DPS@
        values = {
            "x": x,
            "y": y,
            "z": z,
            "gx": gx * dps,
            "gy": gy * dps,
            "gz": gz * dps,
            "magnitude": (x * x + y * y + z * z) ** 0.5,
        }
        for channel in CHANNELS:
            value = round(values[channel] * UNITS_PER_G)
            self._samples[self._at] = max(-128, min(127, value))
            self._at = (self._at + 1) % len(self._samples)
        self._n -= 1
        if self._n > 0:
            return None
        self._n = @STEP@
        return self._samples[self._at :] + self._samples[: self._at]
