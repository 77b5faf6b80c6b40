"""Static images for Word: bars without labels, since the figures appear beside them as text."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

WIDTH, HEIGHT = 480, 66
"""Size in pixels; sharp at a width of about 3 cm."""
EMPTY = "#F4F6F8"


def stacked_bar(parts: Sequence[tuple[int, str]]) -> bytes:
    """A bar as PNG with parts proportional to their counts, each in its colour (#RRGGBB); plain if all counts are 0."""
    from PIL import Image

    bar = Image.new("RGB", (WIDTH, HEIGHT), EMPTY)
    total = sum(count for count, _ in parts)
    done = 0
    for count, colour in parts:
        if count:
            start, end = round(WIDTH * done / total), round(WIDTH * (done + count) / total)
            bar.paste(colour, (start, 0, end, HEIGHT))
            done += count
    stream = BytesIO()
    bar.save(stream, "PNG", optimize=True)
    return stream.getvalue()
