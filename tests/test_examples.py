"""Rules that prove nothing are refused, with the place of the example."""

import json

import pytest

from dslint import examples, rulebook
from dslint.model import InputError
from dslint.workloads import POD_PATHS

RULE = """\
id: ACME1
name: no-host-network
severity: warning
summary: A pod on the host's network.
why: its ports are the node's.
each: pod
holds: {not: {required: [hostNetwork]}}
at: hostNetwork
fix: remove it
"""


def load(folder, good, bad, more=""):
    (folder / "own.yaml").write_text(
        f"{RULE}{more}good: [{json.dumps(good)}]\nbad: [{json.dumps(bad)}]\n"
    )
    return examples.load([folder])


@pytest.mark.parametrize("kind", POD_PATHS)
def test_keys_of_a_pod_spec_are_put_into_every_kind(kind, tmp_path):
    book = load(tmp_path, "nodeName: a", "hostNetwork: true # here", f"kinds: [{kind}]\n")
    rule = book.rules["ACME1"]
    alone = rulebook.choose(book, ["DS1"])
    for example in examples.of(rule):
        documents = examples.source.read(example.text, "-")
        assert examples.linter.judge(documents, alone, examples.target.of("1.36")) == []


@pytest.mark.parametrize(
    ("good", "bad", "what", "line"),
    [
        ("hostNetwork: true", "hostNetwork: true # here", "finds something in this good", 10),
        ("nodeName: a", "nodeName: a # here", "finds nothing in this bad", 11),
        ("nodeName: a", "nodeName: a # here\nhostNetwork: true", "'hostNetwork: true'", 11),
    ],
)
def test_what_proves_nothing_is_refused(tmp_path, good, bad, what, line):
    with pytest.raises(InputError, match=what) as error:
        load(tmp_path, good, bad)
    assert error.value.where == f"{tmp_path / 'own.yaml'}:{line}:{8 if line == 10 else 7}"


def test_a_whole_document_stays_as_it_is(tmp_path):
    book = load(
        tmp_path,
        "{kind: Pod, apiVersion: v1}",
        "{apiVersion: v1, kind: Pod, spec: {hostNetwork: true}} # here",
    )
    texts = [example.text for example in examples.of(book.rules["ACME1"])]
    assert texts[0] == "{kind: Pod, apiVersion: v1}"
