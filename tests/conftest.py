"""What every test may ask for: the command, a clean checkout, recordings kept elsewhere."""

import os
import pathlib
import shutil
import subprocess
import sys
from collections.abc import Callable

import hypothesis
import pytest

ROOT = pathlib.Path(__file__).parent.parent

# How many examples a law gets: HYPOTHESIS_PROFILE is `ci` in .ci/run, `nightly` in make nightly.
for name, examples in {"default": 200, "ci": 2_000, "nightly": 200_000}.items():
    hypothesis.settings.register_profile(
        name,
        max_examples=examples,
        deadline=None,  # a machine that is busy breaks no law
        derandomize=name == "default",
        print_blob=True,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def shared() -> pathlib.Path:
    """The folder of shared recordings and real manifests; skips the test where there is none."""
    folder = pathlib.Path(os.environ.get("DSLINT_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(
            f"no shared recordings: {folder} is missing (set DSLINT_SHARED to their folder)"
        )
    return folder


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    """`run("place", "x.yaml")`: the command in this process; its exit code, stdout and stderr."""
    for variable in ("FORCE_COLOR", "COLUMNS", *(v for v in os.environ if v[:7] == "DSLINT_")):
        monkeypatch.delenv(variable, raising=False)

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the command sets its own

    def run(*arguments: str) -> tuple[int, str, str]:
        from dslint.cli import main

        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        printed = capsys.readouterr()
        code = left.value.code
        return (code if isinstance(code, int) else 0), printed.out, printed.err

    return run


@pytest.fixture
def checkout(tmp_path: pathlib.Path) -> pathlib.Path:
    """A git repository that holds what is tracked here, as it stands now, and nothing else."""
    if not (ROOT / ".git").exists():
        pytest.skip("no git repository: what is tracked is not known")
    folder = tmp_path / "checkout"
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z"], check=True, capture_output=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--message=What is tracked")
    return folder


def git(folder: pathlib.Path, *arguments: str) -> None:
    """Runs git in a folder, as somebody who has no configuration of their own."""
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull},
    )
