"""The nodes whose architecture is another than the one that an image is named after."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from operator import or_

from dslint import landing
from dslint.model import Path
from dslint.nodeset import Universe, remembered
from dslint.subject import Subject
from dslint.workloads import Object, mappings, text

NEEDS_INVENTORY = True
_LABELS = ("kubernetes.io/arch", "beta.kubernetes.io/arch")
# Names that images bear, and the value of the label that they mean.
_NAMES = {
    "amd64": "amd64",
    "x86_64": "amd64",
    "arm64": "arm64",
    "arm64v8": "arm64",
    "aarch64": "arm64",
    "arm": "arm",
    "arm32v6": "arm",
    "arm32v7": "arm",
    "armhf": "arm",
    "armv7": "arm",
    "ppc64le": "ppc64le",
    "s390x": "s390x",
    "riscv64": "riscv64",
}
_NAME = re.compile(rf"(?<![a-z0-9])({'|'.join(_NAMES)})(?![a-z0-9])", re.ASCII | re.IGNORECASE)


def fact(subject: Subject) -> list[dict[str, object]]:
    """One item: the first such `image`, its `hint`, what is `found` there, `nodes`, `names`.

    Nodes that state no architecture are not judged, nor is an image that names several. `path` is
    the image.
    """
    if subject.placement is None or subject.inventory is None:
        return []
    landed = landing.of(subject.placement, subject.inventory.index)
    for image, hint, path in _hints(subject.workload.pod):
        others = {
            value: nodes & landed.lands
            for value, nodes in _architectures(landed.universe).items()
            if value != hint and nodes & landed.lands
        }
        if others:
            said: dict[str, object] = {"image": image, "hint": hint, "found": sorted(others)}
            at = (*subject.workload.pod_path, *path)
            return [{**said, **landed.told(functools.reduce(or_, others.values())), "path": at}]
    return []


@remembered
def _architectures(universe: Universe) -> Mapping[str, int]:
    """The nodes of each architecture; today's label counts before the old one."""
    found: dict[str, int] = {}
    stated = 0
    for key in _LABELS:
        for value in universe.values(key):
            found[value] = found.get(value, 0) | universe.having(key, value) & ~stated
        stated |= universe.having(key)
    return found


def _hints(pod: Object) -> Iterator[tuple[str, str, Path]]:
    """Each image that is named after one architecture, which one, and where it stands."""
    for field in ("containers", "initContainers"):
        for index, container in enumerate(mappings(pod.get(field))):
            image = text(container.get("image"))
            named = {_NAMES[name.lower()] for name in _NAME.findall(image.partition("@")[0])}
            if len(named) == 1:
                yield image, named.pop(), (field, index, "image")
