"""Still pictures for Word: bars without letters, since the figures stand beside them as text."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

WIDTH, HEIGHT = 480, 66
"""Pixels; sharp at some 3 cm across."""
EMPTY = "#F4F6F8"


def stacked_bar(parts: Sequence[tuple[int, str]]) -> bytes:
    """A bar as PNG, cut into parts as long as their counts, each in its colour (#RRGGBB); plain where all are 0."""
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
