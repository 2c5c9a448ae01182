# An LSM6DSOX on the second I2C bus, by its data sheet: silent until it is switched on.
import sys


class _I2C:
    registers = {}

    def __init__(self, number):
        self.number = number
        if number > 1:
            raise ValueError("no such bus")

    def scan(self):
        return [0x6A] if self.number == 1 else []

    def readfrom_mem(self, address, register, n):
        if address != 0x6A or self.number != 1:
            raise OSError(19)
        if register == 0x0F:
            return bytes([0x6C])
        if register == 0x28 and _I2C.registers.get(0x10) == 0x48:  # 104 Hz, +-4 g: 8197 a g
            return bytes([0, 0, 0x02, 0xF0, 0x05, 0x20])  # 0, -4094, 8197
        return bytes(n)

    def writeto_mem(self, address, register, value):
        _I2C.registers[register] = value[0]


class _Machine:
    I2C = _I2C
    Pin = int


sys.modules["machine"] = _Machine()
