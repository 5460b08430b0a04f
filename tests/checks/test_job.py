"""Jobs, their policies and the schedules of CronJobs that the API server refuses."""

import pytest
import yaml

from dslint.checks import cron_job
from dslint.target import Target
from dslint.workloads import Workload

INDEXED = "completionMode: Indexed, completions: 5"
MANY = "completionMode: Indexed, completions: 100001, backoffLimitPerIndex: 1"
CODES = "onExitCodes: {operator: In, values: [1]}"


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("{}", []),
        ("{parallelism: 0, completions: 0, backoffLimit: 0}", []),
        ("{parallelism: -1}", ["DS199 spec.parallelism"]),
        ("{ttlSecondsAfterFinished: -1}", ["DS199 spec.ttlSecondsAfterFinished"]),
        ("{completionMode: indexed}", ["DS199 spec.completionMode"]),
        ("{completionMode: Indexed}", []),
        ("{completionMode: Indexed, parallelism: 1}", ["DS199 spec.completions"]),
        (f"{{{INDEXED}, parallelism: 100001}}", ["DS199 spec.parallelism"]),
        (f"{{{INDEXED}, backoffLimitPerIndex: 1, maxFailedIndexes: 5}}", []),
        (
            f"{{{INDEXED}, backoffLimitPerIndex: 1, maxFailedIndexes: 6}}",
            ["DS199 spec.maxFailedIndexes"],
        ),
        (
            (
                "{completionMode: Indexed, completions: 0, backoffLimitPerIndex: 1,"
                " maxFailedIndexes: 1}"
            ),
            ["DS199 spec.maxFailedIndexes"],
        ),
        (f"{{{INDEXED}, maxFailedIndexes: 1}}", ["DS199 spec.backoffLimitPerIndex"]),
        ("{backoffLimitPerIndex: 1}", ["DS199 spec.backoffLimitPerIndex"]),
        (f"{{{INDEXED}, backoffLimitPerIndex: -1}}", ["DS199 spec.backoffLimitPerIndex"]),
        (f"{{{MANY}}}", ["DS199 spec.maxFailedIndexes"]),
        (f"{{{MANY}, maxFailedIndexes: 10001}}", ["DS199 spec.maxFailedIndexes"]),
        (f"{{{MANY}, maxFailedIndexes: 1, parallelism: 10001}}", ["DS199 spec.parallelism"]),
        ("{managedBy: acme.io/x}", []),
        ("{managedBy: acme}", ["DS199 spec.managedBy"]),
        (f"{{managedBy: acme.io/{'x' * 60}}}", ["DS199 spec.managedBy"]),
        ("{podReplacementPolicy: Failed}", []),
        ("{podReplacementPolicy: failed}", ["DS199 spec.podReplacementPolicy"]),
        (
            "{podReplacementPolicy: TerminatingOrFailed, podFailurePolicy: {}}",
            ["DS199 spec.podReplacementPolicy"],
        ),
    ],
)
def test_job(refused, spec, expected):
    assert refused("job", f"{{kind: Job, metadata: {{name: a}}, spec: {spec}}}") == expected


def test_indexed_pods_have_host_names(refused):
    text = f"{{kind: Job, metadata: {{name: {'a' * 62}}}, spec: {{{INDEXED}}}}}"
    assert refused("job", text) == ["DS106 metadata.name"]


@pytest.mark.parametrize(
    ("prefix", "completions", "fine"),
    [("a-", 1, True), ("a.b-", 1, False), ("a" * 56, 11, False), ("a" * 56, 10, True)],
)
def test_so_have_those_of_a_generated_name(refused, prefix, completions, fine):
    spec = f"{{completionMode: Indexed, completions: {completions}}}"
    text = f"{{kind: Job, metadata: {{generateName: {prefix}}}, spec: {spec}}}"
    assert refused("job", text) == ([] if fine else ["DS106 metadata.name"])


def test_fields_without_their_gate_are_dropped(refused):
    spec = "{managedBy: x, podReplacementPolicy: x, maxFailedIndexes: 1, podFailurePolicy: {}}"
    assert refused("job", f"{{kind: Job, metadata: {{name: a}}, spec: {spec}}}", "1.27") == []


@pytest.mark.parametrize(
    ("check", "given", "version", "gate", "field"),
    [
        ("job", "managedBy: x", "1.34", "JobManagedBy", "managedBy"),
        ("job", "podReplacementPolicy: x", "1.28", "", "podReplacementPolicy"),
        ("job", "backoffLimitPerIndex: 1", "1.28", "", "backoffLimitPerIndex"),
        ("job_policies", "successPolicy: {}", "1.30", "", "successPolicy"),
        (
            "job_policies",
            f"podFailurePolicy: {{rules: [{{action: FailIndex, {CODES}}}]}}",
            "1.34",
            "JobBackoffLimitPerIndex",
            "podFailurePolicy.rules[0].action",
        ),
    ],
)
def test_only_a_job_has_its_fields_dropped(refused, check, given, version, gate, field):
    """PrepareForCreate of pkg/registry/batch/{job,cronjob}/strategy.go."""
    gates = {gate: False} if gate else {}
    job = f"{{kind: Job, metadata: {{name: a}}, spec: {{{given}}}}}"
    assert refused(check, job, version, gates) == []
    whole = f"{{kind: CronJob, spec: {{jobTemplate: {{spec: {{{given}}}}}}}}}"
    expected = [f"DS199 spec.jobTemplate.spec.{field}"]
    assert refused(check, whole, version, gates) == expected


@pytest.mark.parametrize("status", ["null", "''"])
@pytest.mark.parametrize("version", ["1.33", "1.34"])
def test_conditions_of_a_cron_job_have_a_default_status_since_1_34(refused, status, version):
    """SetObjectDefaults_CronJob of pkg/apis/batch/v1/zz_generated.defaults.go."""
    rule = f"{{action: Count, onPodConditions: [{{type: A, status: {status}}}]}}"
    policy = f"podFailurePolicy: {{rules: [{rule}]}}"
    field = "podFailurePolicy.rules[0].onPodConditions[0].status"
    job = f"{{kind: Job, spec: {{{policy}}}}}"
    assert refused("job_policies", job, version) == []
    whole = f"{{kind: CronJob, spec: {{jobTemplate: {{spec: {{{policy}}}}}}}}}"
    expected = [f"DS199 spec.jobTemplate.spec.{field}"] if version == "1.33" else []
    assert refused("job_policies", whole, version) == expected


def test_jobs_of_a_cron_job(refused):
    spec = "{jobTemplate: {spec: {backoffLimit: -1, completionMode: Indexed}}}"
    start = "DS199 spec.jobTemplate.spec."
    assert refused("job", f"{{kind: CronJob, spec: {spec}}}") == [
        f"{start}backoffLimit",
        f"{start}completions",
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (f"{{action: FailJob, {CODES}}}", []),
        ("{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}", []),
        (f"{{{CODES}}}", []),
        (f"{{action: Fail, {CODES}}}", [".action"]),
        (f"{{action: FailIndex, {CODES}}}", [".action"]),
        ("{action: Count}", [""]),
        (f"{{action: Count, {CODES}, onPodConditions: [{{type: a}}]}}", [""]),
        (
            "{action: Count, onPodConditions: [{type: a b, status: x}]}",
            [".onPodConditions[0].type", ".onPodConditions[0].status"],
        ),
        (
            "{action: Count, onExitCodes: {operator: in, values: []}}",
            [".onExitCodes.operator", ".onExitCodes.values"],
        ),
        ("{action: Count, onExitCodes: {values: [1]}}", [".onExitCodes.operator"]),
        (
            "{action: Count, onExitCodes: {operator: In, values: [0, 2, 2, 1]}}",
            [".onExitCodes.values[0]", ".onExitCodes.values[2]", ".onExitCodes.values"],
        ),
        (
            "{action: Count, onExitCodes: {operator: In, values: [1], containerName: b}}",
            [".onExitCodes.containerName"],
        ),
        ("{action: Count, onExitCodes: {operator: In, values: [1], containerName: a}}", []),
        (
            f"{{action: Count, onExitCodes: {{operator: NotIn, values: {list(range(256))}}}}}",
            [".onExitCodes.values"],
        ),
    ],
)
def test_failure_policy(refused, rule, expected):
    pod = "template: {spec: {containers: [{name: a}]}}"
    text = f"{{kind: Job, spec: {{podFailurePolicy: {{rules: [{rule}]}}, {pod}}}}}"
    start = "DS199 spec.podFailurePolicy.rules[0]"
    assert refused("job_policies", text) == [start + one for one in expected]


def test_failure_policy_has_at_most_twenty_rules(refused):
    rules = ", ".join([f"{{action: Count, {CODES}}}"] * 21)
    text = f"{{kind: Job, spec: {{podFailurePolicy: {{rules: [{rules}]}}}}}}"
    assert refused("job_policies", text) == ["DS199 spec.podFailurePolicy.rules"]
    assert refused("job_policies", text, "1.25") == []


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("{succeededCount: 5}", []),
        ("{succeededCount: 6}", [".succeededCount"]),
        ("{succeededCount: -1}", [".succeededCount"]),
        ("{}", [""]),
        ("{succeededIndexes: '0,2-4'}", []),
        ("{succeededIndexes: ''}", []),
        ("{succeededIndexes: '0,2-4', succeededCount: 4}", []),
        ("{succeededIndexes: '0,2', succeededCount: 3}", [".succeededCount"]),
        ("{succeededIndexes: '5'}", [".succeededIndexes"]),
        ("{succeededIndexes: '1,0'}", [".succeededIndexes"]),
        ("{succeededIndexes: '2-2'}", [".succeededIndexes"]),
        ("{succeededIndexes: '1-2-3'}", [".succeededIndexes"]),
        ("{succeededIndexes: a}", [".succeededIndexes"]),
        ("{succeededIndexes: '+1,002'}", []),
        (f"{{succeededIndexes: '{'9' * 5_000}'}}", [".succeededIndexes"]),
        (f"{{succeededIndexes: '{'0,' * 40_000}'}}", [".succeededIndexes"] * 2),
    ],
)
def test_success_policy(refused, rule, expected):
    text = f"{{kind: Job, spec: {{{INDEXED}, successPolicy: {{rules: [{rule}]}}}}}}"
    start = "DS199 spec.successPolicy.rules[0]"
    assert refused("job_policies", text) == [start + one for one in expected]


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("{successPolicy: {rules: [{succeededCount: 1}]}}", ["DS199 spec.successPolicy"]),
        (f"{{{INDEXED}, successPolicy: {{}}}}", ["DS199 spec.successPolicy.rules"]),
        (
            (
                "{completionMode: Indexed, parallelism: 1,"
                " successPolicy: {rules: [{succeededCount: 9}]}}"
            ),
            [],
        ),
    ],
)
def test_success_policy_as_a_whole(refused, spec, expected):
    assert refused("job_policies", f"{{kind: Job, spec: {spec}}}") == expected
    assert refused("job_policies", f"{{kind: Job, spec: {spec}}}", "1.30") == []


@pytest.mark.parametrize(
    "schedule",
    [
        "* * * * *",
        "*/5 0-23 1,15 JAN-mar sun",
        "0 0 ? * 1-5/2",
        "5/10 * * * *",
        "@daily",
        "@every 1h30m",
        "TZ=UTC * * * * *",
        "TZ=Local * * * * *",
        "CRON_TZ=  @daily\t",
        " 0 0 * * 0 ",
        "@every 2562047h47m16.854775807s",
        "@every .5s",
        "*-5-9 +1 1,,2 * *",
        "00000000000000000000005 * * * *",
        "@every -9223372036854775808ns",
        "0\x0b0\xa0* \u2003*\u3000*",
    ],
)
def test_schedule(schedule):
    """ParseStandard of robfig/cron v3.0.1, on strings.Fields and time.ParseDuration of Go."""
    assert cron_job.schedule_fault(schedule) is None


@pytest.mark.parametrize(
    "schedule",
    [
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 7",
        "5-1 * * * *",
        "1-2-3 * * * *",
        "*/0 * * * *",
        "1/2/3 * * * *",
        "a * * * *",
        "* * * mai *",
        "1- * * * *",
        "@never",
        "@every soon",
        "@every 2562047h47m16.854775808s",
        "@every -9223372036854775809ns",
        "0\x1c0 * * *",
        "TZ=Mars/Base * * * * *",
        "CRON_TZ=UTC",
        "TZ=UTC \x1c@daily",
        "0\x1f0 * * *",
        "@every 99999999999999999999h",
        "*/99999999999999999999 * * * *",
        f"{'1' * 5_000} * * * *",
        "*/-1 * * * *",
        "",
    ],
)
def test_bad_schedule(schedule):
    assert cron_job.schedule_fault(schedule)


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("{schedule: '@daily', timeZone: Europe/Rome, concurrencyPolicy: Forbid}", []),
        ("{schedule: ''}", ["DS199 spec.schedule"]),
        ("{schedule: '* *'}", ["DS199 spec.schedule"]),
        ("{schedule: 'TZ=UTC * * * * *'}", ["DS199 spec.schedule"]),
        ("{schedule: 5}", []),
        ("{schedule: '@daily', timeZone: ''}", ["DS199 spec.timeZone"]),
        ("{schedule: '@daily', timeZone: Mars/Base}", ["DS199 spec.timeZone"]),
        ("{schedule: '@daily', timeZone: ../UTC}", ["DS199 spec.timeZone"]),
        ("{schedule: '@daily', timeZone: local}", ["DS199 spec.timeZone"]),
        ("{schedule: '@daily', timeZone: US/Eastern}", []),
        ("{schedule: '@daily', timeZone: Etc/GMT+5}", []),
        ("{schedule: '@daily', timeZone: America}", ["DS199 spec.timeZone"]),
        ("{schedule: '@daily', timeZone: utc}", ["DS199 spec.timeZone"]),
        ("{schedule: '@daily', concurrencyPolicy: forbid}", ["DS199 spec.concurrencyPolicy"]),
        (
            "{schedule: '@daily', failedJobsHistoryLimit: -1}",
            ["DS199 spec.failedJobsHistoryLimit"],
        ),
    ],
)
def test_cron_job(refused, spec, expected):
    assert refused("cron_job", f"{{kind: CronJob, spec: {spec}}}") == expected


def test_zones_in_schedules_of_old_versions(refused):
    text = "{kind: CronJob, spec: {schedule: 'TZ=UTC * * * * *'}}"
    assert refused("cron_job", text, "1.28") == []


def test_other_kinds_have_no_schedule(refused):
    assert refused("cron_job", "{kind: Job, spec: {schedule: x}}") == []


@pytest.mark.parametrize(("known", "fault"), [(set(), "unknown time zone"), ({"A/Newer"}, None)])
def test_zones_do_not_depend_on_the_machine(monkeypatch, known, fault):
    """Those that time/tzdata of Go has, and those that are new and known here."""

    def found(name):
        if name not in known:
            raise KeyError(name)

    monkeypatch.setattr("zoneinfo.ZoneInfo", found)
    text = "{kind: CronJob, spec: {schedule: '@daily', timeZone: %s}}"
    workload = Workload.from_object(yaml.safe_load(text % "America/Montreal"))
    assert not list(cron_job.complaints(workload, Target()))
    workload = Workload.from_object(yaml.safe_load(text % "A/Newer"))
    said = [one.what for one in cron_job.complaints(workload, Target())]
    assert said == ([f'timeZone "A/Newer": {fault}'] if fault else [])
