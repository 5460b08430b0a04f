"""Start-up: the command against the one import that every command line of click needs."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, seconds

RUNS = 15
POD = Path(__file__).parents[2] / "fixtures" / "fluentd-elasticsearch" / "manifest.yaml"


def started(*command: str) -> float:
    return seconds(lambda: subprocess.run(command, capture_output=True, check=False), RUNS)


def figures() -> Iterator[Figure]:
    dslint = str(Path(sys.executable).with_name("dslint"))
    bare = started(sys.executable, "-c", "pass")
    click = started(sys.executable, "-c", "import click")
    version = started(dslint, "--version")
    yield Figure("python -c pass", bare * 1_000, "ms")
    yield Figure("python -c 'import click'", click * 1_000, "ms")
    yield Figure("dslint --version", version * 1_000, "ms")
    yield Figure("  against import click", version / click, "times")
    yield Figure("dslint lint, one manifest", started(dslint, "lint", str(POD)) * 1_000, "ms")
    yield Figure("dslint place, one manifest", started(dslint, "place", str(POD)) * 1_000, "ms")
