# Tells the acceleration of a MicroPython board, in g, with number and time. SPDX-License-Identifier: 0BSD
# It is sent to the board's memory over the raw REPL; nothing is left on the board. READ and PERIOD are set
# before it: the board's owner's own expression for the three values (or None), and milliseconds.
import time


def i2c_chip(bus):
    """How to read the accelerometer on that bus: address, register, bytes in order, units a g."""
    found = bus.scan()

    def is_one(address, register, names):
        return address in found and bus.readfrom_mem(address, register, 1)[0] in names

    def put(address, register, value):
        bus.writeto_mem(address, register, bytes([value]))

    for address in (0x68, 0x69):  # MPU-6050, -6500, -9250, -6886, all at +-4 g
        if is_one(address, 0x75, (0x68, 0x70, 0x71, 0x19)):
            put(address, 0x6B, 0)
            put(address, 0x1C, 0x08)
            return address, 0x3B, True, 8192
    for address in (0x6A, 0x6B):
        if is_one(address, 0x0F, (0x69, 0x6A, 0x6C)):  # LSM6DS3, LSM6DSOX: 104 Hz, +-4 g
            put(address, 0x10, 0x48)
            return address, 0x28, False, 8197
        if is_one(address, 0x0F, (0x68,)):  # LSM9DS1: 119 Hz, +-4 g
            put(address, 0x20, 0x70)
            return address, 0x28, False, 8197
    for address in (0x18, 0x19):
        if is_one(address, 0x0F, (0x33,)):  # LIS3DH: 100 Hz, 12 bits, +-4 g
            put(address, 0x20, 0x57)
            put(address, 0x23, 0x18)
            return address, 0xA8, False, 8000
    for address in (0x53, 0x1D):
        if is_one(address, 0x00, (0xE5,)):  # ADXL345: 100 Hz, +-4 g, full resolution
            put(address, 0x2C, 0x0A)
            put(address, 0x31, 0x09)
            put(address, 0x2D, 0x08)
            return address, 0x32, False, 256
    return None


def signed(low, high):
    value = high << 8 | low
    return value - 65536 if value > 32767 else value


def i2c_reader():
    from machine import I2C, Pin
    # the port's own pins, then those of the M5Stack boards and of the Arduino Nano 33 BLE and RP2040 Connect
    for number, pins in ((0, None), (1, None), (0, (22, 21)), (1, (15, 14)), (0, (13, 12))):
        try:
            if pins:
                bus = I2C(number, scl=Pin(pins[0]), sda=Pin(pins[1]))
            else:
                bus = I2C(number)
            chip = i2c_chip(bus)
        except (OSError, ValueError, TypeError):
            continue
        if chip:
            address, register, is_big, per_g = chip

            def read():
                b = bus.readfrom_mem(address, register, 6)
                k = (1, 0) if is_big else (0, 1)
                return [signed(b[i + k[0]], b[i + k[1]]) / per_g for i in (0, 2, 4)]
            return read
    return None


def find_reader():
    try:
        from microbit import accelerometer
        return lambda: [v / 1000 for v in accelerometer.get_values()]
    except ImportError:
        pass
    try:
        read = i2c_reader()
    except ImportError:
        read = None
    if not read:
        raise OSError("no accelerometer found")
    return read


def run(read):
    x, y, z = read()  # what fails, fails before the first line
    print("n,ms,x,y,z")
    start = due = time.ticks_ms()
    n = 0
    while True:
        x, y, z = read()
        print("%d,%d,%.4f,%.4f,%.4f" % (n, time.ticks_diff(time.ticks_ms(), start), x, y, z))
        n += 1
        due = time.ticks_add(due, PERIOD)
        wait = time.ticks_diff(due, time.ticks_ms())
        if wait > 0:
            time.sleep_ms(wait)
        else:
            due = time.ticks_ms()


run(READ or find_reader())
