from __future__ import annotations

import pytest

from tests.themes.making import UNITS
from tipmine.records import ThemeSet
from tipmine.themes import find_themes


@pytest.fixture(scope="package")
def found() -> ThemeSet:
    """The themes of the three focus groups."""
    themes = find_themes(UNITS)
    # Tests say what holds for each theme.
    assert themes.themes
    return themes
