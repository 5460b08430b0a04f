"""Ports of containers: numbers, names, protocols, and host ports that get in each other's way.

Follows validateContainerPorts, checkHostPortConflicts and validatePodHostNetworkDeps in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import syntax
from dslint.checks._walk import having, items, number, unsupported
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload

_PROTOCOLS = ("SCTP", "TCP", "UDP")
_MOST = 65535

FIELDS: tuple[str, ...] = ("ports",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with the ports."""
    taken: set[str] = set()
    for path, ports, _ in having(workload, target, "ports"):
        listed = list(items(ports, path))
        yield from _names(listed)
        for at, port in listed:
            yield from _port(at, port)
        # Init containers run one by one, so each is compared with itself alone.
        if path[-3] == "initContainers":
            yield from _clashes(workload, target, listed, set())
        else:
            yield from _clashes(workload, target, listed, taken)
            yield from _host_network(workload, listed)


def _names(listed: list[tuple[Path, Object]]) -> Iterator[Complaint]:
    seen: set[str] = set()
    for path, port in listed:
        name = port.get("name")
        if not isinstance(name, str) or not name:
            continue
        if fault := syntax.port_name(name):
            yield Complaint("DS120", (*path, "name"), f'port name "{name}": {fault}')
        elif name in seen:
            yield Complaint(
                "DS120",
                (*path, "name"),
                f'two ports of the container are named "{name}"',
                fix="give each port of the container a name of its own",
            )
        else:
            seen.add(name)


def _port(path: Path, port: Object) -> Iterator[Complaint]:
    inside, outside = number(port.get("containerPort")), number(port.get("hostPort"))
    if inside is not None and not 0 < inside <= _MOST:
        yield _range((*path, "containerPort"), inside)
    if outside and not 0 < outside <= _MOST:
        yield _range((*path, "hostPort"), outside)
    protocol = port.get("protocol")
    if protocol and isinstance(protocol, str) and protocol not in _PROTOCOLS:
        yield unsupported("DS120", (*path, "protocol"), protocol, _PROTOCOLS)


def _range(path: Path, value: int) -> Complaint:
    return Complaint(
        "DS120",
        path,
        f"{path[-1]} {value} is not between 1 and {_MOST}",
        fix=f"use a port from 1 to {_MOST}",
    )


def _clashes(
    workload: Workload, target: Target, listed: list[tuple[Path, Object]], taken: set[str]
) -> Iterator[Complaint]:
    """Host ports that an earlier port of the pod has already, as `TCP/10.0.0.1/80`."""
    for path, port in listed:
        host = number(port.get("hostPort")) or _default_host_port(workload, target, port)
        if not host:
            continue
        socket = f"{port.get('protocol') or 'TCP'}/{port.get('hostIP') or ''}/{host}"
        if socket in taken:
            yield Complaint(
                "DS121",
                _as_the_server_names((*path, "hostPort")),
                f"two ports of the pod want {_spoken(socket)} of the node",
                at=(*path, "hostPort"),
                fix="give one of them another port, or remove it",
            )
        taken.add(socket)


def _default_host_port(workload: Workload, target: Target, port: Object) -> int:
    """The host port that hostNetwork gives to one that names none.

    In templates no more since 1.28 (DefaultHostNetworkHostPortsInPodTemplates).
    """
    if workload.pod.get("hostNetwork") is not True:
        return 0
    if workload.kind != "Pod" and target.at_least("1.28"):
        return 0
    return number(port.get("containerPort")) or 0


def _as_the_server_names(path: Path) -> Path:
    """The server names the first init container, whichever it means."""
    if "initContainers" not in path:
        return path
    index = path.index("initContainers") + 1
    return (*path[:index], 0, *path[index + 1 :])


def _spoken(socket: str) -> str:
    protocol, address, port = socket.split("/")
    return f"port {port}/{protocol}" + (f" on {address}" if address else "")


def _host_network(workload: Workload, listed: list[tuple[Path, Object]]) -> Iterator[Complaint]:
    if workload.pod.get("hostNetwork") is not True:
        return
    for path, port in listed:
        host, inside = number(port.get("hostPort")), number(port.get("containerPort"))
        if not host or inside is None or host == inside:
            continue
        yield Complaint(
            "DS122",
            (*path, "hostPort"),
            f"hostPort {host} is not containerPort {inside}, and the pod has hostNetwork: true",
            fix=f"write hostPort: {inside}, or leave it out",
        )
