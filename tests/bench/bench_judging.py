"""A DaemonSet of 1.3 KB, read, validated and judged by rules: warm for one, cold for 2,000."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

import dslint
from tests.bench.figures import Figure, seconds

COPIES, WARM, RUNS = 2_000, 50, 20
DAEMONSET = """\
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: monitoring
  labels: {app.kubernetes.io/name: agent, app.kubernetes.io/part-of: monitoring}
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
      priorityClassName: system-node-critical
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
          args: ["--path=/host/proc", "--listen=:9100"]
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


def linted(folder: str, *options: str) -> float:
    command = [str(Path(sys.executable).with_name("dslint")), "lint", *options, folder]
    return seconds(lambda: subprocess.run(command, capture_output=True, check=False), 3)


def figures() -> Iterator[Figure]:
    def validated() -> None:
        for _ in range(WARM):
            dslint.validity(DAEMONSET)

    def judged() -> None:
        for _ in range(WARM):
            dslint.lint(DAEMONSET)

    def loaded() -> None:
        for _ in range(WARM):
            yaml.load(DAEMONSET, getattr(yaml, "CSafeLoader", yaml.SafeLoader))

    dslint.validity(DAEMONSET)
    dslint.lint(DAEMONSET)
    size = len(DAEMONSET) / 1_000
    valid, plain = (seconds(work, RUNS) / WARM * 1e3 for work in (validated, loaded))
    yield Figure(f"one of {size:.1f} KB read and validated", valid, "ms")
    yield Figure("  PyYAML's loader, which makes plain data of it", plain, "ms")
    yield Figure("  validated against loaded", valid / plain, "times")
    yield Figure(f"one of {size:.1f} KB linted", seconds(judged, RUNS) / WARM * 1e3, "ms")
    with tempfile.TemporaryDirectory() as folder:
        for number in range(COPIES):
            (Path(folder) / f"daemonset-{number:04}.yaml").write_text(DAEMONSET)
        whole, valid = linted(folder), linted(folder, "--select", "DS0,DS1")
    yield Figure(f"dslint lint, {COPIES:,} files, the whole pack, cold", whole, "s")
    yield Figure("  with --select DS0,DS1", valid, "s")
    yield Figure("  the pack against that", whole / valid, "times")
