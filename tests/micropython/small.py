# A board with little memory and storage: FREE_MEMORY, FREE_BLOCKS of 4096 bytes, and FULL_AFTER bytes a write fails.
import builtins
import os
import sys

FREE_MEMORY, FREE_BLOCKS, FULL_AFTER = NUMBERS  # noqa: F821


class _Memory:
    def collect(self):
        pass

    def mem_free(self):
        return FREE_MEMORY


class _File:
    left = FULL_AFTER

    def __init__(self, *words):
        self.file = _open(*words)

    def read(self, n):
        return self.file.read(n)

    def write(self, part):
        _File.left -= len(part)
        if _File.left < 0:
            raise OSError(28)
        return self.file.write(part)

    def close(self):
        self.file.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


_open = builtins.open
builtins.open = _File
sys.modules["gc"] = _Memory()
os.statvfs = lambda path: (4096, 4096, 1000, FREE_BLOCKS, FREE_BLOCKS, 0, 0, 0, 0, 255)
