"""The picture of the report in the README.

python -m tests.tools.report_picture outputs/sample docs/report.png
"""

from __future__ import annotations

import argparse
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.web.browser import opened_browser

VIEW = {"width": 1040, "height": 1420}
WIDTH = 760
"""Pixels of the picture; the README shows it no wider."""
COLOURS = 160
"""A page has few colours: the file stays small."""


def main() -> None:
    """Draw the top of a run's report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path, help="a run folder with its report")
    parser.add_argument("picture", type=Path, help="the PNG to write")
    given = parser.parse_args()
    with opened_browser() as browser:
        page = browser.new_page(viewport=VIEW, device_scale_factor=2)
        page.goto((given.run / "report.html").resolve().as_uri())
        page.evaluate("document.fonts.ready")
        drawn = Image.open(BytesIO(page.screenshot())).convert("RGB")
    height = round(drawn.height * WIDTH / drawn.width)
    small = drawn.resize((WIDTH, height), Image.Resampling.LANCZOS)
    small.quantize(COLOURS).save(given.picture, optimize=True)


if __name__ == "__main__":
    main()
