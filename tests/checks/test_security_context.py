"""Security contexts, Windows options, kernel parameters and namespaces of the node."""

import pytest

POD = "securityContext"
CONTAINER = "containers[0].securityContext"


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ("{}", []),
        ("x", []),
        ("{runAsUser: 0, runAsGroup: 2147483647, fsGroup: 1, supplementalGroups: [1, x]}", []),
        ("{runAsUser: -1}", ["runAsUser"]),
        ("{runAsUser: null, runAsGroup: x}", []),
        ("{fsGroup: 2147483648}", ["fsGroup"]),
        ("{supplementalGroups: [1, -1]}", ["supplementalGroups[1]"]),
        ("{fsGroupChangePolicy: ''}", ["fsGroupChangePolicy"]),
        ("{fsGroupChangePolicy: Always}", []),
        ("{supplementalGroupsPolicy: Loose}", ["supplementalGroupsPolicy"]),
        ("{seLinuxChangePolicy: Recursive}", []),
        ("{seLinuxChangePolicy: MountOption}", ["seLinuxChangePolicy"]),
        ("{seccompProfile: {type: RuntimeDefault}}", []),
        ("{seccompProfile: {}}", ["seccompProfile.type"]),
        ("{seccompProfile: {type: 1}}", []),
        ("{seccompProfile: {type: runtimeDefault}}", ["seccompProfile.type"]),
        ("{seccompProfile: {type: Localhost}}", ["seccompProfile.localhostProfile"]),
        (
            "{seccompProfile: {type: Localhost, localhostProfile: ../a}}",
            ["seccompProfile.localhostProfile"],
        ),
        ("{seccompProfile: {type: Localhost, localhostProfile: a/b}}", []),
        (
            "{seccompProfile: {type: Unconfined, localhostProfile: a}}",
            ["seccompProfile.localhostProfile"],
        ),
        # validateSeccompProfileField: a name goes with no type but Localhost, known or not
        (
            "{seccompProfile: {type: x, localhostProfile: a}}",
            ["seccompProfile.type", "seccompProfile.localhostProfile"],
        ),
        ("{appArmorProfile: {type: x, localhostProfile: a}}", ["appArmorProfile.type"]),
        # ValidateAppArmorProfileField: white space as Go has it, where a separator is none
        ('{appArmorProfile: {type: Localhost, localhostProfile: "a\\u001f"}}', []),
        ("{appArmorProfile: {type: Localhost, localhostProfile: a}}", []),
        (
            "{appArmorProfile: {type: Localhost, localhostProfile: ' a'}}",
            ["appArmorProfile.localhostProfile"],
        ),
        (
            "{appArmorProfile: {type: Localhost, localhostProfile: ''}}",
            ["appArmorProfile.localhostProfile"],
        ),
        (
            "{appArmorProfile: {type: Localhost, localhostProfile: " + "a" * 4096 + "}}",
            ["appArmorProfile.localhostProfile"],
        ),
        ("{appArmorProfile: {type: None}}", ["appArmorProfile.type"]),
    ],
)
def test_of_the_pod(said, context, expected):
    found = said("security_context", f"securityContext: {context}")
    assert found == [f"DS131 {POD}.{path}" for path in expected]


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ("{privileged: true}", []),
        ("{runAsGroup: -5}", [".runAsGroup"]),
        ("{procMount: Default}", []),
        ("{procMount: unmasked}", [".procMount"]),
        ("{procMount: Unmasked}", [".procMount"]),
        ("{procMount: 1}", []),
        ("{allowPrivilegeEscalation: false}", []),
        ("{allowPrivilegeEscalation: false, privileged: true}", [""]),
        ("{allowPrivilegeEscalation: false, capabilities: {add: [CAP_SYS_ADMIN]}}", [""]),
        ("{allowPrivilegeEscalation: false, capabilities: {add: [SYS_ADMIN]}}", []),
        ("{allowPrivilegeEscalation: true, privileged: true}", []),
    ],
)
def test_of_a_container(said, context, expected):
    found = said("security_context", f"containers: [{{securityContext: {context}}}]")
    assert found == [f"DS131 {CONTAINER}{path}" for path in expected]


def test_unmasked_needs_users_of_its_own(said):
    pod = "{hostUsers: false, containers: [{securityContext: {procMount: Unmasked}}]}"
    assert said("security_context", pod) == []
    assert said("security_context", pod, gates={"UserNamespacesSupport": False}) == [
        f"DS131 {CONTAINER}.procMount"
    ]


@pytest.mark.parametrize(
    "context",
    [
        "containers: [{securityContext: {procMount: x}}]",
        "securityContext: {supplementalGroupsPolicy: x, seLinuxChangePolicy: x}",
    ],
)
def test_fields_without_their_gate_are_dropped(said, context):
    assert said("security_context", context, version="1.32") == []


def test_a_mount_option_needs_its_gate(said):
    pod = "securityContext: {seLinuxChangePolicy: MountOption}"
    assert said("security_context", pod, gates={"SELinuxMount": True}) == []


@pytest.mark.parametrize(
    ("field", "value", "valid"),
    [
        ("gmsaCredentialSpecName", "a.b", True),
        ("gmsaCredentialSpecName", "A", False),
        ("gmsaCredentialSpec", "''", False),
        ("gmsaCredentialSpec", "a", True),
        ("gmsaCredentialSpec", "a" * 65537, False),
        ("runAsUserName", "''", False),
        ("runAsUserName", r"'NT AUTHORITY\NETWORK SERVICE'", True),
        ("runAsUserName", r"'example.com\me'", True),
        ("runAsUserName", r"'a\b\c'", False),
        ("runAsUserName", r"'\me'", False),
        ("runAsUserName", r"'a*b\me'", False),
        ("runAsUserName", r"'domain\'", False),
        ("runAsUserName", "'" + "a" * 256 + r"\me'", False),
        ("runAsUserName", "a" * 105, False),
        ("runAsUserName", "'. .'", False),
        ("runAsUserName", "a@b", False),
        ("runAsUserName", '"a\\tb"', False),
    ],
)
def test_windows_options(said, field, value, valid):
    found = said("security_context", f"securityContext: {{windowsOptions: {{{field}: {value}}}}}")
    assert found == ([] if valid else [f"DS131 {POD}.windowsOptions.{field}"])


@pytest.mark.parametrize(
    ("pod", "expected"),
    [
        ("securityContext: {sysctls: [{name: kernel.shm_rmid_forced}, {name: net/a.b/c}]}", []),
        ("securityContext: {sysctls: [{name: 1}]}", []),
        ("securityContext: {sysctls: [{name: ''}, {name: A.b}]}", [0, 1]),
        ("securityContext: {sysctls: [{name: " + "a" * 254 + "}]}", [0]),
        ("securityContext: {sysctls: [{name: a.b}, {name: a.b}]}", [1]),
        ("{hostNetwork: true, securityContext: {sysctls: [{name: net.a}]}}", [0]),
        ("{hostNetwork: true, securityContext: {sysctls: [{name: net/ipv4/a}]}}", [0]),
        ("{hostNetwork: true, securityContext: {sysctls: [{name: kernel.sem}]}}", []),
        ("{hostIPC: true, securityContext: {sysctls: [{name: kernel.sem}, {name: fs.x}]}}", [0]),
        ("{hostIPC: true, securityContext: {sysctls: [{name: kernel.msgmax}, {name: a}]}}", [0]),
    ],
)
def test_sysctls(said, pod, expected):
    found = said("sysctls", pod)
    assert found == [f"DS131 {POD}.sysctls[{index}].name" for index in expected]


@pytest.mark.parametrize(
    ("pod", "expected"),
    [
        ("{hostPID: true, hostIPC: true, hostNetwork: true}", []),
        ("{shareProcessNamespace: true, hostPID: true}", [f"{POD}.shareProcessNamespace"]),
        ("{hostUsers: false, hostPID: true}", ["HostPID"]),
        ("{hostUsers: false, hostIPC: true, hostNetwork: true}", ["HostIPC", "hostNetwork"]),
        (
            "{hostUsers: false, containers: [{volumeDevices: [{name: a}]}, {volumeDevices: []}]}",
            ["containers[0].volumeDevices"],
        ),
        ("{hostUsers: true, hostPID: true}", []),
    ],
)
def test_namespaces_of_the_node(said, pod, expected):
    assert said("host_namespaces", pod) == [f"DS131 {path}" for path in expected]


def test_users_by_version(said):
    pod = "{hostUsers: false, hostNetwork: true, containers: [{volumeDevices: [{name: a}]}]}"
    devices = "DS131 containers[0].volumeDevices"
    assert said("host_namespaces", pod, version="1.32") == []
    assert said("host_namespaces", pod, version="1.33") == ["DS131 hostNetwork"]
    assert said("host_namespaces", pod, version="1.34") == ["DS131 hostNetwork", devices]
    gates = {"UserNamespacesHostNetworkSupport": True}
    assert said("host_namespaces", pod, version="1.35", gates=gates) == [devices]


HOST = "securityContext: {windowsOptions: {hostProcess: true}}"
NOT_HOST = "securityContext: {windowsOptions: {hostProcess: false}}"


@pytest.mark.parametrize(
    ("pod", "expected"),
    [
        (f"{{hostNetwork: true, {HOST}, containers: [{{name: a}}]}}", []),
        (f"{{{HOST}, containers: [{{name: a}}]}}", ["hostNetwork"]),
        (f"{{hostNetwork: true, containers: [{{{HOST}}}, {{name: a}}]}}", ["spec"]),
        (
            f"{{hostNetwork: true, {HOST}, containers: [{{{NOT_HOST}}}, {{name: a}}]}}",
            ["containers[0].securityContext.windowsOptions.hostProcess", "spec"],
        ),
        (f"{{{NOT_HOST}, containers: [{{name: a}}]}}", []),
    ],
)
def test_host_process(said, pod, expected):
    assert said("host_namespaces", pod) == [f"DS131 {path}" for path in expected]
