"""Start-up: the command against the one import that every command line of click needs.

In a checkout the rules are read file by file; what is installed from a wheel reads one pack.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, seconds

RUNS = 15
POD = Path(__file__).parents[2] / "fixtures" / "fluentd-elasticsearch" / "manifest.yaml"


def started(command: tuple[str, ...]) -> float:
    return seconds(lambda: subprocess.run(command, capture_output=True, check=False), 1)


def figures() -> Iterator[Figure]:
    dslint = str(Path(sys.executable).with_name("dslint"))
    commands = {
        "python -c pass": (sys.executable, "-c", "pass"),
        "python -c 'import click'": (sys.executable, "-c", "import click"),
        "dslint --version": (dslint, "--version"),
        "dslint lint, one manifest": (dslint, "lint", str(POD)),
        "dslint place, one manifest": (dslint, "place", str(POD)),
    }
    best = dict.fromkeys(commands, float("inf"))
    # In turns, so that a moment in which the machine is busy is not one command's alone.
    for _ in range(RUNS):
        for what, command in commands.items():
            best[what] = min(best[what], started(command))
    for what, took in best.items():
        yield Figure(what, took * 1_000, "ms")
    ratio = best["dslint --version"] / best["python -c 'import click'"]
    yield Figure("dslint --version against import click", ratio, "times")
