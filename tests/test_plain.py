"""The plain reader: what it reads is what libyaml's events make, and what it leaves alone."""

import pytest

from dslint import plain, source
from dslint.model import Document, Mark

# what is written -> whether it is read without libyaml
PLAIN = {
    "a map": "a: b\nc: d\n",
    "without a line break at the end": "a: b",
    "maps in maps": "a:\n  b:\n    c: d\n  e: f\ng: h\n",
    "a map indented as a whole": "  a: b\n  c: d\n",
    "one space": "a:\n b:\n  c: d\n",
    "a list": "- a\n- b\n",
    "a list below its key": "a:\n- b\n- c\nd: e\n",
    "a list deeper than its key": "a:\n  - b\n  - c\nd: e\n",
    "a list of maps": "a:\n- b: c\n  d: e\n-   f: g\n    h: i\n",
    "maps with lists at their own column": "- a:\n  - b\n  c: d\n- e\n",
    "null for nothing": "a:\nb:\n  c:\nd:\n",
    "null at the end of a list's map": "- a:\n- b:\n",
    "comments": "# x\na: b # c\n  # d\nc: 'd # e' # f\ne: f#g\n- # h\n"[:-6],
    "spaces at the end": "a: b  \nc:  \n  d: e \n",
    "more spaces before a value": "a:   b\nc:    'd'\n",
    "words of other types": "a: true\nb: No\nc: ~\nd: null\ne: on\n",
    "numbers": "a: 1\nb: -2\nc: 1.5\nd: 1e3\ne: .5\n",
    "strings like numbers": "a: 10%\nb: 1:30\nc: 50m\nd: 2001-01-01\ne: 1.2.3\n",
    "strings with signs": "a: --x=y\nb: $(C) d\nc: http://e:80/f\nd: a, b\ne: (x) [y] {z}\n",
    "quotes": "a: 'b'\nc: \"d: e\"\nf: 'it''s'\ng: \"h\\n\\t\\\"\\\\\"\n",
    "keys in quotes": '"a b": c\n\'d\': "e"\n',
    "dotted keys": "app.kubernetes.io/name: a\nk-1: b\n",
    "empty brackets": "a: {}\nb: []\nc: [{}]\n",
    "flat maps": "a: {b: c, d.e/f: 1, g: true}\nh: { i: j }\nk: {l: m,p: q}\n",
    "flat lists": 'a: [b, c]\nd: ["e", "f: g"]\nh: [ "i" ]\nj: [\'k\']\n',
    "brackets in brackets": "a: [{b: c, d: {e: [f]}}, [], g h]\n",
    "brackets and a comment": "a: {b: c}  # d}\n",
    "brackets as items": "- {a: b}\n- [c]\n- 'd'\n",
    "an image in brackets": "a: {image: busybox:1.36, b: https://c}\n",
    "a block": "a: |\n  b: c\n\n    d\n  # e\nf: g\n",
    "a block without a break at its end": "a: |-\n  b\n\n\nc: d\n",
    "a block as an item": "- |\n a\n- b\n",
    "a block, then a comment that is less indented": "a:\n  b: |\n     c\n    # d\n  e: f\n",
    "a block at the end": "a: |\n  b\n\n",
    "several documents": "---\na: b\n---\n- c\n--- # d\ne: f\n",
    "documents with nothing in them": "# a\n---\n---\n# b\n---\nc: d\n---\n",
    "letters beyond ASCII": "ä: ö # ü\nx: '…'\nz: [zß]\n",
}
ODD = {
    "no text": "",
    "nothing but a comment": "# a\n",
    "a scalar": "a\n",
    "brackets alone": "{a: b}\n",
    "a tab": "a:\tb\n",
    "a carriage return": "a: b\r\n",
    "an anchor": "a: &b c\n",
    "an alias": "a: &b c\nd: *b\n",
    "a tag": "a: !!str 1\n",
    "a merge": "<<: {a: b}\n",
    "a key twice": "a: b\na: c\n",
    "a key twice in brackets": "a: {b: c, b: d}\n",
    "a key twice in nested brackets": "a: [{b: c, b: d}]\n",
    "a key that is a word": "on: a\n",
    "a key that is a word, in brackets": "a: {y: b}\n",
    "a key that is a number": "1: a\n",
    "a key without a space": "a:b\n",
    "a key of two words": "a b: c\n",
    "an empty key": ": a\n",
    "two keys on a line": "a: b: c\n",
    "a question mark in brackets": "a: [b?]\n",
    "a folded block": "a: >\n  b\n",
    "a block that keeps its breaks": "a: |+\n  b\n\n",
    "a block with nothing in it": "a: |\nb: c\n",
    "a block that begins with a blank line": "a: |\n\n  b\n",
    "a block with spaces on a blank line": "a: |\n  b\n   \n  c\n",
    "a block that does not end with a break": "a: |\n  b",
    "a block at the last line": "a: |",
    "text over two lines": "a: b\n  c\n",
    "quotes over two lines": "a: 'b\n  c'\n",
    "brackets over two lines": "a: [b,\n  c]\n",
    "brackets that do not match": "a: [b}\n",
    "brackets that end too early": "a: {b: c}}\n",
    "a map in brackets without keys": "a: {b, c}\n",
    "a list in brackets with keys": "a: [b: c]\n",
    "a comma at the end": "a: [b,]\n",
    "no comma": "a: [[b] c]\n",
    "two commas": "a: [b,, c]\n",
    "text behind brackets": "a: {b: c} d\n",
    "text behind quotes": "a: 'b' c\n",
    "one quote": "a: '\n",
    "a rare escape": 'a: "\\x41"\n',
    "an octal number": "a: 010\n",
    "an underscore": "a: 1_0.5\n",
    "no number": "a: .nan\n",
    "a list in a list": "- - a\n",
    "an item alone": "-\n",
    "an item among keys": "a: b\n- c\n",
    "a key among items": "- a\nb: c\n",
    "too deep an indent": "a: b\n  c: d\n",
    "an indent that was never there": "a:\n    b: c\n  d: e\n",
    "a list's item deeper than the others": "- a\n  - b\n",
    "less than the first line": "  a: b\nc: d\n",
    "a version": "%YAML 1.1\n---\na: b\n",
    "an end of document": "a: b\n...\n",
    "a document on the line of its marker": "--- a\n",
    "a column far to the right": "a:\n" + 120 * " " + "b: c\n",
    "a key too long for libyaml": 1_025 * "a" + ": b\n",
    "a key in quotes too long for libyaml": f"'{600 * 'a '}': b\n",
}


def shown(document: Document) -> tuple[object, ...]:
    """A document with everything that a reader can see of it, but its text."""
    return (document.line, document.column, document.index, document.complaints, document.data)


def marks(document: Document) -> list[list[Mark]]:
    """The marks of each map and list, in their order."""
    found, waiting = [], [document.data]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict | list):
            found.append(list(document.places[id(node)]))
            waiting.extend(node.values() if isinstance(node, dict) else node)
    return found


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_plain_text_is_read_as_libyaml_reads_it(text: str) -> None:
    assert plain.trees(text) is not None
    found, expected = (read(text.encode(), "f") for read in (source._plain, source._documents))
    assert [shown(one) for one in found] == [shown(one) for one in expected]
    assert [repr(one.data) for one in found] == [repr(one.data) for one in expected]
    assert [marks(one) for one in found] == [marks(one) for one in expected]


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_other_text_is_left_to_libyaml(text: str) -> None:
    assert not plain.trees(text)


HOSTILE = {
    "two thousand maps in each other": "".join(f"{n * ' '}a:\n" for n in range(2_000)),
    "two thousand lists in each other": "".join(f"{n * ' '}- a:\n" for n in range(2_000)),
    "ten thousand brackets": f"a: {10_000 * '['}{10_000 * ']'}\n",
    "a hundred thousand spaces": f"a: b{100_000 * ' '}: c # d\n",
    "a hundred thousand quotes": f"a: {100_001 * chr(34)} # d\n",
    "a hundred thousand backslashes": f'a: "{100_001 * chr(92)}" # d\n',
    "a hundred thousand colons": f"a: {'b:' * 100_000}\n",
    "a hundred thousand words": f"a: {'b ' * 100_000}: c\n",
    "a hundred thousand pairs": f"a: {{{'b: c, ' * 100_000}}}\n",
    "a hundred thousand words in brackets": f"a: [[{'b ' * 100_000}: c]]\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_left_alone_soon(text: str) -> None:
    assert plain.trees(text) is None
