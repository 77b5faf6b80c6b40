"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine makes any single example slow; that says nothing about the code.
settings.register_profile("tipmine", deadline=None)
settings.load_profile("tipmine")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Real material that does not ship: beside the checkout, or where TIPMINE_SHARED says; skips without it."""
    folder = Path(os.environ.get("TIPMINE_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"real material is not here: {folder}")
    return folder


@pytest.fixture(scope="session")
def sample_corpus() -> Path:
    """The sample corpus that ships with the project."""
    return ROOT / "corpora" / "sample"


@pytest.fixture(scope="session")
def sample_run(sample_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of the sample corpus, made once for all tests: read it; copy it to decide anything in it."""
    from tipmine.pipeline import run_pipeline

    folder = tmp_path_factory.mktemp("sample") / "run"
    summary = run_pipeline(sample_corpus, folder, workers=2)
    assert summary.failures == ()
    return folder
