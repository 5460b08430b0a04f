"""Requests, limits, claims and resize policies that the API server refuses."""

import pytest

CONTAINER = "containers[0].resources"


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ("{}", []),
        ("{limits: {cpu: 1, memory: 1Gi, ephemeral-storage: 1G}}", []),
        ("{requests: {cpu: 0.5}}", []),
        ("{limits: {cpu: 1}, requests: {cpu: 1000m}}", []),
        ("{limits: {cpu: 1}, requests: {cpu: 2}}", ["DS110 .requests"]),
        ("{limits: {cpu: 1m}, requests: {cpu: 100u}}", []),
        ("{limits: {example.com/a: 1}}", []),
        ("{limits: {example.com/a: 1}, requests: {example.com/a: 1}}", []),
        ("{requests: {example.com/a: 1}}", ["DS111 .limits"]),
        ("{limits: {example.com/a: 2}, requests: {example.com/a: 1}}", ["DS111 .requests"]),
        ("{limits: {example.com/a: 500m}}", ["DS109 .limits[example.com/a]"]),
        ("{limits: {cpu: -1}}", ["DS109 .limits[cpu]"]),
        ("{limits: {cpu: 1x}}", ["DS109 .limits[cpu]"]),
        ("{limits: {cpu: ''}}", ["DS109 .limits[cpu]"]),
        ("{limits: {cpu: ' 1 '}}", []),
        ("{limits: {cpu: null, memory: true, ephemeral-storage: []}}", []),
        ("{limits: {disk: 1}}", ["DS199 .limits[disk]"]),
        ("{limits: {storage: 1}}", ["DS199 .limits[storage]"]),
        ("{limits: {requests.example.com/a: 1}}", ["DS199 .limits[requests.example.com/a]"]),
        ("{limits: {kubernetes.io/x: 1}}", []),
        ("{limits: {a/b/c: 1}}", ["DS199 .limits[a/b/c]"]),
        ("{limits: {cpu: 1, hugepages-2Mi: 4Mi}}", []),
        ("{limits: {cpu: 1, hugepages-2Mi: 3Mi}}", ["DS109 .limits[hugepages-2Mi]"]),
        ("{limits: {cpu: 1, hugepages-x: 3Mi}}", ["DS109 .limits[hugepages-x]"]),
        ("{limits: {cpu: 1, hugepages-500m: 1}}", ["DS109 .limits[hugepages-500m]"]),
        # IsHugePageResourceValueDivisible: null is 0, and a size past int64 is 0 as well
        ("{limits: {cpu: 1, hugepages-2Mi: null}}", []),
        ("{limits: {cpu: 1, hugepages-x: null}}", ["DS109 .limits[hugepages-x]"]),
        ("{limits: {cpu: 1, hugepages-10E: 1}}", ["DS109 .limits[hugepages-10E]"]),
        ("{limits: {cpu: null}, requests: {cpu: 1}}", ["DS110 .requests"]),
        ("{limits: {hugepages-2Mi: 4Mi}}", ["DS199 "]),
        ("{limits: x, requests: []}", []),
    ],
)
def test_container(said, resources, expected):
    found = said("resources", f"containers: [{{resources: {resources}}}]", kind="DaemonSet")
    assert found == [one.replace(" ", f" {CONTAINER}") for one in expected]


def test_overhead(said):
    assert said("resources", "overhead: {cpu: 1}") == []
    assert said("resources", "overhead: {hugepages-2Mi: 2Mi}") == ["DS199 overhead"]
    assert said("resources", "overhead: {cpu: -1, x: 1}") == [
        "DS109 overhead.limits[cpu]",
        "DS199 overhead.limits[x]",
    ]


@pytest.mark.parametrize(
    ("pod", "expected"),
    [
        ("resources: {limits: {cpu: 1}, requests: {cpu: 1}}", []),
        ("resources: {limits: {cpu: 1}, requests: {cpu: 2}}", ["DS110 resources.requests"]),
        ("resources: {limits: {example.com/a: 1}}", ["DS199 resources.limits[example.com/a]"]),
        ("resources: {limits: {ephemeral-storage: 1}}", ["resources.limits[ephemeral-storage]"]),
        ("resources: {limits: {'a b': 1}}", ["resources.limits[a b]"]),
        ("resources: {limits: {cpu: -1}}", ["DS109 resources.limits[cpu]"]),
        ("resources: {claims: []}", ["resources.claims"]),
        ("{os: {name: windows}, resources: {limits: {x: 1}}}", ["DS130 resources"]),
        (
            "{resources: {requests: {cpu: 1}}, containers: [{resources: {requests: {cpu: 2}}}]}",
            ["DS110 resources.requests[cpu]"],
        ),
        (
            (
                "{resources: {requests: {cpu: 2}}, initContainers: [{restartPolicy: Always,"
                " resources: {requests: {cpu: 1}}}, {resources: {requests: {cpu: 1}}}],"
                " containers: [{resources: {requests: {cpu: 1}}}]}"
            ),
            [],
        ),
        (
            (
                "{resources: {requests: {cpu: 2}}, initContainers: [{restartPolicy: Always,"
                " resources: {requests: {cpu: 1}}}, {resources: {requests: {cpu: 2}}}]}"
            ),
            ["DS110 resources.requests[cpu]"],
        ),
        (
            "{resources: {limits: {cpu: 1}}, containers: [{resources: {limits: {cpu: 2}}}]}",
            ["DS110 resources.containers[0][cpu].limits"],
        ),
        (
            (
                "{resources: {limits: {cpu: 1, hugepages-2Mi: 2Mi}}, containers: ["
                "{resources: {limits: {hugepages-2Mi: 2Mi}}},"
                " {resources: {limits: {hugepages-2Mi: 2Mi}}}]}"
            ),
            ["DS110 resources.limits[hugepages-2Mi]"],
        ),
    ],
)
def test_pod(said, pod, expected):
    expected = [one if one.startswith("DS") else f"DS199 {one}" for one in expected]
    assert said("pod_resources", pod, kind="DaemonSet") == expected
    assert said("pod_resources", pod, kind="DaemonSet", version="1.33") == []


@pytest.mark.parametrize(
    ("kind", "expected"), [("Pod", ["DS110 resources.requests"]), ("DaemonSet", [])]
)
def test_a_pod_gets_the_requests_of_its_containers(said, kind, expected):
    pod = (
        "{resources: {limits: {cpu: 3}}, containers: [{resources: {limits: {cpu: 2}}},"
        " {resources: {limits: {cpu: 2, hugepages-2Mi: 2Mi}}}]}"
    )
    assert said("pod_resources", pod, kind=kind) == expected


HUGE = "containers: [{resources: {limits: {cpu: 1, hugepages-2Mi: 2Mi}}}]"
TINY = "containers: [{resources: {requests: {cpu: 100n}}}, {resources: {requests: {cpu: 100n}}}]"


@pytest.mark.parametrize(
    ("pod", "expected"),
    [
        # defaultHugePagePodLimits: the containers' limits, but not where the pod has a request
        (f"{{resources: {{requests: {{cpu: 1}}}}, {HUGE}}}", []),
        (
            f"{{resources: {{requests: {{cpu: 1, hugepages-2Mi: 2Mi}}}}, {HUGE}}}",
            ["DS111 resources.limits"],
        ),
        # defaultPodRequests sums before SetDefaults_ResourceList rounds: 200n become 1m, not 2m
        (f"{{resources: {{limits: {{cpu: 1}}}}, {TINY}}}", ["DS110 resources.requests[cpu]"]),
        (
            f"{{resources: {{limits: {{cpu: x, memory: null}}}}, {HUGE}}}",
            ["DS109 resources.limits[cpu]"],
        ),
    ],
)
def test_the_defaults_of_a_pod(said, pod, expected):
    assert said("pod_resources", pod, kind="Pod") == expected


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ("[{name: a, resourceClaimName: b}]", []),
        ("[{name: a}]", ["[0]"]),
        ("[{name: a, resourceClaimName: b, resourceClaimTemplateName: c}]", ["[0]"]),
        ("[{resourceClaimName: b}]", ["[0].name"]),
        ("[{name: A, resourceClaimName: b}]", ["[0].name"]),
        (
            "[{name: a, resourceClaimName: b}, {name: a, resourceClaimTemplateName: B}]",
            ["[1].name", "[1].resourceClaimTemplateName"],
        ),
    ],
)
def test_claims_of_the_pod(said, claims, expected):
    found = said("resource_claims", f"resourceClaims: {claims}")
    assert found == [f"DS199 resourceClaims{one}" for one in expected]
    assert said("resource_claims", f"resourceClaims: {claims}", version="1.33") == []


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        ("[{name: c}]", []),
        ("[{name: c, request: a}, {name: c, request: b}]", []),
        ("[{name: x}]", ["[0]"]),
        ("[{}]", ["[0]"]),
        ("[{name: c}, {name: c}]", ["[1]"]),
        ("[{name: c}, {name: c, request: A}]", ["[1]"]),
        ("[{name: c, request: a}, {name: c, request: a}]", ["[1]"]),
        ("[{name: c, request: a}, {name: c}]", ["[1]"]),
        ("[{name: c, request: A}]", ["[0].request"]),
    ],
)
def test_claims_of_a_container(said, used, expected):
    pod = (
        "{resourceClaims: [{name: c, resourceClaimName: b}],"
        f" containers: [{{resources: {{claims: {used}}}}}]}}"
    )
    found = said("resource_claims", pod)
    assert found == [f"DS199 containers[0].resources.claims{one}" for one in expected]


@pytest.mark.parametrize(
    ("container", "expected"),
    [
        ("[{resourceName: cpu, restartPolicy: NotRequired}]", []),
        ("[{resourceName: disk, restartPolicy: NotRequired}]", [""]),
        ("[{resourceName: cpu, restartPolicy: restartContainer}]", [""]),
        ("[{resourceName: cpu}]", [""]),
        (
            (
                "[{resourceName: cpu, restartPolicy: NotRequired},"
                " {resourceName: cpu, restartPolicy: NotRequired}]"
            ),
            ["[1]"],
        ),
    ],
)
def test_resize_policy(said, container, expected):
    pod = f"containers: [{{resizePolicy: {container}}}]"
    found = said("resize_policy", pod)
    assert found == [f"DS199 containers[0].resizePolicy{one}" for one in expected]
    assert said("resize_policy", pod, version="1.32") == []


RESTART = "resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]"


def test_resize_policy_of_pods_and_containers_that_end(said):
    assert said("resize_policy", f"{{restartPolicy: Never, containers: [{{{RESTART}}}]}}") == [
        "DS199 containers[0].resizePolicy"
    ]
    assert said("resize_policy", f"initContainers: [{{{RESTART}}}]") == [
        "DS199 initContainers[0].resizePolicy[0].restartPolicy"
    ]
    assert said("resize_policy", f"initContainers: [{{restartPolicy: Always, {RESTART}}}]") == []
