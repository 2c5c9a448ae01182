"""CBOR by the letter of RFC 8949, in a few lines that share nothing with the program's own."""
import struct


def head(major, number):
    for limit, more, form in ((24, None, None), (1 << 8, 24, ">B"), (1 << 16, 25, ">H"), (1 << 32, 26, ">I"), (1 << 64, 27, ">Q")):
        if number < limit:
            return bytes([major << 5 | (number if more is None else more)]) + (struct.pack(form, number) if form else b"")
    raise ValueError(number)


def encode(value, floats=">d", endless=False):
    """`floats`: the form of those (">e", ">f" or ">d"); `endless`: lists and maps without their length."""
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, float):
        return {">e": b"\xf9", ">f": b"\xfa", ">d": b"\xfb"}[floats] + struct.pack(floats, value)
    if isinstance(value, str):
        text = value.encode()
        return b"\x7f" + head(3, 2) + text[:2] + head(3, len(text) - 2) + text[2:] + b"\xff" if endless and len(text) > 9 else head(3, len(text)) + text
    if isinstance(value, list):
        inner = b"".join(encode(one, floats, endless) for one in value)
        return b"\x9f" + inner + b"\xff" if endless else head(4, len(value)) + inner
    inner = b"".join(encode(name, floats, False) + encode(one, floats, endless) for name, one in value.items())
    return b"\xbf" + inner + b"\xff" if endless else head(5, len(value)) + inner
