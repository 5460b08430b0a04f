"""Rule files that cannot be used say where, what, and the nearest right name."""

import json
import textwrap

import pytest

from dslint import rule_shape, rulefile, sites, source
from dslint.model import InputError

RULE = {
    "id": "ACME1",
    "name": "a-rule",
    "severity": "warning",
    "summary": "A sentence.",
    "why": "A reason.",
    "fix": "A repair.",
    "each": "toleration",
    "holds": {"required": ["key"]},
    "good": ["tolerations: [{key: a}]"],
    "bad": ["tolerations: [{}]  # here"],
}


def parse(data, known=None):
    text = data if isinstance(data, str) else json.dumps(data, indent=1)
    return rulefile.parse(source.read(text, "rule.yaml")[0], known or {})


def test_parses_a_rule():
    rule = parse({**RULE, "for": "missed_by_taint", "needs_inventory": True})
    assert (rule.id, rule.each, rule.holds) == ("ACME1", ("toleration",), {"required": ["key"]})
    assert (rule.items, rule.source) == ("missed_by_taint", "rule.yaml:2")


def test_a_rule_that_is_judged_in_python_needs_no_holds():
    judged = {key: RULE[key] for key in ("id", "name", "severity", "summary", "why", "fix")}
    rule = parse({**judged, "judged": "schema", "rejected": True, "good": ["a"], "bad": ["b"]})
    assert (rule.judged, rule.holds, rule.rejected) == ("schema", None, True)


WRONG = {
    "an unknown key": ({"severty": "info"}, "there is no key severty", "did you mean severity?"),
    "an unknown site": ({"each": "tolleration"}, "there is no site tolleration", "toleration"),
    "an unknown severity": ({"severity": "fatal"}, "no severity fatal", "error, info, warning"),
    "an unknown kind": ({"kinds": ["Daemonset"]}, "no kind of workload Daemonset", "DaemonSet"),
    "an unknown fact": ({"facts": {"alowed": True}}, "there is no fact alowed", "allowed?"),
    "an unknown fact as for": ({"for": "misd_by_taint"}, "no fact misd_by_taint", "missed_by"),
    "an unknown fact as edit": (
        {"edit": {"fact": "name_pach"}},
        "no fact name_pach",
        "name_patch",
    ),
    "an unknown keyword": (
        {"holds": {"allOf": [{"properties": {"key": {"minlength": 1}}}]}},
        "there is no keyword minlength",
        "did you mean minLength?",
    ),
    "an unknown keyword of a raise": (
        {"raise": [{"severity": "info", "where": {"pod": {"requird": []}}}]},
        "there is no keyword requird",
        "required",
    ),
    "no schema": (
        {"holds": {"type": "sting"}},
        'holds is no JSON Schema: "sting" is not one of',
        "did you mean string?",
    ),
    "a schema of a wrong type": ({"holds": {"required": "a"}}, "is no JSON Schema", "2020-12"),
    "a pattern that needs to look back": (
        {"holds": {"pattern": "(?=a)"}},
        "is no JSON Schema",
        "",
    ),
    "an unknown part of a message": ({"message": "{slf.key}"}, "no part of a message slf", "self"),
    "a fact that nobody asked for": (
        {"message": "{facts.allowed}"},
        "that this rule asks for",
        "ask for it: facts: {allowed: true}",
    ),
    "a fact like one that was asked for": (
        {"facts": {"allowed": True}, "message": "{facts.alowed}"},
        "that this rule asks for",
        "did you mean allowed?",
    ),
    "a brace that nobody closes": (
        {"message": "no {self.key"},
        "the brace before self.key is not closed",
        "write {self.key}",
    ),
    "a part of a workload": (
        {"message": "{workload.metadata}"},
        "there is no part of workload metadata",
        "use one of kind, name, namespace",
    ),
    "a part like one of a workload": (
        {"fix": "of {workload.nam}"},
        "there is no part of workload nam",
        "did you mean name?",
    ),
    "a part of a part of a workload": (
        {"raise": [{"message": "{workload.name.first}"}]},
        "there is no part of workload name.first",
        "name",
    ),
    "a part of the version": (
        {"message": "{kubernetes.minor}"},
        "there is no kubernetes.minor",
        "write {kubernetes}",
    ),
    "an item without for": (
        {"message": "{item.taint}"},
        "there is no item.taint: the rule has no `for`",
        "for: FACT",
    ),
    "a part of an edit": (
        {"edit": [{"op": "add", "path": "/key", "value": {"a": ["{slf.key}"]}}]},
        "no part of a message slf",
        "did you mean self?",
    ),
    "a setting of a message": (
        {"message": "{settings.dais}", "settings": {"days": 1}, "fix": "{settings.days}"},
        "this rule has no setting dais",
        "did you mean days?",
    ),
    "a setting of a message without any": (
        {"message": "{settings.days}"},
        "this rule has no setting days",
        "give its default: settings: {days: ...}",
    ),
    "a setting that no fact reads": (
        {"facts": {"allowed": {"const": True}}, "settings": {"alow": []}},
        "nothing reads the setting alow",
        "did you mean allow?",
    ),
    "a setting of another fact": (
        {"facts": {"allowed": {"const": True}}, "settings": {"days": 90}},
        "nothing reads the setting days",
        "remove it; read are allow",
    ),
    "a setting without a fact": (
        {"settings": {"allow": []}},
        "nothing reads the setting allow",
        "remove it; this rule reads none",
    ),
    "a setting of an example": (
        {
            "facts": {"allowed": {"const": True}},
            "settings": {"allow": []},
            "good": [{"manifest": "a: b", "settings": {"alow": ["a"]}}],
        },
        "this rule has no setting alow",
        "did you mean allow?",
    ),
    "a severity": ({"severity": "warn"}, "there is no severity warn", "did you mean warning?"),
    "a severity of a raise": (
        {"raise": [{"severity": "eror"}]},
        "there is no severity eror",
        "did you mean error?",
    ),
    "a key of where": ({"where": {"workloads": {}}}, "no key workloads", "did you mean workload?"),
    "a key of an example": (
        {"good": [{"manifest": "a: b", "node": []}]},
        "there is no key node",
        "did you mean nodes?",
    ),
    "an operation": (
        {"edit": [{"op": "remov", "path": "/key"}]},
        "there is no op remov",
        "did you mean remove?",
    ),
    "a raise of nothing": ({"raise": [{}]}, "there is no severity in raise[0]", "add severity"),
    "an id of small letters": ({"id": "acme"}, 'id: "acme" does not match', "then digits"),
    "no list": ({"references": "https://a"}, 'references: "https://a" is no list', ""),
    "a version to come": ({"since": "1.99"}, "there is no Kubernetes 1.99 yet", "1.25 to 1.37"),
    "no mark in bad": ({"bad": ["a: b"]}, "says nowhere `# here`", "end the line"),
    "no good": ({"good": []}, "good: ", ""),
    "a site without inventory": ({"each": "placement"}, "needs an inventory", "needs_inventory"),
    "a fact without inventory": (
        {"facts": {"unknown_label": True}},
        "the fact unknown_label needs an inventory",
        "needs_inventory",
    ),
    "judged twice": ({"judged": "schema"}, "or in Python", ""),
    "a version that is a number": ({"since": 1.3}, "since: 1.3 is no string", "in quotes"),
}


READ = {
    "by a fact": {"facts": {"allowed": {"const": True}}, "settings": {"allow": []}},
    "by the fact of a raise": {
        "raise": [{"message": "a", "facts": {"allowed": {"const": True}}}],
        "settings": {"allow": []},
    },
    "by items": {"for": "missed_by_taint", "needs_inventory": True, "settings": {"expected": []}},
    "by a message": {"message": "after {settings.days} days", "settings": {"days": 1}},
    "by an example": {
        "facts": {"allowed": {"const": True}},
        "settings": {"allow": []},
        "good": [{"manifest": "a: b", "settings": {"allow": ["a"]}}],
    },
}


@pytest.mark.parametrize("change", READ.values(), ids=READ)
def test_a_setting_that_is_read(change):
    assert parse({**RULE, **change}).settings == change["settings"]


@pytest.mark.parametrize("part", ["kind", "namespace", "name"])
def test_a_message_may_name_the_workload(part):
    message = f"{{workload.{part}}} {{pod.a.b}} {{self.c.d}} {{kubernetes}} {{workload}}"
    assert parse({**RULE, "message": message}).message == message


@pytest.mark.parametrize(("change", "what", "fix"), WRONG.values(), ids=WRONG)
def test_refuses(change, what, fix):
    with pytest.raises(InputError) as error:
        parse({**RULE, **change})
    assert what in error.value.what
    assert fix in error.value.fix
    file, line, column = error.value.where.split(":")
    assert (file, int(line) > 0, int(column) > 0) == ("rule.yaml", True, True)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        pytest.param("- a", "a map of keys", id="a list"),
        pytest.param("a: [", "", id="broken"),
        pytest.param({**RULE, "id": None}, "id: ", id="no id"),
        pytest.param(
            {k: v for k, v in RULE.items() if k != "why"}, "there is no why", id="no why"
        ),
        pytest.param({k: v for k, v in RULE.items() if k != "each"}, "no each", id="no each"),
        pytest.param({k: v for k, v in RULE.items() if k != "holds"}, "judged by", id="no holds"),
    ],
)
def test_refuses_what_is_no_rule(data, what):
    with pytest.raises(InputError, match=r"(?s).*") as error:
        parse(data)
    assert what in error.value.what


def test_points_at_the_line_of_the_wrong_key():
    text = textwrap.dedent("""\
        id: ACME1
        name: a
        severity: info
        summary: a
        why: a
        fix: a
        each: toleration
        holds:
          propertis: {}
        good: ["a: b"]
        bad: ["a: b # here"]
        """)
    with pytest.raises(InputError) as error:
        parse(text)
    assert error.value.where == "rule.yaml:9:3"


def test_an_id_that_exists_names_the_other():
    first = parse(RULE)
    with pytest.raises(InputError, match=r"ACME1 exists: rule\.yaml:2"):
        parse(RULE, {"ACME1": first})


def test_what_is_missing_is_described():
    with pytest.raises(InputError, match="add why: what happens if nobody changes it"):
        parse({key: value for key, value in RULE.items() if key != "why"})


def test_the_published_schema_knows_every_site():
    schema = json.loads(rule_shape.SCHEMA.read_text())
    assert tuple(schema["$defs"]["site"]["enum"]) == sites.KINDS


def test_reads_folders(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.yml").write_text(json.dumps({**RULE, "id": "ACME2"}))
    (tmp_path / "a.yaml").write_text(json.dumps(RULE))
    (tmp_path / "README.md").write_text("no rule")
    assert [rule.id for rule in rulefile.read_folder(tmp_path, {})] == ["ACME1", "ACME2"]


@pytest.mark.parametrize(
    ("name", "what"), [("missing", "is no folder"), ("empty", "no rule file")]
)
def test_a_folder_without_rules(tmp_path, name, what):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=what):
        list(rulefile.read_folder(tmp_path / name, {}))


@pytest.mark.parametrize("text", ["", "# no rule\n"])
def test_a_file_without_a_rule(tmp_path, text):
    (tmp_path / "a.yaml").write_text(text)
    with pytest.raises(InputError, match=r"a\.yaml:1:1: no rule in it"):
        list(rulefile.read_folder(tmp_path, {}))


def test_a_folder_that_may_not_be_read(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        list(rulefile.read_folder(tmp_path, {}))


def test_a_link_to_the_folder_itself_ends(tmp_path):
    (tmp_path / "a.yaml").write_text(json.dumps(RULE))
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert len(list(rulefile.read_folder(tmp_path, {}))) == 1


def test_a_file_that_cannot_be_read(tmp_path):
    (tmp_path / "a.yaml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match="cannot be read"):
        list(rulefile.read_folder(tmp_path, {}))


def test_a_file_that_never_ends(tmp_path, monkeypatch):
    monkeypatch.setattr("dslint.faults.MAX_BYTES", 1000)
    (tmp_path / "a.yaml").symlink_to("/dev/zero")
    with pytest.raises(InputError, match=r"a\.yaml: cannot be read: it has more than 1,000 bytes"):
        list(rulefile.read_folder(tmp_path, {}))
