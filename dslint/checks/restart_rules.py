"""When a container of its own is restarted: restartPolicy and restartPolicyRules.

Follows validateContainerRestartPolicy and validateInitContainerRestartPolicy in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.checks._walk import containers, items, part, unsupported, word
from dslint.gates import enabled
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload

_POLICIES = ("Always", "Never", "OnFailure")
_OPERATORS = ("In", "NotIn")
_MOST_RULES = 20
_MOST_CODES = 255

FIELDS: tuple[str, ...] = ("restartPolicy", "restartPolicyRules")


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with the restart policies of single containers."""
    for path, container in containers(workload, target):
        if "restartPolicy" not in container and "restartPolicyRules" not in container:
            continue
        if enabled(target, "ContainerRestartRules"):
            if _is_passed_over(path, container, target):
                continue
            yield from _policy(path, container)
            yield from _rules(path, container, target)
        elif not target.at_least("1.34"):
            yield from _before_rules(path, container, target)


def _is_passed_over(path: Path, container: Object, target: Target) -> bool:
    """Whether it is an init container without a policy, whose rules 1.34 does not look at."""
    without = container.get("restartPolicy") is None
    return without and path[-2] == "initContainers" and not target.at_least("1.35")


def _before_rules(path: Path, container: Object, target: Target) -> Iterator[Complaint]:
    """Before there were rules, only an init container could have a policy, and only Always.

    Where there are, and their gate is off, the server drops both (dropContainerRestartRules in
    https://github.com/kubernetes/kubernetes/blob/master/pkg/api/pod/util.go).
    """
    policy = container.get("restartPolicy")
    if not isinstance(policy, str):
        return
    at = (*path, "restartPolicy")
    if path[-2] == "containers":
        yield Complaint(
            "DS199",
            at,
            f"container {container.get('name', '')} has a restartPolicy of its own",
            why=f"in Kubernetes {target.kubernetes} only an init container may have one",
            fix="remove it, or make the container an init container",
        )
    elif policy != "Always" and enabled(target, "SidecarContainers"):
        yield unsupported("DS199", at, policy, ("Always",))


def _policy(path: Path, container: Object) -> Iterator[Complaint]:
    policy = container.get("restartPolicy")
    if isinstance(policy, str) and policy not in _POLICIES:
        yield unsupported("DS199", (*path, "restartPolicy"), policy, _POLICIES)
    if policy is None and container.get("restartPolicyRules"):
        yield Complaint(
            "DS199",
            (*path, "restartPolicy"),
            f"container {container.get('name', '')} has restartPolicyRules and no restartPolicy",
            at=(*path, "restartPolicyRules"),
            fix="say with restartPolicy what happens where no rule matches",
        )


def _rules(path: Path, container: Object, target: Target) -> Iterator[Complaint]:
    everything = enabled(target, "RestartAllContainersOnContainerExits")
    if _sidecar_without_rules(path, container, everything):
        yield Complaint(
            "DS199",
            (*path, "restartPolicyRules"),
            "an init container with restartPolicy Always has restartPolicyRules",
            fix="remove the rules",
        )
        return
    actions = ("Restart", "RestartAllContainers") if everything else ("Restart",)
    rules = container.get("restartPolicyRules")
    if isinstance(rules, list) and len(rules) > _MOST_RULES:
        yield _too_many((*path, "restartPolicyRules"), len(rules), _MOST_RULES)
    for at, rule in items(rules, (*path, "restartPolicyRules")):
        action = word(rule, "action")
        if action is not None and action not in actions:
            yield unsupported("DS199", (*at, "action"), action, actions)
        yield from _exit_codes((*at, "exitCodes"), part(rule, "exitCodes"))


def _sidecar_without_rules(path: Path, container: Object, everything: bool) -> bool:
    if everything or path[-2] == "containers":
        return False
    return container.get("restartPolicy") == "Always" and bool(container.get("restartPolicyRules"))


def _exit_codes(path: Path, codes: Object | None) -> Iterator[Complaint]:
    if codes is None:
        yield Complaint(
            "DS103",
            path,
            "a restart rule has no exitCodes",
            fix="say which exit codes it is about",
        )
        return
    operator, values = word(codes, "operator"), codes.get("values")
    if operator is not None and operator not in _OPERATORS:
        yield unsupported("DS199", (*path, "operator"), operator, _OPERATORS)
    if isinstance(values, list) and len(values) > _MOST_CODES:
        yield _too_many((*path, "values"), len(values), _MOST_CODES)


def _too_many(path: Path, count: int, most: int) -> Complaint:
    return Complaint(
        "DS199", path, f"{path[-1]} has {count} entries", fix=f"keep it to {most} at most"
    )
