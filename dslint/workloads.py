"""What carries a pod: a manifest's kind, name and pod spec, and where that spec stands.

Comes from a plain dict or from a `Document`; nothing is validated and nothing raises: a part of
the wrong type reads as absent, as the defaults of Kubernetes' types would have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from dslint.model import Document, Path, Place, format_path

_Cuts: TypeAlias = "dict[str | int, _Cuts | None]"

Object = Mapping[str, object]

_TEMPLATE: Path = ("spec", "template", "spec")
POD_PATHS: Mapping[str, Path] = {
    "Pod": ("spec",),
    "DaemonSet": _TEMPLATE,
    "Deployment": _TEMPLATE,
    "StatefulSet": _TEMPLATE,
    "ReplicaSet": _TEMPLATE,
    "ReplicationController": _TEMPLATE,
    "Job": _TEMPLATE,
    "CronJob": ("spec", "jobTemplate", *_TEMPLATE),
    "PodTemplate": ("template", "spec"),
}
"""Where each kind keeps its pod spec."""

_OWNERS = ("containers", "initContainers", "ephemeralContainers", "volumes")

GROUPS = {
    "Pod": "",
    "ReplicationController": "",
    "PodTemplate": "",
    "Job": "batch",
    "CronJob": "batch",
}
"""The API group of each kind; `apps` where it is not named here."""

NOT_READY = "node.kubernetes.io/not-ready"
UNREACHABLE = "node.kubernetes.io/unreachable"

# kubernetes/kubernetes, plugin/pkg/admission/defaulttolerationseconds/admission.go
_ADMISSION_SECONDS = 300


@dataclass(frozen=True, slots=True, eq=False)
class Workload:
    """A manifest with a pod in it.

    `pod` is the pod spec ({} where it is missing) and `pod_path` its place under the manifest's
    root; `root` is the manifest's own place in its document (`items[0]` of a List). `added` holds
    tolerations that admission adds. `document` knows the lines; it is None for a plain object.
    """

    kind: str
    namespace: str
    name: str
    manifest: Object
    pod: Object
    pod_path: Path
    root: Path = ()
    added: tuple[Object, ...] = ()
    document: Document | None = None

    @classmethod
    def from_object(
        cls,
        manifest: Object,
        admitted: bool = False,
        document: Document | None = None,
        root: Path = (),
    ) -> Workload:
        """The workload of a plain dict of a DaemonSet, Pod, Deployment and so on.

        `admitted` adds what the API server's default admission adds to a Pod and to the pods of
        every kind but DaemonSet: not-ready and unreachable NoExecute for 300 seconds. An unknown
        kind is read as one with a pod template.
        """
        manifest = mapping(manifest)  # a program may give whatever it read
        kind = text(manifest.get("kind"))
        pod_path = POD_PATHS.get(kind, _TEMPLATE)
        metadata = mapping(manifest.get("metadata"))
        pod: Object = manifest
        for part in pod_path:
            pod = mapping(pod.get(str(part)))
        workload = cls(
            kind,
            text(metadata.get("namespace")) or "default",
            text(metadata.get("name")) or text(metadata.get("generateName")),
            manifest,
            pod,
            pod_path,
            root,
            document=document,
        )
        if not admitted or kind == "DaemonSet":
            return workload
        return replace(workload, added=tuple(_admission(workload.tolerations)))

    @property
    def tolerations(self) -> tuple[Object, ...]:
        """The tolerations of the pod spec as they are written, without `added`."""
        return mappings(self.pod.get("tolerations"))

    @property
    def labels(self) -> Object:
        """The workload's own labels, those that `kubectl get -l` selects by."""
        return mapping(mapping(self.manifest.get("metadata")).get("labels"))

    @property
    def pod_metadata(self) -> Object:
        """The metadata of the workload's pods."""
        owner: Object = self.manifest
        for part in self.pod_path[:-1]:
            owner = mapping(owner.get(str(part)))
        return mapping(owner.get("metadata"))

    @property
    def pod_labels(self) -> Object:
        """The labels of the workload's pods."""
        return mapping(self.pod_metadata.get("labels"))

    @property
    def id(self) -> str:
        """`Kind/namespace/name`."""
        return f"{self.kind}/{self.namespace}/{self.name}"

    def at(self, *path: str | int, key: bool = False) -> Place:
        """The place of a field of the pod spec (its key with `key`), or of its nearest parent."""
        return self.place((*self.pod_path, *path), key)

    def place(self, path: Path, key: bool = False) -> Place:
        """The place of a field of the manifest; line 0 where no document is known."""
        if self.document is None:
            return Place("", 0, 0, format_path(path))
        found = self.document.at((*self.root, *path), key)
        return Place(found.file, found.line, found.column, format_path(path))


def of(document: Document, admitted: bool = False) -> tuple[Workload, ...]:
    """The workloads of a document: none, one, or the items of a `kind: List` in order."""
    return tuple(
        Workload.from_object(item, admitted, document, root)
        for root, item in objects(document.data)
        if is_workload(item)
    )


def fields(workload: Workload) -> frozenset[str]:
    """Its kind, and the names of the fields in its metadata, spec and pods, and in their parts."""
    manifest, pod = workload.manifest, workload.pod
    own, spec = mapping(manifest.get("metadata")), mapping(manifest.get("spec"))
    names = {workload.kind, *own, *spec, *workload.pod_metadata, *pod}
    for field in names.intersection(_OWNERS):
        names.update(*mappings(pod.get(field)))
    return frozenset(names)


def objects(data: object, root: Path = ()) -> Iterator[tuple[Path, Object]]:
    """The Kubernetes objects of a document's data with their paths; a List gives its items.

    Items of a `PodList` may leave apiVersion and kind to it; without them an item of a List is no
    object: kubernetes/apimachinery, pkg/apis/meta/v1/unstructured/helpers.go, decodeToList
    """
    if not isinstance(data, dict):
        return
    items, kind = data.get("items"), text(data.get("kind"))
    if not (kind.endswith("List") and isinstance(items, list)):
        yield root, data
        return
    header = {"apiVersion": data.get("apiVersion"), "kind": kind.removesuffix("List")}
    for index, item in enumerate(items):
        if not is_headless(item):
            yield from objects(item, (*root, "items", index))
        elif header["kind"] and isinstance(item, dict):
            yield (*root, "items", index), {**item, **header}


def is_headless(item: object) -> bool:
    """Whether something has neither apiVersion nor kind."""
    return not isinstance(item, dict) or not (item.get("apiVersion") or item.get("kind"))


def is_workload(item: Object) -> bool:
    """Whether an object is of a kind that carries a pod, in that kind's API group."""
    kind, version = text(item.get("kind")), text(item.get("apiVersion"))
    group = version.rpartition("/")[0]
    known = GROUPS.get(kind, "apps")
    return kind in POD_PATHS and (group == known or (group == "extensions" and known == "apps"))


def mapping(value: object) -> Object:
    """`value` where it is a dict, else {}."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> tuple[Object, ...]:
    """The dicts of a list; anything else in it counts as {} so that indexes stay true."""
    return tuple(mapping(item) for item in value) if isinstance(value, list) else ()


def text(value: object) -> str:
    """`value` where it is a string, else ""."""
    return value if isinstance(value, str) else ""


def texts(value: object) -> Sequence[str]:
    """The strings of a list."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else ()


def _admission(tolerations: Sequence[Object]) -> Iterator[Object]:
    """What DefaultTolerationSeconds adds to a pod with those tolerations.

    It looks at key and effect alone, whatever the operator and value: admission.go.
    """
    for key in (NOT_READY, UNREACHABLE):
        if not any(_names(toleration, key) for toleration in tolerations):
            yield {
                "key": key,
                "operator": "Exists",
                "effect": "NoExecute",
                "tolerationSeconds": _ADMISSION_SECONDS,
            }


def _names(toleration: Object, key: str) -> bool:
    same_key = text(toleration.get("key")) in ("", key)
    return same_key and text(toleration.get("effect")) in ("", "NoExecute")


def without(workload: Workload, wrong: Iterable[Path]) -> Workload:
    """The workload without the fields whose values are of a wrong type."""
    tree: _Cuts = {}
    for path in wrong:
        cut = max((depth for depth, part in enumerate(path) if isinstance(part, str)), default=-1)
        if cut >= 0:
            _mark(tree, path[: cut + 1])
    return Workload.from_object(
        mapping(_cut(workload.manifest, tree)),
        bool(workload.added),
        workload.document,
        workload.root,
    )


def _mark(tree: _Cuts, path: Path) -> None:
    for part in path[:-1]:
        inner = tree.setdefault(part, {})
        if inner is None:  # what holds it is cut off already
            return
        tree = inner
    tree[path[-1]] = None


def _cut(data: object, tree: _Cuts) -> object:
    """A copy of `data` without what is marked; what nothing is marked in is shared."""
    if isinstance(data, dict):
        kept = ((key, value, tree.get(key, {})) for key, value in data.items())
        return {k: _cut(v, inner) if inner else v for k, v, inner in kept if inner is not None}
    if isinstance(data, list):
        inside = ((item, tree.get(at)) for at, item in enumerate(data))
        return [_cut(item, inner) if inner else item for item, inner in inside]
    return data
