"""Block devices of containers: the claim behind each, and that nothing else has its name or path.

Follows ValidateVolumeDevices in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dslint.checks._paths import goes_up
from dslint.checks._sources import by_name, sources_of
from dslint.checks._walk import having, items, word
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload

_BLOCK = {"persistentVolumeClaim", "ephemeral"}
_Listed = list[tuple[Path, Object]]

FIELDS: tuple[str, ...] = ("volumeDevices",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with the containers' volumeDevices."""
    for path, devices, container in having(workload, target, "volumeDevices"):
        listed = list(items(devices, path))
        volumes = by_name(workload, target)
        mounts = list(items(container.get("volumeMounts"), (*path[:-1], "volumeMounts")))
        # Of a volume that is mounted twice, the last path counts: GetVolumeMountMap.
        mounted = {word(mount, "name"): word(mount, "mountPath") for _, mount in mounts}
        yield from _names(listed, volumes, set(mounted))
        yield from _device_paths(listed, set(mounted.values()))
        yield from _hidden_mounts(mounts, listed, set(mounted.values()))


def _names(
    listed: _Listed, volumes: Mapping[str | None, Object], mounted: set[str | None]
) -> Iterator[Complaint]:
    seen: set[str] = set()
    for path, device in listed:
        name = device.get("name")
        if not isinstance(name, str):
            continue
        if fault := _name_fault(name, volumes, name in seen, name in mounted):
            rule = "DS199" if name in volumes else "DS116"
            yield Complaint(rule, (*path, "name"), f'volume device "{name}": {fault}')
        seen.add(name)


def _name_fault(
    name: str, volumes: Mapping[str | None, Object], again: bool, mounted: bool
) -> str | None:
    if name not in volumes:
        return "the pod has no volume of that name"
    if not _BLOCK.intersection(sources_of(volumes[name])):
        return "only a persistentVolumeClaim or an ephemeral volume can be a block device"
    if again:
        return "the container has that device twice"
    return "the container has that volume in volumeMounts too" if mounted else None


def _hidden_mounts(
    mounts: _Listed, devices: _Listed, mounted: set[str | None]
) -> Iterator[Complaint]:
    """Mounts at a device's path that ValidateVolumeMounts alone sees: it goes through them all."""
    places = {word(device, "devicePath") for _, device in devices} - mounted
    for path, mount in mounts:
        place = word(mount, "mountPath")
        if place and place in places:
            what = f"a volume is mounted at {place}, where the container has a device"
            yield Complaint("DS117", (*path, "mountPath"), what, fix="mount it elsewhere")


def _device_paths(listed: _Listed, mounted: set[str | None]) -> Iterator[Complaint]:
    seen: set[str | None] = set()
    for path, device in listed:
        place = device.get("devicePath")
        if not isinstance(place, str):
            continue
        at = (*path, "devicePath")
        if not place:
            yield Complaint("DS103", at, "a volume device has no devicePath")
        elif goes_up(place):
            yield Complaint("DS199", at, f'devicePath "{place}" goes up with ".."')
        elif place in seen or place in mounted:
            yield Complaint(
                "DS117",
                at,
                f"two volumes of the container are at {place}",
                fix="give each device and mount a path of its own",
            )
        seen.add(place)
