"""Writes requirements-dev.lock: the exact releases of what dslint runs, is tested and built with.

Run by `make lock` with any Python that makes virtual environments. It installs what pyproject.toml
asks for, newest releases first, into an environment of its own, and notes what came. What pip says
where it cannot is printed, and the old file stays.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEAD = "# Made by `make lock` from pyproject.toml: edit that file.\n"


def wanted() -> list[str]:
    """What pyproject.toml asks for: the dependencies, and those of the group dev."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]


def frozen(folder: Path) -> str:
    """What a new environment in the folder holds once everything wanted is installed."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    pip = [str(python), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--upgrade", *wanted()], check=True)
    listed = subprocess.run([*pip, "freeze"], check=True, capture_output=True, text=True)
    return listed.stdout


def main() -> None:
    """Writes the lock file."""
    with tempfile.TemporaryDirectory() as folder:
        text = frozen(Path(folder))
    (ROOT / "requirements-dev.lock").write_text(HEAD + text, encoding="utf-8")


if __name__ == "__main__":
    main()
