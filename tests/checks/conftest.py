"""What a check says of a pod, as short text that a table can hold."""

import pytest
import yaml

from dslint import discover, workloads
from dslint.model import format_path
from dslint.target import Target

TEMPLATE = {"metadata": {"labels": {"app": "a"}}}


def manifest(kind, pod, annotations):
    metadata = {"name": "a", **({"annotations": annotations} if annotations else {})}
    if kind == "Pod":
        return {"apiVersion": "v1", "kind": kind, "metadata": metadata, "spec": pod}
    template = {"metadata": {"labels": {"app": "a"}, "annotations": annotations}, "spec": pod}
    group = workloads.GROUPS.get(kind, "apps")
    return {
        "apiVersion": f"{group}/v1",
        "kind": kind,
        "metadata": {"name": "a"},
        "spec": {"template": template},
    }


@pytest.fixture
def said():
    """`said(check, pod)`: the complaints as `RULE path`, the pod's own path left out."""

    def ask(check, pod, kind="Pod", version="1.36", gates=None, annotations=None, **spec):
        whole = manifest(kind, yaml.safe_load(pod), annotations)
        whole["spec"] = {**whole["spec"], **spec}
        workload = workloads.Workload.from_object(whole)
        found = discover.module("checks", check).complaints(workload, Target(version, gates or {}))
        start = format_path(workload.pod_path) + "."
        return [f"{each.rule} {format_path(each.path).removeprefix(start)}" for each in found]

    return ask


@pytest.fixture
def refused():
    """`refused(check, manifest)`: the same of a whole manifest, with paths from its root."""

    def ask(check, text, version="1.36", gates=None):
        workload = workloads.Workload.from_object(yaml.safe_load(text))
        found = discover.module("checks", check).complaints(workload, Target(version, gates or {}))
        return [f"{each.rule} {format_path(each.path)}" for each in found]

    return ask
