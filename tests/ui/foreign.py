"""Whether a text of a window under a made-up catalogue has words that nobody translated."""
import re

import pseudo
import walk

# names and units that are the same in every language, and what comes from recordings or the system
SAME = re.compile(r"\b(Bangle\.js|Waggle|virtual|Espruino|MicroPython|Arduino|TensorFlow|Lite|int8|float|kB|MB|ms|mJ|mAh|"
                  r"g|s|x|y|z|Hz|dB|F1|Sample|james|conor|clap2|random|snap|swipeleft|swiperight|swipeup|upup|waggle|"
                  r"classic|conv1d|dense|softmax|max-pool|conv|input|[A-H]|v\d+|CONV_2D|MAX_POOL_2D|FULLY_CONNECTED|QUANTIZE|DEQUANTIZE|tflite|"
                  r"sample\.waggle|COM\d|GTK|csv|json)\b|\d+v\d+(\.\d+)?|\S+://\S+|(/[\w.-]+)+|[\w.-]+\.(waggle|tflite|rules)")
ROLES = walk.CONTROLS | {"label", "heading", "panel", "frame"}


def is_foreign(text):
    """Has words outside all brackets."""
    outside = re.sub(f"{pseudo.OPEN}[^{pseudo.OPEN}{pseudo.CLOSE}]*{pseudo.CLOSE}", " ", text)
    while outside != text:  # a text put into another
        text, outside = outside, re.sub(f"{pseudo.OPEN}[^{pseudo.OPEN}{pseudo.CLOSE}]*{pseudo.CLOSE}", " ", outside)
    return bool(re.search(r"[A-Za-z]{2,}", SAME.sub(" ", outside)))
