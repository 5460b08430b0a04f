"""Nodes and workloads as large clusters have them, the same at every run.

Labels, taints, hostnames and sizes are what cloud providers and kubeadm set: zones, instance
types, pools, a hostname that is different on every node, a few nodes in every kind of trouble.
"""

import random
from collections.abc import Iterator
from typing import Any

Object = dict[str, Any]

ZONES = ("eu-west-1a", "eu-west-1b", "eu-west-1c")
# Instance type, architecture, cpu, memory in Gi: what a mixed fleet is made of.
SIZES = (
    ("m5.large", "amd64", 2, 8),
    ("m5.2xlarge", "amd64", 8, 32),
    ("m6g.xlarge", "arm64", 4, 16),
    ("c6i.4xlarge", "amd64", 16, 32),
    ("r6g.2xlarge", "arm64", 8, 64),
    ("p4d.24xlarge", "amd64", 96, 1152),
)
POOLS = ("general", "batch", "web", "data", "ingress", "build")
POOL_TAINTS: dict[str, list[Object]] = {
    "batch": [{"key": "dedicated", "value": "batch", "effect": "NoSchedule"}],
    "data": [{"key": "dedicated", "value": "data", "effect": "NoExecute"}],
    "build": [{"key": "spot", "value": "true", "effect": "PreferNoSchedule"}],
}
TROUBLES: tuple[list[Object], ...] = (
    [
        {"key": "node.kubernetes.io/not-ready", "effect": "NoSchedule"},
        {"key": "node.kubernetes.io/not-ready", "effect": "NoExecute"},
    ],
    [{"key": "node.kubernetes.io/disk-pressure", "effect": "NoSchedule"}],
    [{"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"}],
)


def nodes(count: int) -> Iterator[Object]:
    """`count` v1 Nodes; one of a hundred is a control plane, one of fifty is in trouble."""
    choice = random.Random(7)
    for number in range(count):
        size, pool, zone = choice.choice(SIZES), choice.choice(POOLS), choice.choice(ZONES)
        trouble = choice.choice(TROUBLES) if number % 50 == 13 else []
        yield node(number, size, pool, zone, trouble)


def node(
    number: int, size: tuple[str, str, int, int], pool: str, zone: str, trouble: list[Object]
) -> Object:
    address = f"10-{number // 65536}-{number // 256 % 256}-{number % 256}"
    name = f"ip-{address}.eu-west-1.compute.internal"
    instance, architecture, cpu, memory = size
    control_plane = "node-role.kubernetes.io/control-plane"
    labels = {
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": architecture,
        "node.kubernetes.io/instance-type": instance,
        "topology.kubernetes.io/region": "eu-west-1",
        "topology.kubernetes.io/zone": zone,
        "pool": pool,
    }
    taints = [*POOL_TAINTS.get(pool, []), *trouble]
    if number % 100 == 0:
        labels[control_plane] = ""
        taints.append({"key": control_plane, "effect": "NoSchedule"})
    if instance.startswith("p4d"):
        labels["nvidia.com/gpu.present"] = "true"
        taints.append({"key": "nvidia.com/gpu", "value": "present", "effect": "NoSchedule"})
    room = {"cpu": str(cpu), "memory": f"{memory}Gi", "pods": "110"}
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": name, "labels": labels},
        "spec": {"taints": taints, "unschedulable": any("unsch" in t["key"] for t in trouble)},
        "status": {"allocatable": room, "capacity": room},
    }


def workloads(count: int) -> Iterator[Object]:
    """`count` manifests: DaemonSets and Deployments with the tolerations and selectors in use."""
    choice = random.Random(11)
    for number in range(count):
        kind = choice.choice(("DaemonSet", "Deployment"))
        yield workload(kind, f"app-{number}", pod_spec(choice))


def workload(kind: str, name: str, pod: Object) -> Object:
    return {
        "apiVersion": "apps/v1",
        "kind": kind,
        "metadata": {"name": name, "namespace": "bench"},
        "spec": {
            "selector": {"matchLabels": {"app": name}},
            "template": {"metadata": {"labels": {"app": name}}, "spec": pod},
        },
    }


def pod_spec(choice: random.Random) -> Object:
    tolerations: tuple[list[Object], ...] = (
        [],
        [{"key": "dedicated", "operator": "Equal", "value": "batch", "effect": "NoSchedule"}],
        [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}],
        [{"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}],
        [{"operator": "Exists", "effect": "NoSchedule"}],
        [{"operator": "Exists"}],
    )
    requirements: tuple[list[Object], ...] = (
        [],
        [{"key": "kubernetes.io/arch", "operator": "In", "values": ["amd64"]}],
        [{"key": "topology.kubernetes.io/zone", "operator": "In", "values": list(ZONES[:2])}],
        [
            {"key": "pool", "operator": "NotIn", "values": ["build", "ingress"]},
            {"key": "kubernetes.io/os", "operator": "Exists"},
        ],
        [{"key": "node-role.kubernetes.io/control-plane", "operator": "DoesNotExist"}],
    )
    spec: Object = {
        "tolerations": choice.choice(tolerations),
        "containers": [
            {
                "name": "main",
                "image": "registry.example.com/main:1.0",
                "resources": {
                    "requests": {"cpu": choice.choice(("100m", "3", "12")), "memory": "256Mi"}
                },
            }
        ],
    }
    if expressions := choice.choice(requirements):
        required = {"nodeSelectorTerms": [{"matchExpressions": expressions}]}
        affinity = {"requiredDuringSchedulingIgnoredDuringExecution": required}
        spec["affinity"] = {"nodeAffinity": affinity}
    if choice.random() < 0.3:
        spec["nodeSelector"] = {"pool": choice.choice(POOLS)}
    return spec
