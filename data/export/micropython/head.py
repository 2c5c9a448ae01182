# Recognises gestures: @WHAT@ of @PROJECT@, made @MADE@, exported @DATE@ by Waggle.
# @PROMISE@ SPDX-License-Identifier: 0BSD
from array import array

try:
    from binascii import a2b_base64
except ImportError:
    from ubinascii import a2b_base64

LABELS = (@LABELS@,)
THRESHOLDS = (@THRESHOLDS@,)  # least probability of each as an answer
OTHER = @OTHER@  # of the labels: means nothing
RATE_HZ = @RATE@  # samples a second
LENGTH = @LENGTH@  # samples a window
CHANNELS = @CHANNELS@
UNITS_PER_G = @UNITS@  # steps of a sample, which has -128 .. 127
DEBOUNCE = @DEBOUNCE@  # answers that make one, and within how many ms
