"""Seccomp and AppArmor profiles in annotations."""

import pytest

SECCOMP = "seccomp.security.alpha.kubernetes.io/pod"
OF_A = "container.seccomp.security.alpha.kubernetes.io/a"
APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/a"
POD = "containers: [{name: a}]"


@pytest.mark.parametrize(
    ("annotations", "expected"),
    [
        ({"other": "x"}, []),
        ({SECCOMP: "runtime/default", OF_A: "localhost/a"}, []),
        ({SECCOMP: "x"}, [f"metadata.annotations.{SECCOMP}"]),
        ({OF_A: "localhost/../a"}, [f"metadata.annotations.{OF_A}"]),
        ({APP_ARMOR: "localhost/x"}, []),
        ({APP_ARMOR: ""}, []),
        ({APP_ARMOR: "x"}, [f"metadata.annotations[{APP_ARMOR}]"]),
        ({f"{APP_ARMOR}b": "unconfined"}, [f"metadata.annotations[{APP_ARMOR}b]"]),
        ({APP_ARMOR: 1}, []),
    ],
)
def test_annotations(said, annotations, expected):
    found = said("profile_annotations", POD, annotations=annotations)
    assert found == [f"DS131 {path}" for path in expected]


def test_the_metadata_of_a_template_is_not_named(said):
    found = said("profile_annotations", POD, kind="DaemonSet", annotations={APP_ARMOR: "x"})
    assert found == [f"DS131 spec.template.annotations[{APP_ARMOR}]"]


@pytest.mark.parametrize(
    ("profile", "annotation", "expected"),
    [
        ("{type: Unconfined}", "unconfined", None),
        ("{type: Unconfined}", "runtime/default", "type"),
        ("{type: RuntimeDefault}", "docker/default", None),
        ("{type: Localhost, localhostProfile: a}", "localhost/a", None),
        ("{type: Localhost, localhostProfile: a}", "localhost/b", "localhostProfile"),
        ("{type: Localhost, localhostProfile: a}", "unconfined", "type"),
        ("{type: Other}", "unconfined", None),
    ],
)
def test_a_field_and_its_annotation_agree(said, profile, annotation, expected):
    pod = f"{{securityContext: {{seccompProfile: {profile}}}, {POD}}}"
    found = said("profile_annotations", pod, annotations={SECCOMP: annotation})
    path = f"DS131 securityContext.seccompProfile.{expected}"
    assert found == ([path] if expected else [])


OWN = "containers: [{name: a, securityContext: {appArmorProfile: {type: Unconfined}}}]"
OF_POD = f"{{securityContext: {{appArmorProfile: {{type: Unconfined}}}}, {POD}}}"


@pytest.mark.parametrize(
    ("pod", "kind", "version", "count"),
    [
        (OWN, "Pod", "1.36", 1),
        (OWN, "Pod", "1.29", 0),
        (OF_POD, "Pod", "1.36", 0),
        (OF_POD, "Deployment", "1.36", 1),
        (f"{{os: {{name: windows}}, {OWN}}}", "Pod", "1.36", 0),
    ],
)
def test_app_armor_by_field_and_annotation(said, pod, kind, version, count):
    annotations = {APP_ARMOR: "runtime/default"}
    found = said("profile_annotations", pod, kind=kind, version=version, annotations=annotations)
    assert len(found) == count


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("unconfined", []),
        ("localhost/a", []),
        ("runtime/default", []),
        ("localhost/", ["type"]),
        ("localhost/ a", ["type"]),
        (f"localhost/{'a' * 4_096}", ["type"]),
        ("", ["type"]),
    ],
)
def test_an_annotation_that_makes_no_field_meets_that_of_the_pod(said, annotation, expected):
    """applyAppArmorVersionSkew of pkg/registry/core/pod/strategy.go copies what is valid."""
    found = said("profile_annotations", OF_POD, annotations={APP_ARMOR: annotation})
    start = "DS131 containers[0].securityContext.appArmorProfile"
    assert found == [f"{start}.{one}" for one in expected]
