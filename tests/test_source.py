"""Documents, their places, and what is said of text that cannot be read."""

import gc
import gzip
import json
import math
import pathlib

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from dslint import composer, dialect, faults, scalars, source

RECORDINGS = pathlib.Path(__file__).parent / "recordings"


def one(text, file="a.yaml"):
    (document,) = source.read(text, file)
    return document


def rules(document):
    return [complaint.rule for complaint in document.complaints]


DATA = [
    pytest.param("a: 1\nb: [x, {c: d}]\n", {"a": 1, "b": ["x", {"c": "d"}]}, id="block-and-flow"),
    pytest.param("a:\n- b\n-\n", {"a": ["b", None]}, id="list-not-indented"),
    pytest.param("a: |\n  x\n  y\nb: >-\n  x\n  y\n", {"a": "x\ny\n", "b": "x y"}, id="blocks"),
    pytest.param("a: 'yes'\nb: \"010\"\n", {"a": "yes", "b": "010"}, id="quoted"),
    pytest.param(
        "a: yes\nb: n\nc: ~\nd:\n", {"a": True, "b": False, "c": None, "d": None}, id="words"
    ),
    pytest.param("a: !!str 5\nb: !!int '5'\nc: !foo 5\n", {"a": "5", "b": 5, "c": "5"}, id="tags"),
    pytest.param("a: ! 5\nb: ! '5'\n", {"a": "5", "b": "5"}, id="non-specific-tag"),
    pytest.param("a: &x {b: 1}\nc: *x\n", {"a": {"b": 1}, "c": {"b": 1}}, id="alias"),
    pytest.param("&k a: 1\nb: *k\n*k : 2\n", {"a": 2, "b": "a"}, id="alias-as-key"),
    pytest.param("a: &x 1\nb: &x 2\nc: *x\n", {"a": 1, "b": 2, "c": 2}, id="anchor-again"),
    pytest.param(
        "a: &x {b: &x 1, c: *x}\nd: *x\n", {"a": {"b": 1, "c": 1}, "d": 1}, id="inner-anchor"
    ),
    pytest.param(
        "a: &x {b: 1}\nc: {<<: *x, d: 2}\n", {"a": {"b": 1}, "c": {"b": 1, "d": 2}}, id="merge"
    ),
    pytest.param("c: {<<: [{a: 1}, {b: 2}]}\n", {"c": {"b": 2, "a": 1}}, id="merge-list"),
    pytest.param("a: {'<<': {b: 1}}\n", {"a": {"<<": {"b": 1}}}, id="quoted-merge-key"),
    pytest.param("a: <<\n", {"a": "<<"}, id="merge-key-as-value"),
    pytest.param("a: {!!merge <<: {b: 1}}\n", {"a": {"<<": {"b": 1}}}, id="merge-tag-is-text"),
    pytest.param("{image: busybox:1.36}", {"image": "busybox:1.36"}, id="colon-in-flow"),
    pytest.param("[https://x]", ["https://x"], id="url-in-flow"),
    pytest.param(
        "a: b?c\nd: ['e?']\n", {"a": "b?c", "d": ["e?"]}, id="question-marks-outside-flow"
    ),
    pytest.param("{? a : b}", {"a": "b"}, id="explicit-key-in-flow"),
    pytest.param("a: 1\r\nb:\r\n  c: x\r\n", {"a": 1, "b": {"c": "x"}}, id="crlf"),
    pytest.param("\ufeffa: 1\n", {"a": 1}, id="bom"),
    pytest.param("a: 1\n\ufeffb: 2\n", {"a": 1, "\ufffdb": 2}, id="a bom that is text"),
    pytest.param("a: käse\n".encode("utf-16"), {"a": "käse"}, id="utf-16"),
    pytest.param("%YAML 1.1\n---\na: 1\n...\n", {"a": 1}, id="directive-1.1"),
    pytest.param(
        '{"a": [1, 2.5, true, null, "x\\n\\u00e9"]}',
        {"a": [1, 2.5, True, None, "x\né"]},
        id="json",
    ),
    pytest.param('\t{\n\t"a":\t1\n\t}\n\t', {"a": 1}, id="json-with-tabs"),
    pytest.param(
        '{"a": "\\/", "b": "\\ud83d\\ude00", "c": "\\ud83d"}',
        {"a": "/", "b": "😀", "c": "\ufffd"},
        id="json-escapes",
    ),
    pytest.param(
        'a: "it\\\'s" # \\\'\nb: "\\\'"\n', {"a": "it's", "b": "'"}, id="go-quote-escape"
    ),
    pytest.param("a: x\\/y\nb: '\\/'\n", {"a": "x\\/y", "b": "\\/"}, id="slash-escape-unquoted"),
    pytest.param("5", 5, id="scalar-document"),
    pytest.param(
        "a: 18446744073709551615\nb: 1e400\n",
        {"a": 18446744073709551615, "b": "1e400"},
        id="large",
    ),
]


@pytest.mark.parametrize(("text", "data"), DATA)
def test_data(text, data):
    document = one(text)
    assert json.dumps(document.data) == json.dumps(data)
    assert "DS001" not in rules(document)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("# only\n", 0),
        ("# only\n---\n# more\n", 1),
        ("---\n---\n", 2),
    ],
)
def test_document_without_content(text, count):
    documents = source.read(text, "a.yaml")
    assert [(document.data, document.complaints) for document in documents] == [(None, ())] * count


def test_stream():
    documents = source.read("# c\na: 1\n---\n\n- x\n...\n---\n   b\n", "a.yaml")
    assert [(d.data, d.line, d.column, d.index, d.file) for d in documents] == [
        ({"a": 1}, 2, 1, 0, "a.yaml"),
        (["x"], 5, 1, 1, "a.yaml"),
        ("b", 8, 4, 2, "a.yaml"),
    ]


def test_text_is_that_of_the_file():
    text = 'a: "it\\\'s"\n---\nb: 1\n'
    assert {document.text for document in source.read(text, "")} == {text.encode()}


PLACES = [
    ("a:\n  b: [x, y]\n", ("a", "b", 1), False, (2, 10)),
    ("a:\n  b: [x, y]\n", ("a", "b"), True, (2, 3)),
    ("a:\n  b: [x, y]\n", ("a", "b"), False, (2, 6)),
    ("a:\n  b: 1\n", ("a",), False, (2, 3)),
    ("a: |\n  x\n", ("a",), False, (1, 4)),
    ("a:\nb: 1\n", ("a",), False, (1, 3)),
    ("a: &x {b: 1}\nc: *x\n", ("c",), False, (2, 4)),
    ("a: &x {b: 1}\nc: *x\n", ("c", "b"), True, (1, 8)),
    ("a: &x {b: 1}\nc: {d: 2, <<: *x}\n", ("c", "b"), False, (1, 11)),
    ("a: 1\nb: 2\na: 3\n", ("a",), False, (3, 4)),
    ("a: 1\nb: 2\na: 3\n", ("b",), False, (2, 4)),
    ("on: 1\nb: 2\n", ("true",), True, (1, 1)),
    ("a: 1\r\nb:\r\n  c: 2\r\n", ("b", "c"), False, (3, 6)),
    ("ä: {ö: 😀, ü: 1}\n", ("ä", "ü"), True, (1, 11)),
    ("\ufeffa: 1\n", ("a",), True, (1, 1)),
    ('{"a":"\\ud83d\\ude00","b":1}', ("b",), True, (1, 21)),
    ("a: 1\n", ("a", "b", 0), False, (1, 4)),
]


@pytest.mark.parametrize(("text", "path", "key", "at"), PLACES)
def test_place(text, path, key, at):
    place = one(text).at(path, key)
    assert (place.line, place.column) == at


LIBYAML_ONLY = frozenset({"json-with-tabs"})  # PyYAML's own parser takes no tab as a blank

BROKEN = [
    # text, rule, line and column, a part of what is said, a part of the fix
    ("a:\n\tb: 1\n", "DS001", (2, 1), "a tab", "spaces"),
    ("a:\n  b: 1\n\tc: 2\n", "DS001", (3, 1), "a tab", "spaces"),
    ("a: |\n\tx\n", "DS001", (2, 1), "a tab", "spaces"),
    ("a: b: c\n", "DS001", (1, 5), "holds a colon", "quote"),
    ("a: b\n  c: d\n", "DS001", (2, 4), "a key and its colon", "indent"),
    ("a:\n   b: 1\n  c: 2\n", "DS001", (3, 3), "indentation", "same number of spaces"),
    ("a:\n  - b\n - c\n", "DS001", (3, 2), "indentation", "same number of spaces"),
    ("- a\nb: c\n", "DS001", (2, 1), "indentation", "same number of spaces"),
    ("a: 1\nb\nc: 2\n", "DS001", (2, 1), "neither", "colon"),
    ("a:1\nb: 2\n", "DS001", (1, 3), "no space", "space after the colon"),
    ('a: 1\nb: "x\nc: 2\n', "DS001", (2, 4), "quote that opens here", "close the quote"),
    ("a: 'x\n---\nb: 1\n", "DS001", (1, 4), "quote that opens here", "close the quote"),
    ('a: "\\d"\n', "DS001", (1, 5), "backslash", "single quotes"),
    ('a: "\\/"\n', "DS001", (1, 5), "backslash", "single quotes"),
    ('b: 1\na: ["\\\\\\/"]\n', "DS001", (2, 8), "backslash", "single quotes"),
    ('a: "\\ud83d\\ude00"\n', "DS001", (1, 7), "backslash", "single quotes"),
    ("a: [b, c\nd: e\n", "DS001", (1, 4), "bracket that opens here", "close the bracket"),
    ("a: {b: c\n", "DS001", (1, 4), "bracket that opens here", "close the bracket"),
    ("a: [\n---\nb: 1\n", "DS001", (2, 1), "still open", "close the bracket"),
    ("a: [1,\n- b\n", "DS001", (2, 1), "still open", "close the bracket"),
    ("a: [1,", "DS001", (2, 1), "still open", "close the bracket"),
    ("[::1]", "DS001", (1, 2), "between brackets", "quote"),
    ("[a?b]", "DS001", (1, 2), "question mark", "quote"),
    ("a: {b: [c?]}", "DS001", (1, 9), "question mark", "quote"),
    ("a: x?\nb: [x?]", "DS001", (2, 5), "question mark", "quote"),
    ("a: @b\n", "DS001", (1, 4), "cannot begin with @", "quote"),
    ("a: %b\n", "DS001", (1, 4), "cannot begin with %", "quote"),
    ("%FOO 1\n---\na: 1\n", "DS001", (1, 5), "directive", "remove"),
    ("{a: 1} b\n", "DS001", (1, 8), "after the end of the document", "---"),
    ("a: & b\n", "DS001", (1, 5), "anchor", "quote"),
    ("a: !<b\n", "DS001", (1, 7), "tag", "quote"),
    ("{{- if .Values.x }}\na: 1\n", "DS001", (1, 3), "template", "helm template"),
    ("a: *b\n", "DS001", (1, 4), "no anchor &b", "write &b"),
    ("a: &b 1\n---\nc: *b\n", "DS001", (3, 4), "no anchor &b", "write &b"),
    (
        "a: &b {c: *b}\n",
        "DS001",
        (1, 11),
        "inside the value of its own anchor",
        "write the value out",
    ),
    (
        "a: &b [[*b]]\n",
        "DS001",
        (1, 9),
        "inside the value of its own anchor",
        "write the value out",
    ),
    ("a: !!int b\n", "DS001", (1, 4), "is no int", "tag"),
    ("a: !!binary '%'\n", "DS001", (1, 4), "is no base64", "tag"),
    ("a: .inf\n", "DS001", (1, 4), "JSON cannot hold", "quote"),
    ("a: [-.INF, .nan]\n", "DS001", (1, 5), "JSON cannot hold", "quote"),
    ("<<: 1\n", "DS001", (1, 1), "neither", "quote the <<"),
    ("a: &x [{b: 1}]\nc: {<<: *x}\n", "DS001", (2, 5), "neither", "quote the <<"),
    ("<<: [{a: 1}, 2]\n", "DS001", (1, 1), "neither", "quote the <<"),
    ("a: \0\n", "DS001", (1, 4), "NUL byte", "\\u0000"),
    ("a: 1\nb: \x1b[0m\n", "DS001", (2, 4), "U+001B", "\\u001b"),
    ("# \x80\n", "DS001", (1, 3), "U+0080", "\\u0080"),
    (b"a: 1\n# k\xe4se\n", "DS003", (2, 4), "byte 0xe4 at offset 8", None),
    ("a: \udce4", "DS003", (1, 4), "byte 0xe4 at offset 3", None),
    ("a: \ud83d", "DS003", (1, 4), "byte 0xed at offset 3", None),
    (b"a: \xf0\x9f\x98", "DS003", (1, 4), "byte 0xf0 at offset 3", None),
    (b"\xff\xfea", "DS003", (1, 1), "byte 0xff at offset 0", None),
    ("a:\n  [b]: c\n", "DS006", (2, 3), "a list cannot be a key", None),
    ("? {a: b}\n: c\n", "DS006", (1, 3), "a map cannot be a key", None),
    ("~: a\n", "DS006", (1, 1), "null cannot be a key", None),
    ("?\n: b\n", "DS006", (1, 2), "null cannot be a key", None),
    ("18446744073709551615: a\n", "DS006", (1, 1), "beyond 64 bits", None),
    ("[" * 260 + "]" * 260, "DS010", (1, 251), "deeper than 250", "apart"),
    ("[" * 100_000, "DS010", (1, 1001), "deeper than 250", "apart"),
    ("- " * 100_000, "DS010", (1, 1999), "deeper than 250", "apart"),
    ("%YAML 1.2\n---\na: 1\n", "DS012", (1, 1), "1.1", None),
    ("%YAML 1.3\n---\na: 1\n", "DS012", (1, 1), "1.1", None),
]


@pytest.mark.parametrize(("text", "rule", "at", "what", "fix"), BROKEN)
def test_broken_document_says_where_and_what(text, rule, at, what, fix):
    documents = source.read(text, "a.yaml")
    (broken,) = [
        document for document in documents if document.complaints and document.data is None
    ]
    complaint = broken.complaints[0]
    assert (complaint.rule, complaint.mark) == (rule, at)
    assert what in complaint.what
    assert fix is None or fix in complaint.fix
    assert [said.rule for said in broken.complaints[1:]] in ([], ["DS008"])


NOTES = [
    ("a: 1\nb: 2\na: 3\n", "DS002", (3, 1), ("a",)),
    ("a: {yes: 1, true: 2}\n", "DS002", (1, 13), ("a", "true")),
    ("a: {16: 1, 0x10: 2}\n", "DS002", (1, 12), ("a", "16")),
    ("a: &x {b: 1}\nc: {<<: *x, b: 2}\n", "DS002", (2, 13), ("c", "b")),
    ("on: 1\n", "DS006", (1, 1), ("true",)),
    ("- {1.5: 1}\n", "DS006", (1, 4), (0, "1.5")),
    ("a: 010\n", "DS009", (1, 4), ("a",)),
    ("a: [1_0]\n", "DS009", (1, 5), ("a", 0)),
    ("a: 010\nb: 010\n", "DS009", (2, 4), ("b",)),
    ("a: &x 1\n", "DS011", (1, 4), ("a",)),
    ("kind: A\nb: '{{ .Values.c }}'\n", "DS008", (2, 4), ("b",)),
    (
        "kind: A\nb: [{c: |\n  x\n  y {{- toYaml .z }}\n}]\n".replace(
            "|\n  x\n  y", "'\n  x\n  y"
        ).replace("}}\n}", "}}\n  '}"),
        "DS008",
        (2, 9),
        ("b", 0, "c"),
    ),
    ("kind: A\nb: ${C}\n", "DS008", (2, 4), ("b",)),
    ("a: {{ b }}\n", "DS008", (1, 5), ()),
    ("a: 1\n---\n---\nb: 2\n", "DS013", (2, 1), ()),
]


@pytest.mark.parametrize(("text", "rule", "at", "path"), NOTES)
def test_note(text, rule, at, path):
    found = [complaint for document in source.read(text, "") for complaint in document.complaints]
    assert [(said.mark, said.path) for said in found if said.rule == rule][-1] == (at, path)


QUIET = [
    "a: 07\nb: 0\nc: 0o10\nd: '010'\ne: a_b\n",
    "volumes: [{defaultMode: 0644, items: [{mode: 0400}]}]\n",
    "a: &x 1\nb: *x\n",
    "a: '{{ .Values.b }}'\n",
    "kind: A\na: '{{ $labels.instance }}'\nargs: ['${A}']\nenv: [{value: '${B}'}]\nb: x${C}\n",
    "kind: A\na: {b: c}\nd: {e: f}  # {{ .Values.g }}\n",
    "a: 1\n---\n# c\n---\nb: 1\n---\n",
    "---\n---\na: 1\n",
    "a: {b: 1}\nc: {b: 1}\n",
]


@pytest.mark.parametrize("text", QUIET)
def test_nothing_to_say(text):
    assert [rules(document) for document in source.read(text, "")] == [
        [] for _ in source.read(text, "")
    ]


def test_milder_cases_of_a_rule():
    assert [said.severity for said in one("on: 1\n").complaints] == ["warning"]
    assert [said.severity for said in one("kind: A\nb: ${C}\n").complaints] == ["warning"]
    assert [said.pruned for said in one("a: 1\na: 2\n").complaints] == [True]


def test_each_duplicate_is_told():
    document = one("a: 1\na: 2\nb: 0\na: 3\n")
    assert [said.mark for said in document.complaints] == [(2, 1), (4, 1)]
    assert document.data == {"a": 3, "b": 0}
    assert {said.path for said in document.complaints} == {("a",)}


STREAMS = [
    ("a: 1\n---\nb: 'x\n---\nc: 3\n", [{"a": 1}, None, {"c": 3}], (3, 4)),
    ("a: 1\n---\nb: [1\n---\nc: 3\n", [{"a": 1}, None, {"c": 3}], (3, 4)),
    ("--- a: b: c\n---\nc: 3\n", [None, {"c": 3}], (1, 6)),
    ("a: 1\n---\nb: \0\n---\nc: 3\n", [{"a": 1}, None, {"c": 3}], (3, 4)),
    (b"a: 1\n---\nb: \xff\n---\nc: 3\n", [{"a": 1}, None, {"c": 3}], (3, 4)),
    (b"a: [1\n---\nb: \xff\n---\nc: 3\n", [None, None, {"c": 3}], (1, 4)),
    (b"\xff\n---\nc: 3\n", [None, {"c": 3}], (1, 1)),
    ("a: *b\n---\nc: 3\n", [None, {"c": 3}], (1, 4)),
    ("%YAML 1.2\n---\na: 1\n---\nc: 3\n", [None, {"c": 3}], (1, 1)),
    ("a: ä\n---\nb: 'ö\n---\nc: 3\n", [{"a": "ä"}, None, {"c": 3}], (3, 4)),
    ("a: 1\r\n---\r\nb: [1\r\n---\r\nc: 3\r\n", [{"a": 1}, None, {"c": 3}], (3, 4)),
    ("[" * 2000 + "\n---\nc: 3\n", [None, {"c": 3}], (1, 1001)),
]


@pytest.mark.parametrize(("text", "data", "at"), STREAMS)
def test_documents_around_a_broken_one_are_read(text, data, at):
    documents = source.read(text, "")
    assert [document.data for document in documents] == data
    assert [document.index for document in documents] == list(range(len(data)))
    first = next(document for document in documents if document.complaints)
    assert first.complaints[0].mark == at
    sound = documents[-1]
    lines = text.splitlines()
    assert sound.line == len(lines)


def test_places_after_a_broken_document_are_right():
    *_, last = source.read("a: [\n---\n---\nb: [ä, c: d\n---\ne:\n  f: 1\n", "")
    assert last.at(("e", "f")).line == 7
    assert last.at(("e", "f")).column == 6


def test_many_broken_documents_end():
    documents = source.read("a: [\n---\n" * 5000, "")
    assert len(documents) == 101
    assert "the rest of the file is not read" in documents[-1].complaints[0].what


def test_go_escapes_of_many_documents():
    documents = source.read('a: "it\\\'s"\n---\n' * 500, "")
    assert [document.data for document in documents] == [{"a": "it's"}] * 500 + [None]


def test_go_escapes_of_one_document_end():
    assert rules(one('- "\\\'"\n' * 200)) == ["DS001"]


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\n"
        + "".join(
            f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n"
            for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        "a0: &a0 {x: 1}\n"
        + "".join(f"a{n}: &a{n} {{b: *a{n - 1}, c: *a{n - 1}}}\n" for n in range(1, 60)),
        "a: &a " + "[" * 200 + "]" * 200 + "\nb: [*a, " + "[" * 100 + "*a" + "]" * 100 + "]\n",
        "a: &a {"
        + ", ".join(f"k{n}: 1" for n in range(2000))
        + "}\nb: {<<: ["
        + ", ".join(["*a"] * 3000)
        + "]}\n",
    ],
    ids=["laughs", "doubling", "deep-by-alias", "merges"],
)
def test_aliases_cannot_blow_up(text):
    document = one(text)
    assert (document.data, rules(document)) == (None, ["DS010"])


def test_aliases_of_everyday_size():
    text = "a: &a {b: 1, c: [1, 2, 3]}\n" + "".join(f"d{n}: *a\n" for n in range(200))
    assert rules(one(text)) == []


def test_large_file_is_not_read(monkeypatch):
    monkeypatch.setattr(faults, "MAX_BYTES", 10)
    document = one("a: 1 # long")
    assert rules(document) == ["DS010"]
    assert "more than 10 bytes" in document.complaints[0].what


def test_collection_of_garbage_is_paused_and_goes_on():
    text = "- x\n" * source._LARGE
    assert gc.isenabled()
    source.read(text, "")
    assert gc.isenabled()
    gc.disable()
    try:
        source.read(text, "")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_error_without_a_mark():
    error = yaml.error.MarkedYAMLError(problem="odd")
    complaint = faults.from_error(error, b"a")
    assert (complaint.rule, complaint.mark, complaint.what) == (
        "DS001",
        (1, 1),
        "this is no YAML: odd",
    )


@pytest.mark.parametrize(
    ("text", "data"), [case.values for case in DATA if case.id not in LIBYAML_ONLY]
)
def test_pure_parser_reads_the_same(text, data, monkeypatch):
    monkeypatch.setattr(dialect, "Parser", yaml.SafeLoader)
    assert json.dumps([document.data for document in source.read(text, "")]) == json.dumps([data])


@pytest.mark.parametrize(
    ("text", "rule"), [(case[0], case[1]) for case in BROKEN if len(case[0]) < 100]
)
def test_pure_parser_never_raises(text, rule, monkeypatch):
    monkeypatch.setattr(dialect, "Parser", yaml.SafeLoader)
    source.read(text, "")


def recorded():
    with gzip.open(RECORDINGS / "validity.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            if case["mutation"].startswith("t-"):
                yield pytest.param(case, id=case["mutation"])


@pytest.mark.parametrize("case", list(recorded()))
def test_recorded_answers_about_yaml(case):
    document = one(case["yaml"])
    refused = [said for said in document.complaints if said.rule in ("DS001", "DS002", "DS012")]
    words = case.get("message") or ""
    assert bool(refused) == any(
        word in words for word in ("yaml: ", "unsupported value", "already set")
    )


def test_real_manifests_are_read(shared):
    files = [path for path in (shared / "corpus" / "manifests").rglob("*") if path.is_file()]
    for path in files[:150]:
        for document in source.read(path.read_bytes(), path.name):
            assert document.data is not None or document.complaints or document.line


# Laws.

YAML_TEXT = st.text(alphabet="ab01:-?[]{},&*#!|>'\"%@`\\/ \n\t~<.\r\ufeffé\0\x85", max_size=60)


@given(st.text() | st.binary() | YAML_TEXT)
@example("&a [*a]")
@example("\ufeff[")
@example("- |\n---\n\t")
@example("\"\\'")
@example(b"\xff\xfe\x00\xd8")
def test_no_text_raises(text):
    documents = source.read(text, "a.yaml")
    for index, document in enumerate(documents):
        assert document.index == index
        for said in document.complaints:
            assert said.mark is not None
            assert said.what


def model(node):
    """Data and marks of a node, made the slow and plain way; ValueError where it is beyond it."""
    if isinstance(node, yaml.ScalarNode):
        if node.tag not in (None, "tag:yaml.org,2002:str"):
            raise ValueError
        return scalars.resolve(node.value) if not node.style else node.value
    if isinstance(node, yaml.SequenceNode):
        return [model(item) for item in node.value]
    data = {}
    for key, value in node.value:
        name = scalars.key(model(key))
        if name is None or name in data or name == "<<":
            raise ValueError
        data[name] = model(value)
    return data


def positions(node, path=()):
    """(path, whether of a key, line, column) of every key and value, both 1-based."""
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield (*path, index), False, item.start_mark.line + 1, item.start_mark.column + 1
            yield from positions(item, (*path, index))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            way = (*path, scalars.key(model(key)))
            yield way, True, key.start_mark.line + 1, key.start_mark.column + 1
            yield way, False, value.start_mark.line + 1, value.start_mark.column + 1
            yield from positions(value, way)


WORDS = st.sampled_from("a b yes no ~ 1 010 1_0 1.5 on a?b x:y é '' \"q\" 'z' null 0x1f".split())
KEYS = st.sampled_from("a b c d on 1 'e' \"f\" name".split())


def _nested(children):
    return st.lists(children, max_size=4) | st.dictionaries(KEYS, children, max_size=4)


TREES = st.recursive(WORDS, _nested, max_leaves=20)


def block(tree, indent):
    """YAML of a tree whose leaves are YAML themselves."""
    pad = " " * indent
    if isinstance(tree, dict) and tree:
        return "".join(f"\n{pad}{key}: {block(value, indent + 2)}" for key, value in tree.items())
    if isinstance(tree, list) and tree:
        return "".join(f"\n{pad}- {block(item, indent + 2)}" for item in tree)
    return flow(tree)


def flow(tree):
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(flow, tree)) + "]"
    return tree


@given(
    TREES, st.sampled_from([block, lambda tree, _: flow(tree)]), st.sampled_from(["\n", "\r\n"])
)
def test_data_and_places_are_those_of_the_plain_way(tree, write, end):
    text = (
        "# first\n---"
        + (" " if not isinstance(tree, dict | list) else "\n")
        + write(tree, 0).lstrip("\n")
    ).replace("\n", end)
    node = yaml.compose(text, Loader=yaml.CBaseLoader)
    try:
        expected = model(node)
    except ValueError:
        assume(False)
    (document,) = source.read(text, "a.yaml")
    if document.data is None and expected is not None:
        assert "question mark" in document.complaints[0].what
        return
    assert json.dumps(document.data) == json.dumps(expected)
    for path, key, line, column in positions(node):
        place = document.at(path, key)
        assert (place.line, place.column) == (line, column)


@given(YAML_TEXT)
def test_what_both_can_read_is_the_same(text):
    try:
        nodes = list(yaml.compose_all(text, Loader=yaml.CBaseLoader))
        expected = [model(node) for node in nodes]
    except (yaml.YAMLError, ValueError, RecursionError):
        assume(False)
    assume("*" not in text and "!" not in text and "\\" not in text)
    documents = source.read(text, "")
    if any(document.complaints and document.data is None for document in documents):
        noted = any(note in str(documents) for note in ("DS011", "DS013"))
        assert noted or "?" in text or not all(map(_finite, expected))
        return
    assert json.dumps([document.data for document in documents]) == json.dumps(expected)


def _finite(data):
    if isinstance(data, dict):
        return all(map(_finite, data.values()))
    if isinstance(data, list):
        return all(map(_finite, data))
    return not isinstance(data, float) or math.isfinite(data)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(1 << 63), (1 << 64) - 1)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda children: (
            st.lists(children, max_size=3)
            | st.dictionaries(st.text(max_size=100), children, max_size=3)
        ),
    ),
    st.sampled_from([None, 2, "\t"]),
    st.booleans(),
)
def test_json_reads_as_json(data, indent, plain):
    assume(isinstance(data, dict | list))
    text = json.dumps(data, indent=indent, ensure_ascii=not plain)
    try:
        text.encode()
    except UnicodeEncodeError:
        assume(False)
    assume(
        not any(ord(c) in range(0x7F, 0xA0) or c in "\ufffe\uffff\u2028\u2029\ufeff" for c in text)
    )
    expected = json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    (document,) = source.read(text, "a.json")
    assert json.loads(json.dumps(document.data)) == _halves_replaced(expected)


def _halves_replaced(data):
    if isinstance(data, dict):
        return {_halves_replaced(key): _halves_replaced(value) for key, value in data.items()}
    if isinstance(data, list):
        return list(map(_halves_replaced, data))
    if isinstance(data, str):
        return "".join("\ufffd" if 0xD800 <= ord(c) < 0xE000 else c for c in data)
    return data


def test_composer_bounds_are_stated():
    assert composer._MAX_ALIASED >= 1_000_000
    assert faults.MAX_DEPTH < 255


def test_a_key_of_a_wide_map_has_its_place():
    [document] = source.read("".join(f"k{number}: v\n" for number in range(300)), "f")
    places = [document.at((f"k{number}",)) for number in (0, 99, 150, 299, 150)]
    assert [place.line for place in places] == [1, 100, 151, 300, 151]
    assert document.at(("k300",)).line == 1
