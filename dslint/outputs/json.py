"""Reports as JSON, indented and in ASCII: safe to print whatever a manifest holds."""

from __future__ import annotations

import json

from dslint.outputs import _plain
from dslint.report import EVERY, Report

FILLS = EVERY


def render(report: Report) -> str:
    """Any report as JSON."""
    # Loaded here to spare start-up. msgspec is ten times as fast, and cannot write ASCII alone.
    import msgspec

    data = _plain.data(report)
    try:
        text = msgspec.json.format(msgspec.json.encode(data), indent=2).decode()
    except UnicodeEncodeError:
        text = ""
    return f"{text}\n" if text.isascii() and text else f"{json.dumps(data, indent=2)}\n"
