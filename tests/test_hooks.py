"""The hooks that .pre-commit-hooks.yaml offers, run by the real pre-commit at a real commit."""

import os
import pathlib
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

GOOD = """\
apiVersion: v1
kind: Pod
metadata:
  name: good
spec:
  tolerations:
    - key: dedicated
      operator: Equal
      value: gpu
      effect: NoSchedule
  containers:
    - name: app
      image: registry.example.com/app:1.0
"""
BROKEN = GOOD.replace("operator: Equal", "operator: Equals")
CONFIG = """\
repos:
  - repo: {checkout}
    rev: {revision}
    hooks:
      - id: dslint-lint
      - id: dslint-check
"""


def git(folder: pathlib.Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """git as somebody who has no configuration and whose pre-commit keeps to the folder."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    programs = pathlib.Path(sys.executable).parent
    clean = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments],
        cwd=folder,
        env={
            **clean,
            "HOME": str(home),
            "PRE_COMMIT_HOME": str(home / "pre-commit"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def repository(checkout: pathlib.Path, tmp_path: pathlib.Path) -> pathlib.Path:
    """A new repository whose commits are looked at by the hooks of the checkout."""
    folder = tmp_path / "repository"
    folder.mkdir()
    revision = git(checkout, "rev-parse", "HEAD").stdout.strip()
    config = CONFIG.format(checkout=checkout, revision=revision)
    (folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    install = [sys.executable, "-m", "pre_commit", "install"]
    subprocess.run(install, cwd=folder, check=True, capture_output=True)
    git(folder, "add", ".pre-commit-config.yaml")
    return folder


def test_a_broken_toleration_fails_the_commit_and_a_good_one_passes(
    repository: pathlib.Path,
) -> None:
    manifest = repository / "pod.yaml"
    manifest.write_text(BROKEN, encoding="utf-8")
    git(repository, "add", "pod.yaml")
    refused = git(repository, "commit", "--message=broken")
    said = refused.stdout + refused.stderr
    assert refused.returncode != 0, said
    assert "pod.yaml:8:" in said
    assert "Equals" in said
    assert "dslint lint" in said
    assert "dslint check" in said

    manifest.write_text(GOOD, encoding="utf-8")
    git(repository, "add", "pod.yaml")
    accepted = git(repository, "commit", "--message=good")
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert git(repository, "rev-list", "--count", "HEAD").stdout.strip() == "1"
