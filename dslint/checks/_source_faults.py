"""What one volume source asks of its fields beyond that they are there, a function for each kind.

Each takes the path of the source, the source and its volume. Follows the validate…VolumeSource
functions of
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dslint import quantity, syntax
from dslint.checks import _iscsi
from dslint.checks._paths import descending, goes_up
from dslint.checks._walk import absent, number, part, unsupported
from dslint.model import Complaint, Path
from dslint.workloads import Object

_RULE = "DS199"
_HOST_PATH_TYPES = (
    "",
    "BlockDevice",
    "CharDevice",
    "Directory",
    "DirectoryOrCreate",
    "File",
    "FileOrCreate",
    "Socket",
)
_PULL_POLICIES = ("Always", "IfNotPresent", "Never")
_CACHING = ("None", "ReadOnly", "ReadWrite")
_DISKS = ("Dedicated", "Managed", "Shared")
_TENANT = 65
_MOST_PARTITIONS = 255
_DRIVER = 63


Faults = Callable[[Path, Object, Object], Iterator[Complaint]]


def _empty_dir(path: Path, source: Object, _volume: Object) -> Iterator[Complaint]:
    size = source.get("sizeLimit")
    read = quantity.parse(size)
    if read is not None and quantity.compare(read, quantity.ZERO) < 0:
        yield Complaint(
            "DS109",
            (*path, "sizeLimit"),
            f"sizeLimit {size} is negative",
            fix="use a positive quantity",
        )


def _host_path(path: Path, source: Object, _volume: Object) -> Iterator[Complaint]:
    place, kind = source.get("path"), source.get("type")
    if not isinstance(place, str) or not place:
        return
    if goes_up(place):
        yield Complaint(
            _RULE,
            (*path, "path"),
            f'hostPath "{place}" goes up with ".."',
            fix="name the path without ..",
        )
    if isinstance(kind, str) and kind not in _HOST_PATH_TYPES:
        yield unsupported("DS119", (*path, "type"), kind, _HOST_PATH_TYPES)


def _git(path: Path, source: Object, _volume: Object) -> Iterator[Complaint]:
    folder = source.get("directory")
    if isinstance(folder, str) and (fault := descending(folder)):
        yield Complaint(_RULE, (*path, "directory"), f'directory "{folder}" {fault}')


def _nfs(path: Path, source: Object, _volume: Object) -> Iterator[Complaint]:
    place = source.get("path")
    if isinstance(place, str) and place and not place.startswith("/"):
        yield Complaint(
            _RULE, (*path, "path"), f'nfs path "{place}" is not absolute', fix="begin it with /"
        )


def _partition(path: Path, source: Object, _volume: Object) -> Iterator[Complaint]:
    value = number(source.get("partition"))
    if value is not None and not 0 <= value <= _MOST_PARTITIONS:
        yield Complaint(_RULE, (*path, "partition"), f"partition {value} is not between 0 and 255")


def _fibre_channel(path: Path, source: Object, _volume: Object) -> Iterator[Complaint]:
    names, ids = source.get("targetWWNs") or [], source.get("wwids") or []
    if bool(names) == bool(ids):
        yield Complaint(
            _RULE,
            (*path, "targetWWNs"),
            "fc has " + ("both targetWWNs and wwids" if names else "neither targetWWNs nor wwids"),
            fix="give one of targetWWNs and wwids",
        )
    lun = number(source.get("lun"))
    if names and source.get("lun") is None:
        yield Complaint(_RULE, (*path, "lun"), "fc has targetWWNs and no lun", fix="give the lun")
    elif names and lun is not None and not 0 <= lun <= _MOST_PARTITIONS:
        yield Complaint(_RULE, (*path, "lun"), f"lun {lun} is not between 0 and 255")


def _flocker(path: Path, source: Object, _volume: Object) -> Iterator[Complaint]:
    name, uuid = source.get("datasetName"), source.get("datasetUUID")
    if bool(name) == bool(uuid):
        yield Complaint(
            _RULE, path, "flocker wants one of datasetName and datasetUUID", fix="give one of them"
        )
    if isinstance(name, str) and "/" in name:
        yield Complaint(_RULE, (*path, "datasetName"), f'datasetName "{name}" has a slash in it')


def _quobyte(path: Path, source: Object, _volume: Object) -> Iterator[Complaint]:
    registry, tenant = source.get("registry"), source.get("tenant")
    if not isinstance(registry, str) or not registry:
        return
    if isinstance(tenant, str) and len(tenant.encode()) >= _TENANT:
        yield Complaint(_RULE, (*path, "tenant"), "tenant is longer than 64 characters")
    elif not all(_is_host_port(pair) for pair in registry.split(",")):
        yield Complaint(
            _RULE,
            (*path, "registry"),
            f'registry "{registry}" is no list of host:port pairs',
            fix="write host:port, with commas between several",
        )


def _is_host_port(pair: str) -> bool:
    """Whether Go's net.SplitHostPort takes it."""
    host, colon, port = pair.rpartition(":")
    if not colon or set("[]") & set(port):
        return False
    if host.startswith("["):
        return host.endswith("]") and not set("[]") & set(host[1:-1])
    return not set(":[]") & set(host)


def _cinder(path: Path, source: Object, _volume: Object) -> Iterator[Complaint]:
    secret = part(source, "secretRef")
    if secret is not None and absent(secret, "name"):
        yield Complaint(_RULE, (*path, "secretRef", "name"), "secretRef names no Secret")


def _flex(path: Path, source: Object, _volume: Object) -> Iterator[Complaint]:
    for key in part(source, "options") or {}:
        if f".{key.partition('/')[0].lower()}".endswith((".kubernetes.io", ".k8s.io")):
            yield Complaint(
                _RULE,
                (*path, "options", key),
                f'option "{key}" is of a namespace that Kubernetes keeps for itself',
                key=True,
                fix="use another prefix",
            )


def _azure_disk(path: Path, source: Object, _volume: Object) -> Iterator[Complaint]:
    for field, known in (("cachingMode", _CACHING), ("kind", _DISKS)):
        value = source.get(field)
        if isinstance(value, str) and value not in known:
            yield unsupported(_RULE, (*path, field), value, known)
    kind, uri = source.get("kind"), source.get("diskURI")
    kind = "Shared" if kind is None else kind
    start = "/subscriptions/" if kind == "Managed" else "https://"
    if isinstance(uri, str) and uri and not uri.startswith(start):
        yield Complaint(
            _RULE,
            (*path, "diskURI"),
            f'diskURI "{uri}" of kind {kind} does not begin with {start}',
            fix=f"give the {kind} disk's URI, {start}…",
        )


def _storage_os(path: Path, source: Object, volume: Object) -> Iterator[Complaint]:
    for field in ("volumeName", "volumeNamespace"):
        value = source.get(field)
        if isinstance(value, str) and value and (fault := syntax.dns_label(value)):
            yield Complaint(_RULE, (*path, field), f'{field} "{value}": {fault}')
    yield from _cinder(path, source, volume)


def _csi(path: Path, source: Object, _volume: Object) -> Iterator[Complaint]:
    driver, secret = source.get("driver"), part(source, "nodePublishSecretRef")
    if isinstance(driver, str) and driver:
        fault = syntax.dns_subdomain(driver.lower())
        if len(driver.encode()) > _DRIVER:
            fault = f"must be no more than {_DRIVER} characters"
        if fault:
            yield Complaint(_RULE, (*path, "driver"), f'csi driver "{driver}": {fault}')
    name = "" if secret is None else secret.get("name") or ""
    if secret is not None and not name:
        yield Complaint(
            _RULE, (*path, "nodePublishSecretRef", "name"), "nodePublishSecretRef names no Secret"
        )
    elif isinstance(name, str) and name and (fault := syntax.dns_subdomain(name)):
        # The server leaves nodePublishSecretRef out of the path.
        yield Complaint(
            _RULE,
            (*path, "name"),
            f'nodePublishSecretRef name "{name}": {fault}',
            at=(*path, "nodePublishSecretRef", "name"),
        )


def _image(path: Path, source: Object, _volume: Object) -> Iterator[Complaint]:
    policy = source.get("pullPolicy")
    if policy and isinstance(policy, str) and policy not in _PULL_POLICIES:
        yield unsupported(_RULE, (*path, "pullPolicy"), policy, _PULL_POLICIES)


FAULTS: dict[str, Faults] = {
    "emptyDir": _empty_dir,
    "hostPath": _host_path,
    "gitRepo": _git,
    "nfs": _nfs,
    "gcePersistentDisk": _partition,
    "awsElasticBlockStore": _partition,
    "fc": _fibre_channel,
    "flocker": _flocker,
    "iscsi": _iscsi.faults,
    "quobyte": _quobyte,
    "cinder": _cinder,
    "flexVolume": _flex,
    "azureDisk": _azure_disk,
    "storageos": _storage_os,
    "csi": _csi,
    "image": _image,
}
"""The functions by the kind of source; a kind that asks for no more is not there."""
