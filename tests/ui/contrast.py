"""Measures the contrast of text in a picture of the window (WCAG 2.1, relative luminance)."""
import collections


class Picture:
    """A PNG file's pixels."""

    def __init__(self, path):
        import gi
        gi.require_version("GdkPixbuf", "2.0")
        from gi.repository import GdkPixbuf
        picture = GdkPixbuf.Pixbuf.new_from_file(str(path))
        self.width, self.height = picture.get_width(), picture.get_height()
        self.stride, self.channels = picture.get_rowstride(), picture.get_n_channels()
        self.pixels = picture.get_pixels()

    def colours(self, x, y, width, height):
        """Of that rectangle, as far as it is within the picture: (red, green, blue) -> how often."""
        counts = collections.Counter()
        for row in range(max(0, y), min(self.height, y + height)):
            start = row * self.stride
            for column in range(max(0, x), min(self.width, x + width)):
                place = start + column * self.channels
                counts[self.pixels[place:place + 3]] += 1
        return counts


def luminance(colour):
    parts = [value / 255 for value in colour[:3]]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def of_text(picture, x, y, width, height):
    """The ground is the colour seen most; the text is what differs most from it: strokes are thin and their edges are
    blended, so the strongest pixel is the nearest to the colour that was asked for. None: nothing is drawn there."""
    colours = picture.colours(x, y, width, height)
    if len(colours) < 2:
        return None
    ground = colours.most_common(1)[0][0]
    return max(ratio(colour, ground) for colour in colours)
