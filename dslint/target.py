"""The cluster that an answer is for: a Kubernetes version and the feature gates that are set.

Semantics change with both; whoever asks `target.at_least("1.33")` or `target.gate(NAME)` gets the
answer for the version in force. An unknown version or gate is an `InputError` with the nearest
name.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from dslint.model import InputError

VERSIONS = tuple(f"1.{minor}" for minor in range(25, 38))
NEWEST = VERSIONS[-1]


class Target(NamedTuple):
    """A Kubernetes version ("1.36") and the feature gates that differ from its defaults."""

    kubernetes: str = NEWEST
    gates: Mapping[str, bool] = MappingProxyType({})

    def at_least(self, version: str) -> bool:
        """Whether the target is that version or a newer one."""
        return _minor(self.kubernetes) >= _minor(version)

    def gate(self, name: str, default: bool = False) -> bool:
        """Whether a feature gate is on: as set, else the `default` that the caller knows."""
        return self.gates.get(name, default)


def of(kubernetes: str, gates: Mapping[str, bool] | None = None) -> Target:
    """The target of that version ("1.36", "v1.36", "1.36.2").

    Raises InputError for a version outside `VERSIONS`.
    """
    version = ".".join(kubernetes.removeprefix("v").split(".")[:2])
    if version not in VERSIONS:
        raise InputError(
            f"Kubernetes {kubernetes} is not a version that dslint knows",
            "--kubernetes-version",
            "placement and validity differ from version to version",
            f"name one of {VERSIONS[0]} to {NEWEST}",
        )
    return Target(version, dict(gates or {}))


@functools.cache
def _minor(version: str) -> int:
    return int(version.split(".")[1])
