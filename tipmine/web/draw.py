"""Draws one page of a PDF, as a separate program.

    python -m tipmine.web.draw FILE PAGE PIXELS WIDTH HEIGHT > page.png

A PDF is untrusted input to a large C++ library. In a separate process with limits, a hostile page can spoil one
picture but not the desk. The picture goes to standard output as PNG.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

MAX_PIXELS = 6_000_000
"""Largest picture in pixels; an A4 page 1600 wide has 3.6 million."""
_MEMORY = 1_500_000_000
"""Most address space of the program in bytes."""
_SECONDS = 20
"""Most computing time of the program in seconds."""


def _limit() -> None:
    with suppress(ImportError, ValueError, OSError):  # not on Windows, or a stricter limit is in force
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def draw(path: Path, number: int, width: int, size: tuple[float, float]) -> bytes:
    """Page `number` (from 1) as PNG, `width` pixels wide or less if the page is very tall.

    The whole media box is drawn, not the crop box, since the boxes of lines refer to it; `size` is the page's width
    and height in points as recorded in the run. Raises ValueError if the page does not exist or the file is not a PDF.
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
    # A media box that the page inherits is not reported; then the recorded size is used.
    upright = size if page.get_rotation() % 180 == 0 else size[::-1]
    page.set_cropbox(*(page.get_mediabox(fallback_ok=False) or (0.0, 0.0, *upright)))
    across, down = page.get_size()
    scale = min(width / max(across, 1.0), (MAX_PIXELS / max(across * down, 1.0)) ** 0.5)
    stream = BytesIO()
    page.render(scale=scale).to_pil().convert("RGB").save(stream, "PNG", compress_level=4)
    return stream.getvalue()


def main() -> int:
    """Draw the page that the arguments name; the exit status is 1 if it cannot be drawn."""
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
