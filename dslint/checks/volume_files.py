"""Volumes that are files: configMap, secret and downwardAPI, with their keys, paths and modes.

Follows validateConfigMapVolumeSource, validateSecretVolumeSource and
validateDownwardAPIVolumeSource in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.checks._files import api_file, key_to_path, mode
from dslint.checks._sources import sources_of, volumes
from dslint.checks._walk import items, part
from dslint.model import Complaint
from dslint.target import Target
from dslint.workloads import Workload

FIELDS: tuple[str, ...] = ("configMap", "secret", "downwardAPI")


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with the files of the volumes' first sources."""
    for path, volume in volumes(workload, target):
        kind = sources_of(volume)[0]
        source = part(volume, kind)
        if source is None or kind not in ("configMap", "secret", "downwardAPI"):
            continue
        yield from mode((*path, kind, "defaultMode"), source.get("defaultMode"))
        for at, item in items(source.get("items"), (*path, kind, "items")):
            if kind == "downwardAPI":
                yield from api_file((*path, kind), at, item, target)
            else:
                yield from key_to_path(at, item)
