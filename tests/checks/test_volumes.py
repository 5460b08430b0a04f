"""Volumes, and what each kind of source asks for."""

import pytest


@pytest.mark.parametrize(
    ("volumes", "expected"),
    [
        ("[{name: a}, {name: b, emptyDir: {}}, null]", []),
        ("[{name: ''}]", ["DS103 volumes[0].name"]),
        ("[{name: a.b}]", ["DS106 volumes[0].name"]),
        ("[{name: 1}]", []),
        ("[{name: a}, {name: a}]", ["DS115 volumes[1].name"]),
        ("[{name: a, emptyDir: {}, hostPath: null}]", []),
        (
            "[{name: a, secret: {}, hostPath: {}, cephfs: {}}]",
            ["DS118 volumes[0].secret", "DS118 volumes[0].cephFS"],
        ),
    ],
)
def test_volumes(said, volumes, expected):
    assert said("volumes", f"volumes: {volumes}") == expected


def test_an_image_volume_is_dropped_without_its_gate(said):
    pod = "volumes: [{name: a, image: {}, emptyDir: {}}]"
    assert said("volumes", pod, version="1.34") == []
    assert said("volume_sources", "volumes: [{name: a, image: {}}]", version="1.34") == []


@pytest.mark.parametrize(("version", "count"), [("1.36", 1), ("1.33", 0)])
def test_claim_templates_become_volumes(said, version, count):
    claims = [{"metadata": {"name": "a.b"}}, {"metadata": {"name": "v"}}, {"metadata": {}}]
    found = said(
        "volumes",
        "volumes: [{name: x}, {name: v, secret: {}, csi: {}}]",
        kind="StatefulSet",
        version=version,
        volumeClaimTemplates=claims,
    )
    assert found == ["DS106 volumes[0].name", "DS106 volumes[2].name"] * count


SOURCES = [
    ("emptyDir: {}", []),
    ("emptyDir: {sizeLimit: 1Gi}", []),
    ("emptyDir: {sizeLimit: '-1'}", ["DS109 emptyDir.sizeLimit"]),
    ("emptyDir: {sizeLimit: x}", []),
    ("hostPath: {path: /a, type: ''}", []),
    ("hostPath: {path: ''}", ["DS199 hostPath.path"]),
    ("hostPath: {path: '', type: Dir}", ["DS199 hostPath.path"]),
    ("hostPath: {path: /a/../b}", ["DS199 hostPath.path"]),
    ("hostPath: {path: /a..b}", []),
    ("hostPath: {path: /a, type: directory}", ["DS119 hostPath.type"]),
    ("hostPath: {path: 1, type: 1}", []),
    ("gitRepo: {repository: a, directory: ..}", ["DS199 gitRepo.directory"]),
    ("gitRepo: {repository: a, directory: b}", []),
    ("gcePersistentDisk: {pdName: a, partition: 256}", ["DS199 persistentDisk.partition"]),
    ("gcePersistentDisk: {pdName: ''}", ["DS199 persistentDisk.pdName"]),
    ("awsElasticBlockStore: {volumeID: a, partition: 0}", []),
    ("secret: {}", ["DS199 secret.secretName"]),
    ("configMap: {name: ''}", ["DS199 configMap.name"]),
    ("nfs: {server: a, path: /b}", []),
    ("nfs: {server: '', path: b}", ["DS199 nfs.server", "DS199 nfs.path"]),
    ("iscsi: {targetPortal: a, iqn: 'iqn.2015-02.example.com:test'}", []),
    ("iscsi: {targetPortal: a, iqn: eui.0123456789ABCDEF, lun: 256}", ["DS199 iscsi.lun"]),
    ("iscsi: {targetPortal: a, iqn: naa.short}", ["DS199 iscsi.iqn"]),
    ("iscsi: {targetPortal: a, iqn: ''}", ["DS199 iscsi.iqn"]),
    (
        "iscsi: {targetPortal: a, iqn: eui.0123456789ABCDEF, initiatorName: x}",
        ["DS199 iscsi.initiatorname"],
    ),
    (
        "iscsi: {targetPortal: a, iqn: eui.0123456789ABCDEF, chapAuthSession: true}",
        ["DS199 iscsi.secretRef"],
    ),
    (
        "iscsi: {targetPortal: "
        + "a" * 63
        + ", iqn: eui.0123456789ABCDEF, initiatorName: eui.0123456789ABCDEF}",
        ["DS199 name"],
    ),
    ("glusterfs: {endpoints: '', path: a}", ["DS199 glusterfs.endpoints"]),
    ("persistentVolumeClaim: {claimName: ''}", ["DS199 persistentVolumeClaim.claimName"]),
    ("rbd: {monitors: [], image: a}", ["DS199 rbd.monitors"]),
    ("cinder: {volumeID: a, secretRef: {}}", ["DS199 cinder.secretRef.name"]),
    ("cinder: {volumeID: a, secretRef: {name: b}}", []),
    ("fc: {targetWWNs: [a], lun: 0}", []),
    ("fc: {wwids: [a]}", []),
    ("fc: {}", ["DS199 fc.targetWWNs"]),
    ("fc: {targetWWNs: [a], wwids: [a], lun: 256}", ["DS199 fc.targetWWNs", "DS199 fc.lun"]),
    ("fc: {targetWWNs: [a]}", ["DS199 fc.lun"]),
    ("flocker: {datasetName: a}", []),
    ("flocker: {}", ["DS199 flocker"]),
    (
        "flocker: {datasetName: a/b, datasetUUID: c}",
        ["DS199 flocker", "DS199 flocker.datasetName"],
    ),
    ("quobyte: {registry: 'a:1,[::1]:2', volume: v}", []),
    ("quobyte: {registry: 'a:1,b', volume: v}", ["DS199 quobyte.registry"]),
    ("quobyte: {registry: '::1:2', volume: v}", ["DS199 quobyte.registry"]),
    ("quobyte: {registry: 'a:1', volume: v, tenant: " + "a" * 65 + "}", ["DS199 quobyte.tenant"]),
    ("quobyte: {registry: '', volume: ''}", ["DS199 quobyte.registry", "DS199 quobyte.volume"]),
    ("flexVolume: {driver: a, options: {a.io/b: c}}", []),
    (
        "flexVolume: {driver: a, options: {A.K8S.io/b: c}}",
        ["DS199 flexVolume.options[A.K8S.io/b]"],
    ),
    ("azureFile: {secretName: a, shareName: ''}", ["DS199 azureFile.shareName"]),
    ("azureDisk: {diskName: a, diskURI: 'https://a'}", []),
    ("azureDisk: {diskName: a, diskURI: /subscriptions/a, kind: Managed}", []),
    ("azureDisk: {diskName: a, diskURI: /subscriptions/a}", ["DS199 azureDisk.diskURI"]),
    (
        "azureDisk: {diskName: a, diskURI: 'https://a', kind: x, cachingMode: x}",
        ["DS199 azureDisk.cachingMode", "DS199 azureDisk.kind"],
    ),
    ("vsphereVolume: {volumePath: ''}", ["DS199 vsphereVolume.volumePath"]),
    ("photonPersistentDisk: {pdID: ''}", ["DS199 photonPersistentDisk.pdID"]),
    ("portworxVolume: {volumeID: ''}", ["DS199 portworxVolume.volumeID"]),
    ("storageos: {}", ["DS199 storageos.volumeName"]),
    ("storageos: {volumeName: A, secretRef: {name: a}}", ["DS199 storageos.volumeName"]),
    ("scaleIO: {gateway: a, system: b}", ["DS199 scaleIO.volumeName"]),
    ("csi: {driver: a.B}", []),
    ("csi: {driver: a_b}", ["DS199 csi.driver"]),
    ("csi: {driver: " + "a" * 64 + "}", ["DS199 csi.driver"]),
    ("csi: {driver: a, nodePublishSecretRef: {}}", ["DS199 csi.nodePublishSecretRef.name"]),
    ("csi: {driver: a, nodePublishSecretRef: {name: A}}", ["DS199 csi.name"]),
    ("csi: {driver: a, nodePublishSecretRef: {name: a}}", []),
    ("ephemeral: {}", ["DS199 ephemeral.volumeClaimTemplate"]),
    ("image: {reference: a, pullPolicy: Never}", []),
    ("image: {pullPolicy: never}", ["DS199 image.reference", "DS199 image.pullPolicy"]),
    ("image: x", []),
]


@pytest.mark.parametrize(("source", "expected"), SOURCES, ids=[row[0][:60] for row in SOURCES])
def test_sources(said, source, expected):
    found = said("volume_sources", f"volumes: [{{name: v, {source}}}]")
    assert [line.replace("volumes[0].", "") for line in found] == expected


def test_the_portal_is_measured_whichever_source_comes_first(said):
    # validateVolumeSource measures it outside of the branch for the first source
    source = f"{{targetPortal: {'a' * 63}, iqn: x, initiatorName: x}}"
    pod = f"volumes: [{{name: v, hostPath: {{path: /a}}, iscsi: {source}}}]"
    assert said("volume_sources", pod) == ["DS199 volumes[0].name"]


def test_an_image_may_come_later_in_a_template_before_1_36(said):
    pod = "volumes: [{name: v, image: {}}]"
    assert said("volume_sources", pod, kind="Deployment", version="1.35") == []
    assert said("volume_sources", pod, kind="Deployment", version="1.36") != []


FILES = [
    ("configMap: {name: a, defaultMode: 511, items: [{key: a, path: b}]}", []),
    ("configMap: {name: a, defaultMode: 512}", ["configMap.defaultMode"]),
    ("secret: {secretName: a, defaultMode: -1}", ["secret.defaultMode"]),
    (
        "secret: {secretName: a, items: [{key: '', path: '', mode: 1000}]}",
        ["secret.items[0].key", "secret.items[0].path", "secret.items[0].mode"],
    ),
    ("secret: {secretName: a, items: [{key: a, path: /b}]}", ["secret.items[0].path"]),
    ("secret: {secretName: a, items: [{key: a, path: ..b}]}", ["secret.items[0].path"]),
    ("secret: {secretName: a, items: [{key: a, path: b/..c}]}", []),
    ("downwardAPI: {items: [{path: a, fieldRef: {fieldPath: metadata.labels}}]}", []),
    (
        "downwardAPI: {items: [{path: a, fieldRef: {fieldPath: spec.nodeName}}]}",
        ["downwardAPI.fieldRef.fieldPath"],
    ),
    (
        "downwardAPI: {items: [{path: a, resourceFieldRef: {resource: limits.cpu}}]}",
        ["downwardAPI.resourceFieldRef.containerName"],
    ),
    (
        "downwardAPI: {items: [{path: ../a, mode: 512}]}",
        ["downwardAPI.path", "downwardAPI.mode", "downwardAPI"],
    ),
    (
        (
            "downwardAPI: {items: [{path: a, fieldRef: {fieldPath: metadata.uid},"
            " resourceFieldRef: {}}]}"
        ),
        ["downwardAPI"],
    ),
    ("emptyDir: {}", []),
]


@pytest.mark.parametrize(("source", "expected"), FILES, ids=[row[0][:60] for row in FILES])
def test_files(said, source, expected):
    found = said("volume_files", f"volumes: [{{name: v, {source}}}]")
    assert found == [f"DS199 volumes[0].{path}" for path in expected]


@pytest.mark.parametrize(
    ("kind", "version", "replicas", "count"),
    [
        ("DaemonSet", "1.28", None, 1),
        ("DaemonSet", "1.29", None, 0),
        ("Deployment", "1.28", 2, 1),
        ("Deployment", "1.28", 1, 0),
        ("Pod", "1.28", None, 0),
    ],
)
def test_a_disk_of_many_pods_was_read_only(said, kind, version, replicas, count):
    pod = "volumes: [{name: a, gcePersistentDisk: {pdName: d}}, {name: b}]"
    found = said("read_only_disks", pod, kind=kind, version=version, replicas=replicas)
    assert len(found) == count
