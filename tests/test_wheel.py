"""The wheel and the sdist, built from a clean checkout and used with nothing else present."""

import os
import pathlib
import subprocess
import sys
import zipfile

import pytest

pytestmark = pytest.mark.slow

# Nothing of this process' Python reaches the environment that is tested.
CLEAN = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("PYTHON", "VIRTUAL_ENV", "COV", "DSLINT_", "FORCE_COLOR"))
}


def called(*command: str | pathlib.Path, cwd: pathlib.Path) -> str:
    done = subprocess.run(
        command, cwd=cwd, env=CLEAN, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def installed(folder: pathlib.Path, *what: str | pathlib.Path) -> pathlib.Path:
    """The folder of programs of a new environment in which that is installed."""
    called(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
    bin_folder = folder / ("Scripts" if sys.platform == "win32" else "bin")
    python = bin_folder / "python"
    called(
        *(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", *what),
        cwd=folder.parent,
    )
    return bin_folder


def test_a_wheel_works_with_nothing_else_present(
    checkout: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    build = [sys.executable, "-m", "build", "--no-isolation"]
    called(*build, "--outdir", tmp_path / "dist", cwd=checkout)  # an sdist, and a wheel from it
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    assert list((tmp_path / "dist").glob("*.tar.gz"))
    names = zipfile.ZipFile(wheel).namelist()
    rules = {path.name for path in (checkout / "rules").glob("*.yaml")}
    assert "dslint/data/rules.json" in names
    assert rules <= {pathlib.PurePosixPath(name).name for name in names}
    assert not [name for name in names if name.startswith(("tests", "scripts", "fixtures"))]
    assert "dslint/py.typed" in names

    programs = installed(tmp_path / "venv", wheel)
    empty = tmp_path / "empty"
    empty.mkdir()
    case = checkout / "fixtures" / "fluentd-elasticsearch"
    manifest, nodes = case / "manifest.yaml", case / "nodes.yaml"
    placed = called(programs / "dslint", "place", manifest, "--nodes", nodes, cwd=empty)
    assert "fluentd-elasticsearch" in placed
    assert "node-role.kubernetes.io/control-plane" in placed
    listed = called(programs / "dslint", "rules", cwd=empty)
    assert all(rule[:5] in listed for rule in rules)
    in_wheel = zipfile.ZipFile(wheel).read("dslint/data/rules.json")
    from dslint import rulebook

    assert in_wheel == rulebook.pack(checkout / "rules")
