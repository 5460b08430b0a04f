"""Projected volumes."""

import pytest

GATES = {"ClusterTrustBundleProjection": True, "PodCertificateRequest": True}
CERTIFICATE = "signerName: a.b/c, keyType: ED25519"

PROJECTIONS = [
    ("{secret: {name: a, items: [{key: k, path: p}]}}", []),
    ("{}", []),
    ("{secret: {}}", [".sources[0].secret.name"]),
    ("{configMap: {name: ''}}", [".sources[0].configMap.name"]),
    ("{secret: x}", []),
    ("{secret: {name: a}, configMap: {name: a}}", [".sources[0]"]),
    ("{secret: {name: a}}, {secret: {name: b}}", []),
    (
        (
            "{secret: {name: a, items: [{key: k, path: p}]}},"
            " {configMap: {name: a, items: [{key: k, path: p}]}}"
        ),
        [""],
    ),
    ("{downwardAPI: {items: [{path: a}]}}", [".sources[0].downwardAPI"]),
    ("{serviceAccountToken: {path: a}}", []),
    (
        "{serviceAccountToken: {path: '', expirationSeconds: 599}}",
        [".sources[0].serviceAccountToken.expirationSeconds", ".path"],
    ),
    (
        "{serviceAccountToken: {path: ../a, expirationSeconds: 4294967297}}",
        [".sources[0].serviceAccountToken.expirationSeconds", ".path"],
    ),
    ("{clusterTrustBundle: {name: a, path: b}}", []),
    ("{clusterTrustBundle: {name: 'a.b:c:d', path: b}}", []),
    ("{clusterTrustBundle: {name: ':d', path: b}}", [".sources[0].clusterTrustBundle.name"]),
    (
        "{clusterTrustBundle: {name: A, labelSelector: {}}}",
        [
            ".sources[0].clusterTrustBundle.name",
            ".sources[0].clusterTrustBundle.labelSelector",
            ".sources[0].clusterTrustBundle.path",
        ],
    ),
    ("{clusterTrustBundle: {path: b}}", [".sources[0].clusterTrustBundle"]),
    (
        "{clusterTrustBundle: {name: a, signerName: a.b/c, path: b}}",
        [".sources[0].clusterTrustBundle"],
    ),
    ("{clusterTrustBundle: {signerName: a.b/c, path: b}}", []),
    (
        "{clusterTrustBundle: {signerName: a, path: b}}",
        [".sources[0].clusterTrustBundle.signerName"],
    ),
    (f"{{podCertificate: {{{CERTIFICATE}, keyPath: a, certificateChainPath: b}}}}", []),
    (f"{{podCertificate: {{{CERTIFICATE}}}}}", [".sources[0].podCertificate"]),
    (f"{{podCertificate: {{{CERTIFICATE}, keyPath: a, certificateChainPath: a}}}}", [""]),
    (
        "{podCertificate: {keyPath: /a}}",
        [
            ".sources[0].podCertificate.signerName",
            ".sources[0].podCertificate.keyType",
            ".sources[0].podCertificate.keyPath",
        ],
    ),
    (
        f"{{podCertificate: {{{CERTIFICATE}, keyPath: a, maxExpirationSeconds: 3599}}}}",
        [".sources[0].podCertificate.maxExpirationSeconds"],
    ),
    (
        (
            "{podCertificate: {signerName: kubernetes.io/a, keyType: ED25519, keyPath: a,"
            " maxExpirationSeconds: 86401}}"
        ),
        [".sources[0].podCertificate.maxExpirationSeconds"],
    ),
    (
        f"{{podCertificate: {{{CERTIFICATE}, keyPath: a, userAnnotations: {{a.b/c: d, e: f}}}}}}",
        [".sources[0].podCertificate.userAnnotations"],
    ),
    (
        f"{{podCertificate: {{{CERTIFICATE}, keyPath: a, userAnnotations: {{a.b/c: "
        + "d" * 262144
        + "}}}",
        [".sources[0].podCertificate.userAnnotations"],
    ),
]


@pytest.mark.parametrize(
    ("sources", "expected"), PROJECTIONS, ids=[row[0][:60] for row in PROJECTIONS]
)
def test_projections(said, sources, expected):
    pod = f"volumes: [{{name: v, projected: {{sources: [{sources}]}}}}]"
    found = said("projected", pod, kind="DaemonSet", gates=GATES)
    assert found == [f"DS199 volumes[0].projected{path}" for path in expected]


def test_a_mode_is_no_more_than_511(said):
    pod = "volumes: [{name: v, projected: {defaultMode: 512}}]"
    assert said("projected", pod) == ["DS199 volumes[0].projected.defaultMode"]


@pytest.mark.parametrize(
    "signer",
    ["a.b/c/d", "a/b", "A.b/c", "a.b/C", "a.b/" + "c" * 600, "a" * 64 + ".b/c", "''"],
    ids=lambda signer: signer[:20],
)
def test_signers(said, signer):
    source = f"{{podCertificate: {{signerName: {signer}, keyType: ED25519, keyPath: a}}}}"
    pod = f"volumes: [{{name: v, projected: {{sources: [{source}]}}}}]"
    assert len(said("projected", pod, gates=GATES)) == 1


def test_projections_without_their_gate_are_dropped(said):
    source = "{podCertificate: {}, clusterTrustBundle: {}}"
    pod = f"volumes: [{{name: v, projected: {{sources: [{source}]}}}}]"
    assert said("projected", pod) == []


@pytest.mark.parametrize(
    ("account", "count"), [("", 1), ("serviceAccountName: a,", 0), ("serviceAccount: a,", 0)]
)
def test_a_pod_says_whose_token_it_takes(said, account, count):
    source = "{serviceAccountToken: {path: a}}"
    pod = f"{{{account} volumes: [{{name: v, projected: {{sources: [{source}]}}}}]}}"
    assert len(said("projected", pod)) == count
    assert said("projected", pod, kind="DaemonSet") == []
    # validatePodMetadataAndSpec asks it of every projected source, the volume's first or not
    second = pod.replace("name: v, ", "name: v, emptyDir: {}, ")
    assert len(said("projected", second)) == count
