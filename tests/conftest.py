"""What every test may ask for: recorded answers and manifests that are not part of the project."""

import os
import pathlib

import pytest

ROOT = pathlib.Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> pathlib.Path:
    """The folder of shared recordings and real manifests; skips the test where there is none."""
    folder = pathlib.Path(os.environ.get("DSLINT_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(
            f"no shared recordings: {folder} is missing (set DSLINT_SHARED to their folder)"
        )
    return folder
