#!/usr/bin/env python3
"""Runs a program within a display and a session bus of its own: on-display.py PROGRAM."""
import os
import sys

import driver

if __name__ == "__main__":
    driver.enter()
    os.execv(sys.argv[1], sys.argv[1:])
