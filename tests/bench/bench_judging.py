"""DaemonSets of 1.3 KB, read, validated and judged by rules: warm for each, cold for 2,000.

The reader remembers lines, so one manifest again and again is measured, and many that differ.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

import dslint
from tests.bench.figures import Figure, seconds

COPIES, WARM, RUNS = 2_000, 500, 20
DAEMONSET = """\
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: monitoring
  labels: {app.kubernetes.io/name: agent}
spec:
  selector:
    matchLabels: {app.kubernetes.io/name: agent}
  updateStrategy:
    type: RollingUpdate
    rollingUpdate: {maxUnavailable: 10%}
  template:
    metadata:
      labels: {app.kubernetes.io/name: agent}
    spec:
      nodeSelector: {kubernetes.io/os: linux}
      serviceAccountName: agent
      tolerations:
        - key: node-role.kubernetes.io/control-plane
          operator: Exists
          effect: NoSchedule
        - key: dedicated
          operator: Equal
          value: batch
          effect: NoSchedule
      containers:
        - name: agent
          image: registry.example.com/agent:2.4
          ports: [{name: metrics, containerPort: 9100}]
          env:
            - name: NODE_NAME
              valueFrom: {fieldRef: {fieldPath: spec.nodeName}}
          resources:
            requests: {cpu: 50m, memory: 64Mi}
            limits: {memory: 64Mi}
          readinessProbe:
            httpGet: {path: /ready, port: metrics}
          volumeMounts:
            - {name: proc, mountPath: /host/proc, readOnly: true}
      volumes:
        - name: proc
          hostPath: {path: /proc, type: Directory}
"""


def daemonset(number: int) -> str:
    """One of a fleet: names, labels, image, port and requests are its own."""
    own = {
        "agent": f"agent-{number}",
        "monitoring": f"team-{number % 20}",
        "2.4": f"2.{number % 50}.{number}",
        "9100": str(9100 + number),
        "50m": f"{50 + number}m",
        "64Mi": f"{64 + number}Mi",
        "batch": f"batch-{number % 30}",
        "proc": f"proc-{number % 9}",
    }
    text = DAEMONSET
    for old, new in own.items():
        text = text.replace(old, new)
    return text


def linted(folder: str, *options: str) -> float:
    command = [str(Path(sys.executable).with_name("dslint")), "lint", *options, folder]
    return seconds(lambda: subprocess.run(command, capture_output=True, check=False), 3)


def figures() -> Iterator[Figure]:
    texts = [daemonset(number) for number in range(WARM)]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def each(work: Callable[[str], object], manifests: list[str], runs: int = RUNS) -> float:
        """Milliseconds for one manifest, the best of several runs over all of them."""
        return seconds(lambda: [work(text) for text in manifests], runs) / len(manifests) * 1e3

    def load(text: str) -> object:
        return yaml.load(text, loader)

    each(dslint.lint, texts, 1)
    size = sum(map(len, texts)) / WARM / 1e3
    loaded = each(load, texts)
    one, many = each(dslint.validity, texts[:1] * 50), each(dslint.validity, texts)
    yield Figure(f"one of {size:.1f} KB read and validated, again and again", one, "ms")
    yield Figure(f"  {WARM} that differ, one after the other", many, "ms")
    yield Figure("  PyYAML's loader, which makes plain data of each", loaded, "ms")
    yield Figure("  the one against the loader", one / loaded, "times")
    yield Figure("  those that differ against the loader", many / loaded, "times")
    yield Figure(f"{WARM} that differ, linted", each(dslint.lint, texts), "ms each")
    with tempfile.TemporaryDirectory() as folder:
        for number in range(COPIES):
            (Path(folder) / f"daemonset-{number:04}.yaml").write_text(daemonset(number))
        whole, valid = linted(folder), linted(folder, "--select", "DS0,DS1")
    yield Figure(f"dslint lint, {COPIES:,} files, the whole pack, cold", whole, "s")
    yield Figure("  with --select DS0,DS1", valid, "s")
    yield Figure("  the pack against that", whole / valid, "times")
