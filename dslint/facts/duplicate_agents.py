"""DaemonSets that run the same image in the same way on the same nodes."""

from __future__ import annotations

import re

from dslint import daemons, landing
from dslint.subject import Subject
from dslint.workloads import Object, Workload, mappings, text, texts

NEEDS_INVENTORY = True

_VERSION = re.compile(r"|latest|v?[0-9]+(\.[0-9]+)*")

_Ran = tuple[tuple[str, ...], ...]


def fact(subject: Subject) -> list[dict[str, object]]:
    """For each later one its `image`, `workload`, the `first` such, `nodes`, `names`, `path`.

    Images are the same whatever their version or digest, and not where their tags name variants
    (`v1-debian-gcs`, `v1-debian-kafka`); commands and arguments have to be
    equal, init containers included: one image may do several jobs.
    """
    fleet = daemons.of(subject)
    if fleet is None:
        return []
    found: list[dict[str, object]] = []
    seen: dict[_Ran, list[daemons.Daemon]] = {}
    for daemon in fleet.daemons:
        ran = _ran(daemon.workload)
        if not ran:
            continue
        first = next((one for one in seen.get(ran, ()) if one.lands & daemon.lands), None)
        seen.setdefault(ran, []).append(daemon)
        if first is not None:
            names = fleet.names(first.lands & daemon.lands)
            path = (*daemon.workload.pod_path, "containers", 0, "image")
            found.append(
                {
                    "image": text(mappings(daemon.workload.pod.get("containers"))[0].get("image")),
                    "workload": _told(daemon.workload),
                    "first": _told(first.workload),
                    "nodes": len(names),
                    "names": landing.shown(names),
                    "path": ("workloads", daemon.position, *path),
                }
            )
    return found


def _told(workload: Workload) -> str:
    return f"{workload.namespace}/{workload.name}"


def _ran(workload: Workload) -> _Ran:
    """What a pod runs, () where that is nothing but a pause."""
    stated = [
        *mappings(workload.pod.get("containers")),
        *mappings(workload.pod.get("initContainers")),
    ]
    ran = tuple(_command(container) for container in stated)
    idle = all(not one[0] or one[0].rpartition("/")[2] == "pause" for one in ran)
    return () if idle else ran


def _command(container: Object) -> tuple[str, ...]:
    image = text(container.get("image")).partition("@")[0]
    folder, slash, name = image.rpartition("/")
    repository, _, tag = name.partition(":")
    variant = "" if _VERSION.fullmatch(tag) else tag
    return (
        folder + slash + repository,
        variant,
        *texts(container.get("command")),
        "",
        *texts(container.get("args")),
    )
