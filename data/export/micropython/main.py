# Reads the board's accelerometer and says which gesture was made: an example. SPDX-License-Identifier: 0BSD
# It knows the micro:bit and the common chips on an I2C bus; else write a read() of your own, which gives
# @READS@.
import time

from waggle_model import DEBOUNCE, RATE_HZ, Debounce, Window, recognise


@SENSOR@def main(read):
    window = Window()
    debounce = Debounce(*DEBOUNCE) if DEBOUNCE else None
    period = round(1000 / RATE_HZ)
    due = before = time.ticks_ms()
    now = 0  # does not begin anew, as the clock does after some days
    while True:
        samples = window.feed(*read())
        now += time.ticks_diff(time.ticks_ms(), before)
        before = time.ticks_ms()
        if samples:
            label, probability = recognise(samples)
            if debounce:
                label = debounce.feed(now, label)
            if label:
                print(label, round(probability, 2))
        due = time.ticks_add(due, period)
        wait = time.ticks_diff(due, time.ticks_ms())
        if wait > 0:
            time.sleep_ms(wait)
        else:
            due = time.ticks_ms()


main(find_reader())
