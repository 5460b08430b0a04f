"""Reports as YAML: the same data as JSON, one document, in ASCII."""

from __future__ import annotations

import yaml

from dslint.outputs import _plain
from dslint.report import EVERY, Report

FILLS = EVERY


def render(report: Report) -> str:
    """Any report as YAML."""
    return yaml.safe_dump(_plain.data(report), sort_keys=False, width=1_000_000)
