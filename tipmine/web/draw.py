"""One page of a PDF as a picture, drawn by a program of its own.

    python -m tipmine.web.draw FILE PAGE PIXELS WIDTH HEIGHT > page.png

A PDF is somebody else's input to a large C++ library. In its own process, with limits, a hostile page costs one
picture and not the desk. The picture goes to standard output as PNG.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

MAX_PIXELS = 6_000_000
"""Largest picture. Pixels; an A4 page 1600 wide has 3.6 million."""
_MEMORY = 1_500_000_000
"""Address space of the program. Bytes."""
_SECONDS = 20
"""Computing time of the program. Seconds."""


def _limit() -> None:
    with suppress(ImportError, ValueError, OSError):  # not on Windows, or a stricter limit is in force
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def draw(path: Path, number: int, width: int, size: tuple[float, float]) -> bytes:
    """Page `number` (from 1) as PNG, `width` pixels wide, smaller where the page is very tall.

    The whole media box is drawn, not the crop box, since boxes of lines are measured in it; `size` is the page's
    width and height in points as the run has them. Raises ValueError for a page that is not there or no PDF.
    """
    from io import BytesIO

    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"not a PDF that can be drawn: {error}") from error
    if not 1 <= number <= len(document):
        raise ValueError(f"no page {number}")
    page = document[number - 1]
    # A media box that the page inherits is not told; then the size that was read stands in.
    upright = size if page.get_rotation() % 180 == 0 else size[::-1]
    page.set_cropbox(*(page.get_mediabox(fallback_ok=False) or (0.0, 0.0, *upright)))
    across, down = page.get_size()
    scale = min(width / max(across, 1.0), (MAX_PIXELS / max(across * down, 1.0)) ** 0.5)
    stream = BytesIO()
    page.render(scale=scale).to_pil().convert("RGB").save(stream, "PNG", compress_level=4)
    return stream.getvalue()


def main() -> int:
    """Draw the page that the arguments name; exit 1 where it cannot be drawn."""
    _limit()
    path, number, width, across, down = sys.argv[1:6]
    try:
        picture = draw(Path(path), int(number), int(width), (float(across), float(down)))
    except (ValueError, OSError, MemoryError):
        return 1
    sys.stdout.buffer.write(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
