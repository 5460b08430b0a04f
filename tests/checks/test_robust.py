"""Nothing that stands in a pod spec makes a check raise."""

import pytest
import yaml

from dslint import discover, workloads
from dslint.target import Target

POD = """
hostNetwork: true
hostUsers: false
os: {name: linux}
securityContext:
  runAsUser: 1
  supplementalGroups: [1]
  sysctls: [{name: a.b, value: c}]
  seccompProfile: {type: Localhost, localhostProfile: a}
  appArmorProfile: {type: Unconfined}
  windowsOptions: {runAsUserName: a, hostProcess: true}
initContainers:
  - name: i
    image: x
    restartPolicy: Always
    restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [1]}}]
containers:
  - name: a
    image: x
    ports: [{name: p, containerPort: 80, hostPort: 80, protocol: TCP, hostIP: 10.0.0.1}]
    env:
      - {name: A, value: b}
      - {name: B, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: metadata.name}}}
      - {name: C, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1m}}}
      - {name: D, valueFrom: {secretKeyRef: {name: s, key: k}}}
      - {name: E, valueFrom: {fileKeyRef: {volumeName: v, path: p, key: k}}}
    envFrom: [{prefix: P, configMapRef: {name: c}}]
    volumeMounts: [{name: v, mountPath: /a, subPath: b, recursiveReadOnly: Enabled}]
    volumeDevices: [{name: c, devicePath: /d}]
    livenessProbe: {httpGet: {port: 80, httpHeaders: [{name: a, value: b}]}, periodSeconds: 1}
    lifecycle: {preStop: {sleep: {seconds: 1}}, stopSignal: SIGTERM}
    securityContext: {capabilities: {add: [A]}, procMount: Default, runAsGroup: 1}
volumes:
  - {name: v, emptyDir: {sizeLimit: 1Gi}}
  - {name: c, ephemeral: {volumeClaimTemplate: {metadata: {labels: {a: b}}, spec: {
      accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}},
      dataSource: {kind: X, name: y, apiGroup: z}}}}}
  - {name: d, configMap: {name: c, items: [{key: k, path: p, mode: 1}]}}
  - {name: e, downwardAPI: {items: [{path: p, fieldRef: {fieldPath: metadata.uid}}]}}
  - {name: f, csi: {driver: d, nodePublishSecretRef: {name: s}}}
  - {name: g, fc: {targetWWNs: [a], lun: 1}}
  - {name: h, flexVolume: {driver: d, options: {a: b}}}
  - {name: i, iscsi: {targetPortal: a, iqn: eui.a, lun: 1, initiatorName: b}}
  - {name: j, quobyte: {registry: 'a:1', volume: v, tenant: t}}
  - {name: k, azureDisk: {diskName: a, diskURI: b, kind: Managed}}
  - {name: l, hostPath: {path: /a, type: File}}
  - name: m
    projected:
      sources:
        - secret: {name: s, items: [{key: k, path: p}]}
        - serviceAccountToken: {path: t, expirationSeconds: 600}
        - clusterTrustBundle: {signerName: a.b/c, path: q}
        - podCertificate: {signerName: a.b/c, keyType: x, keyPath: r, userAnnotations: {a.b/c: d}}
"""
SPECS = {
    "Job": """
      completionMode: Indexed
      completions: 2
      backoffLimitPerIndex: 1
      maxFailedIndexes: 1
      managedBy: a.b/c
      podReplacementPolicy: Failed
      selector: {matchLabels: {a: b}, matchExpressions: [{key: a, operator: In, values: [b]}]}
      podFailurePolicy:
        rules:
          - {action: FailJob, onExitCodes: {containerName: a, operator: In, values: [1, 2]}}
          - {action: Ignore, onPodConditions: [{type: a, status: "True"}]}
      successPolicy: {rules: [{succeededIndexes: 0-1, succeededCount: 1}]}
      template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a}]}}
    """,
    "CronJob": """
      {schedule: 0 * * * *, timeZone: UTC, concurrencyPolicy: Allow, failedJobsHistoryLimit: 1,
       jobTemplate: {spec: {selector: {}, manualSelector: true, template: {spec: {}}}}}
    """,
    "StatefulSet": """
      replicas: 1
      serviceName: s
      podManagementPolicy: Parallel
      ordinals: {start: 1}
      persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}
      updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1, maxUnavailable: 1}}
      volumeClaimTemplates: [{metadata: {name: v}, spec: {resources: {requests: {storage: 1}}}}]
      template: {spec: {volumes: [{name: v}], containers: [{volumeMounts: [{name: v}]}]}}
    """,
    "Deployment": """
      selector: {matchLabels: {a: b}}
      strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 25%, maxSurge: 1}}
      template: {metadata: {labels: {a: b}}, spec: {restartPolicy: Always}}
    """,
}
METADATA = """
name: a
generateName: a
namespace: b
labels: {a: b}
annotations: {scheduler.alpha.kubernetes.io/tolerations: "[]", kubernetes.io/config.mirror: x}
ownerReferences: [{apiVersion: v1, kind: A, name: a, uid: b, controller: true}]
finalizers: [a/b]
"""
JUNK = [None, "", -1, "x", [], {}, [None], [[], {}], {"a": []}]
GATES = {"ClusterTrustBundleProjection": True, "ContainerStopSignals": True}


def paths(value, path=()):
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in pairs:
        yield (*path, key)
        if isinstance(part, dict | list):
            yield from paths(part, (*path, key))


def put(pod, path, junk):
    here = pod
    for step in path[:-1]:
        here = here[step]
    was, here[path[-1]] = here[path[-1]], junk
    return was


@pytest.mark.parametrize("kind", ["Pod", "StatefulSet"])
@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_no_check_raises(kind, junk):
    pod = yaml.safe_load(POD)
    annotations = {"annotations": {"container.apparmor.security.beta.kubernetes.io/a": "x"}}
    for path in list(paths(pod)):
        was = put(pod, path, junk)
        spec = pod if kind == "Pod" else {"template": {"metadata": annotations, "spec": pod}}
        manifest = {"kind": kind, "metadata": {"name": "a", **annotations}, "spec": spec}
        workload = workloads.Workload.from_object(manifest)
        for check in discover.modules("checks"):
            list(check.complaints(workload, Target("1.37", GATES)))
        put(pod, path, was)


@pytest.mark.parametrize("kind", SPECS)
def test_no_check_raises_for_a_controller(kind):
    whole = {
        "kind": kind,
        "metadata": yaml.safe_load(METADATA),
        "spec": yaml.safe_load(SPECS[kind]),
    }
    for path in list(paths(whole))[1:]:
        for junk in JUNK:
            was = put(whole, path, junk)
            workload = workloads.Workload.from_object(whole)
            for check in discover.modules("checks"):
                list(check.complaints(workload, Target("1.37", GATES)))
            put(whole, path, was)
