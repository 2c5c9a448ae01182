# Puts files on a MicroPython board and proves a model there. SPDX-License-Identifier: 0BSD
# It is sent to the board's memory over the raw REPL and answers in numbers; nothing of it stays.
import gc, os, sys, time
from array import array

try:
    from binascii import a2b_base64 as waggle_decode
except ImportError:
    from ubinascii import a2b_base64 as waggle_decode
try:
    from binascii import crc32 as waggle_crc32
except ImportError:

    def waggle_crc32(data, crc):
        crc ^= 0xFFFFFFFF
        for byte in data:
            crc ^= byte
            for _ in range(8):
                crc = crc >> 1 ^ (0xEDB88320 if crc & 1 else 0)
        return crc ^ 0xFFFFFFFF


waggle_file = waggle_model = None
WAGGLE_NEW, WAGGLE_COPY = "waggle_new.py", "waggle_copy.py"


def waggle_remove(name):
    try:
        os.remove(name)
    except OSError:
        pass


def waggle_sum(name):  # bytes and CRC-32; -1: there is no such file
    n = crc = 0
    try:
        file = open(name, "rb")
    except OSError:
        return -1, 0
    with file:
        while True:
            part = file.read(256)
            if not part:
                return n, crc & 0xFFFFFFFF
            n += len(part)
            crc = waggle_crc32(part, crc)


def waggle_ask(*names):
    waggle_clean()
    gc.collect()
    room = -1
    for path in ("", ".", "/"):
        try:
            s = os.statvfs(path)
            room = s[0] * s[3]
            break
        except (OSError, AttributeError):
            pass
    sums = []
    for name in names:
        sums.extend(waggle_sum(name))
    print(gc.mem_free(), room, *sums)


def waggle_open():
    global waggle_file
    waggle_file = open(WAGGLE_NEW, "wb")


def waggle_write(text):
    waggle_file.write(waggle_decode(text))


def waggle_close():
    waggle_file.close()
    print(*waggle_sum(WAGGLE_NEW))


def waggle_copy(source, target):  # as a whole, or not at all
    with open(source, "rb") as a, open(WAGGLE_COPY, "wb") as b:
        while True:
            part = a.read(256)
            if not part:
                break
            b.write(part)
    if waggle_sum(source) != waggle_sum(WAGGLE_COPY):
        raise OSError("the copy is damaged")
    os.rename(WAGGLE_COPY, target)


def waggle_switch(name, former):  # there is a whole file of that name at each moment
    if former and waggle_sum(name)[0] >= 0:
        waggle_copy(name, former)
    os.rename(WAGGLE_NEW, name)
    if hasattr(os, "sync"):
        os.sync()
    print(*waggle_sum(name))


def waggle_restore(name, former):
    if waggle_sum(former)[0] >= 0:
        waggle_copy(former, WAGGLE_NEW)
        waggle_switch(name, former)
        print(*waggle_sum(former))
    else:
        print(-1, 0, -1, 0)


def waggle_import(name):
    global waggle_model
    waggle_model = None
    sys.modules.pop(name, None)
    gc.collect()
    waggle_model = __import__(name)
    gc.collect()
    print(gc.mem_free())


def waggle_test(text):
    x = array("b", waggle_decode(text))
    start = time.ticks_us()
    y = waggle_model.infer(x)
    print(time.ticks_diff(time.ticks_us(), start), *y)


def waggle_clean():
    if waggle_file:
        waggle_file.close()
    waggle_remove(WAGGLE_NEW)
    waggle_remove(WAGGLE_COPY)


def waggle_leave():
    waggle_clean()
    sys.modules.pop("waggle_new", None)
    for name in list(globals()):
        if name.startswith("waggle_"):
            del globals()[name]
    gc.collect()
