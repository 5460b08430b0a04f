"""What happens to a container when its resources are changed in place.

Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
(`validateResizePolicy`, `validateInitContainers`). The API server names the list, not the entry.
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import gates
from dslint.checks import _walk
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, text

_RULE = "DS199"
_RESOURCES = ("cpu", "memory")
_POLICIES = ("NotRequired", "RestartContainer")

FIELDS: tuple[str, ...] = ("resizePolicy",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What the API server refuses in the containers' `resizePolicy`."""
    never = workload.pod.get("restartPolicy") == "Never"
    for path, listed, container in _walk.having(workload, target, "resizePolicy"):
        if not gates.enabled(target, "InPlacePodVerticalScaling"):
            return
        ends = path[-3] == "initContainers" and container.get("restartPolicy") != "Always"
        seen: set[str] = set()
        for here, policy in _walk.items(listed, path):
            name = text(policy.get("resourceName"))
            if name in seen:
                what = f"two resize policies for {name}"
                yield Complaint(_RULE, here, what, fix="remove one of the two")
            seen.add(name)
            yield from _words(policy, path, here)
            restart = policy.get("restartPolicy")
            if never and restart != "NotRequired":
                what = f"resize policy {restart} of {name} in a pod with restartPolicy Never"
                at = (*here, "restartPolicy")
                yield Complaint(_RULE, path, what, at=at, fix="write NotRequired")
            if ends and restart == "RestartContainer" and target.at_least("1.35"):
                what = "RestartContainer in an init container that ends"
                yield Complaint(_RULE, (*here, "restartPolicy"), what, fix="write NotRequired")


def _words(policy: Object, path: Path, here: Path) -> Iterator[Complaint]:
    for field, known in (("resourceName", _RESOURCES), ("restartPolicy", _POLICIES)):
        word = policy.get(field) or ""
        if isinstance(word, str) and word not in known:
            found = _walk.unsupported(_RULE, (*here, field), word, known)
            yield Complaint(
                _RULE, path, found.what, at=(*here, field), fix=found.fix, edit=found.edit
            )
