# An LSM6DSOX on the first I2C bus that plays TAKE (steps of 64 a g) between rests, then ends the program; time does
# not pass.
import sys
import time

_REST = 12
_VALUES = TAKE[:3] * _REST + TAKE + TAKE[-3:] * _REST  # noqa: F821


class _I2C:
    at = 0

    def __init__(self, number):
        self.number = number

    def scan(self):
        return [0x6A]

    def readfrom_mem(self, address, register, n):
        if register == 0x0F:
            return bytes([0x6C])
        if register != 0x28:
            return bytes(n)
        sample = _VALUES[_I2C.at : _I2C.at + 3]
        _I2C.at += 3
        if not sample:
            raise EOFError
        raw = [round(value * 8197 / 64) & 0xFFFF for value in sample]
        return bytes([byte for value in raw for byte in (value & 255, value >> 8)])

    def writeto_mem(self, address, register, value):
        pass


class _Machine:
    I2C = _I2C
    Pin = int


sys.modules["machine"] = _Machine()
time.sleep_ms = lambda ms: None
