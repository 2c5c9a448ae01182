"""A board at a terminal that simply prints numbers."""
import os
import pty
import threading
import time
import tty

RATE_HZ = 80


class Board:
    """Prints x, y, z in mg with milliseconds before them, as a sketch of twenty lines does."""

    def __init__(self):
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        self.address = f"serial:{os.ttyname(self.slave)}?baud=250000"  # no rate of termios
        self.ends = False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def write(self, line):
        os.write(self.master, line)

    def run(self):
        os.write(self.master, b"Sensor ready\r\n")
        start = time.monotonic()
        n = 0
        while not self.ends:
            # what it stamps is its own clock, which is never late
            self.write(b"%d, %d, %d, %d\r\n" % (1000 * n // RATE_HZ, n % 5, -20, 1000))
            n += 1
            time.sleep(max(0, start + n / RATE_HZ - time.monotonic()))

    def close(self):
        self.ends = True
        self.thread.join()
        os.close(self.master)
        os.close(self.slave)
