

def _take(n):
    global _at
    _at += n
    return _data[_at - n : _at]


_at = 0
_data = a2b_base64(
    b"""
@DATA@"""
)
