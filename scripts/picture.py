"""Draws docs/place.svg, the README's picture, from what `dslint place` prints to a terminal.

`python -m scripts.picture` runs the command in fixtures/, colours on, and hands its output to
rich, which draws it. The same output gives the same bytes: a test holds the picture to it.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "place.svg"
CASE = ROOT / "fixtures" / "fluentd-elasticsearch"
COMMAND = ("dslint", "place", "manifest.yaml", "--nodes", "nodes.yaml")
COLUMNS = 110


def printed() -> str:
    """What the command prints to a terminal that knows colours."""
    program = Path(sys.executable).with_name(COMMAND[0])
    unwanted = ("NO_COLOR", "CI")
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    environment |= {"FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    done = subprocess.run(
        [program, *COMMAND[1:]],
        cwd=CASE,
        env=environment,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout


def drawn() -> str:
    """The picture as SVG."""
    output = printed()
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ {' '.join(COMMAND)}", style="bold"))
    console.print(Text.from_ansi(output), soft_wrap=True)
    return console.export_svg(title="dslint", unique_id="dslint")


def main() -> None:
    """Writes the picture."""
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(drawn(), encoding="utf-8")
    print(PICTURE.relative_to(ROOT))


if __name__ == "__main__":
    main()
