"""The name that an object has once the API server has made it.

A workload comes in; a name that the server has yet to make up goes out as one of its length.
"""

from __future__ import annotations

from dslint.workloads import Workload, mapping, text

_KEPT = 58  # of generateName; five random characters follow: names/generate.go


def object_name(workload: Workload) -> str:
    """The name, or one such as is made of generateName, or "" where there is neither."""
    metadata = mapping(workload.manifest.get("metadata"))
    prefix = text(metadata.get("generateName"))
    return text(metadata.get("name")) or (f"{prefix[:_KEPT]}xxxxx" if prefix else "")
