"""Names, gates, DNS, operating system, restart policy: fields of a pod spec on their own."""

import pytest

MANY = ", ".join("abcdefgh" for _ in range(33))


@pytest.mark.parametrize(
    ("pod", "expected"),
    [
        ("nodeName: node-1", []),
        ("nodeName: ''", []),
        ("nodeName: Node_1", ["DS106 nodeName"]),
        ("serviceAccountName: $NAME", ["DS106 serviceAccountName"]),
        ("serviceAccount: A", ["DS106 serviceAccountName"]),
        ("{serviceAccount: A, serviceAccountName: a}", []),
        ("priorityClassName: High", ["DS106 priorityClassName"]),
        ("hostname: a.b", ["DS106 hostname"]),
        ("subdomain: a.b", ["DS106 subdomain"]),
        ("hostname: 5", []),
        ("runtimeClassName: ''", ["DS106 runtimeClassName"]),
        ("runtimeClassName: gvisor", []),
        ("readinessGates: [{conditionType: example.com/a}]", []),
        ("readinessGates: [{conditionType: a b}, {}]", ["DS106 readinessGates[0].conditionType"]),
        ("hostnameOverride: a.b", []),
        ("hostnameOverride: ''", ["DS106 hostnameOverride"]),
        (f"hostnameOverride: {'a' * 65}", ["DS106 hostnameOverride"]),
        ("{hostnameOverride: a, hostNetwork: true}", ["DS199 hostnameOverride"]),
        ("{hostnameOverride: a, setHostnameAsFQDN: true}", ["DS199 hostnameOverride"]),
        ("hostnameOverride: null", []),
        ("schedulingGroup: {}", []),
    ],
)
def test_names(said, pod, expected):
    assert said("pod_names", pod) == expected


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("{podGroupName: a}", []),
        ("{}", ["DS106 schedulingGroup.podGroupName"]),
        ("{podGroupName: A}", ["DS106 schedulingGroup.podGroupName"]),
    ],
)
def test_scheduling_group_with_its_gate(said, group, expected):
    found = said("pod_names", f"schedulingGroup: {group}", gates={"GenericWorkload": True})
    assert found == expected


def test_the_controller_names_the_pods_of_a_stateful_set(said):
    assert said("pod_names", "{hostname: a.b, subdomain: a.b}", kind="StatefulSet") == []


@pytest.mark.parametrize(
    ("pod", "expected"),
    [
        ("schedulingGates: [{name: a}, {name: example.com/b}]", []),
        ("schedulingGates: [{name: a}, {name: a}]", ["DS129 schedulingGates[1]"]),
        ("schedulingGates: [{name: a b}]", ["DS129 schedulingGates[0]"]),
        ("schedulingGates: [{}]", ["DS129 schedulingGates[0]"]),
        ("{schedulingGates: [{name: a}], nodeName: n}", ["DS129 nodeName"]),
        ("{schedulingGates: [], nodeName: n}", []),
    ],
)
def test_scheduling_gates(said, pod, expected):
    assert said("scheduling_gates", pod) == expected
    assert said("scheduling_gates", pod, version="1.26") == []


def test_a_template_may_name_a_node_beside_gates(said):
    pod = "{schedulingGates: [{name: a}], nodeName: n}"
    assert said("scheduling_gates", pod, kind="DaemonSet") == []


@pytest.mark.parametrize(
    ("pod", "expected"),
    [
        ("dnsPolicy: Default", []),
        ("dnsPolicy: ''", []),
        ("dnsPolicy: default", ["DS199 dnsPolicy"]),
        ("dnsPolicy: None", ["DS199 dnsConfig"]),
        ("{dnsPolicy: None, dnsConfig: {}}", ["DS199 dnsConfig.nameservers"]),
        ("{dnsPolicy: None, dnsConfig: {nameservers: [10.0.0.1]}}", []),
        ("dnsConfig: {nameservers: [10.0.0]}", ["DS199 dnsConfig.nameservers[0]"]),
        (
            "dnsConfig: {nameservers: [10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4]}",
            ["DS199 dnsConfig.nameservers"],
        ),
        (f"dnsConfig: {{searches: [{MANY}]}}", ["DS199 dnsConfig.searches"]),
        (
            f"dnsConfig: {{searches: [{'a.' * 1050}]}}",
            ["DS199 dnsConfig.searches", "DS199 dnsConfig.searches[0]"],
        ),
        ("dnsConfig: {searches: [., a_b.c., d]}", []),
        ("dnsConfig: {searches: [A]}", ["DS199 dnsConfig.searches[0]"]),
        ("dnsConfig: {options: [{name: ndots, value: '1'}]}", []),
        ("dnsConfig: {options: [{value: '1'}]}", ["DS199 dnsConfig.options[0]"]),
        ("hostAliases: [{ip: 10.0.0.1, hostnames: [a.b]}]", []),
        ("hostAliases: [{ip: x, hostnames: [A]}]", ["ip", "hostnames[0]"]),
        ("hostAliases: [{ip: 010.0.0.1}]", ["ip"]),
    ],
)
def test_dns(said, pod, expected):
    found = said("dns", pod)
    if "hostAliases" in pod:
        expected = [f"DS199 hostAliases[0].{one}" for one in expected]
    assert found == expected


def test_dns_of_old_versions(said):
    assert said("dns", "hostAliases: [{ip: 010.0.0.1}]", version="1.35") == []
    assert said("dns", "dnsConfig: {searches: [a_b]}", version="1.32") == [
        "DS199 dnsConfig.searches[0]"
    ]


@pytest.mark.parametrize(
    ("pod", "expected"),
    [
        ("os: null", []),
        ("{os: {name: linux}, securityContext: {runAsUser: 1}}", []),
        ("os: {name: ''}", ["DS130 os.name"]),
        ("os: {name: Linux}", ["DS130 os"]),
        ("os: {name: 5}", []),
        (
            "{os: {name: linux}, securityContext: {windowsOptions: {}}}",
            ["DS130 securityContext.windowsOptions"],
        ),
        (
            "{os: {name: windows}, hostPID: true, hostUsers: false, hostIPC: false}",
            ["DS130 hostUsers", "DS130 hostPID"],
        ),
        ("{os: {name: windows}, securityContext: {sysctls: []}}", []),
        (
            "{os: {name: windows}, securityContext: {runAsUser: 1, sysctls: [{}]}}",
            ["DS130 securityContext.sysctls", "DS130 securityContext.runAsUser"],
        ),
        (
            "{os: {name: windows}, containers: [{securityContext: {privileged: false}}]}",
            ["DS130 containers[0].securityContext.privileged"],
        ),
        (
            "{os: {name: linux}, initContainers: [{securityContext: {windowsOptions: {}}}]}",
            ["DS130 initContainers[0].securityContext.windowsOptions"],
        ),
    ],
)
def test_operating_system(said, pod, expected):
    assert said("operating_system", pod) == expected


@pytest.mark.parametrize(
    ("kind", "pod", "expected"),
    [
        ("Pod", "restartPolicy: Never", []),
        ("Pod", "restartPolicy: never", ["DS125 restartPolicy"]),
        ("Pod", "{}", []),
        ("DaemonSet", "{}", []),
        ("DaemonSet", "restartPolicy: ''", []),
        ("DaemonSet", "restartPolicy: OnFailure", ["DS125 restartPolicy"]),
        ("Job", "restartPolicy: OnFailure", []),
        ("Job", "{}", ["DS125 restartPolicy"]),
        ("Job", "restartPolicy: Always", ["DS125 restartPolicy"]),
        ("Job", "restartPolicy: onfailure", ["DS125 restartPolicy"]),
        ("Job", "restartPolicy: 5", []),
        ("DaemonSet", "activeDeadlineSeconds: 1", ["DS126 activeDeadlineSeconds"]),
        ("StatefulSet", "activeDeadlineSeconds: 1", ["DS126 activeDeadlineSeconds"]),
        ("Pod", "activeDeadlineSeconds: 1", []),
        ("Pod", "activeDeadlineSeconds: 0", ["DS199 activeDeadlineSeconds"]),
        ("Pod", "activeDeadlineSeconds: 2147483648", ["DS199 activeDeadlineSeconds"]),
        ("Pod", "preemptionPolicy: Never", []),
        ("Pod", "preemptionPolicy: never", ["DS199 preemptionPolicy"]),
        ("Pod", "preemptionPolicy: ''", ["DS199 preemptionPolicy"]),
    ],
)
def test_restart_policy(said, kind, pod, expected):
    assert said("restart_policy", pod, kind=kind) == expected


def test_a_failure_policy_needs_never(said):
    policy = {"podFailurePolicy": {"rules": []}}
    pod = "restartPolicy: OnFailure"
    assert said(
        "restart_policy", pod, "Job", template={"spec": {"restartPolicy": "OnFailure"}}, **policy
    ) == ["DS125 restartPolicy"]
    assert (
        said(
            "restart_policy",
            pod,
            "Job",
            "1.25",
            template={"spec": {"restartPolicy": "OnFailure"}},
            **policy,
        )
        == []
    )
