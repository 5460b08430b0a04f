"""Laws of the plain reader: on text of any kind it agrees with libyaml's events, or is silent."""

import hypothesis
from hypothesis import strategies as st

from dslint import plain, source
from tests.test_plain import PLAIN, marks, shown

LITTLE = ["\n  ", ": ", " #", "- ", "\n---\n", "\na: ", "|\n  ", "''", '\\"', ", ", "\n\n", "\n- "]
INDENTS = st.sampled_from(["", "", "  ", "  ", "    ", " ", "   "])
DASHES = st.sampled_from(["", "", "", "- ", "-  ", "- - "])
KEYS = st.sampled_from(
    ["a", "b", "name", "app.kubernetes.io/x", "k-1", "y", "1", "'q'", '"d e"', "a b", "-k", "ä"]
)
SCALARS = st.sampled_from(
    """a|true|~|012|0x1F|1_0|1.5|.5|-1|--x|---|a#b|a #b|# c|#|'q'|'it''s'|"d"|"e\\n"|"\\x41"|"a: b"
    |'a # b'|{a: b}|{a: b, c: d}|[a, b]|["x", "y"]|{a: {b: c}}|[{a: b}, c]|{}|[]|{a: }|[a,]|{a: b
    |]|>|+|&x y|*x|!!str 1|? a|a:b|a: b: c|http://x:1/y|x:|'k': v|<<: *a|a,b|$(Y)|%x|@x|`x|.nan|é
    |x'y|it's # y's|[a?b]|1:30|{a: b}  # c|[a]x|'a' b|{'a': b}|[a: b]|{ a: b,c: d }|-|- a
    |=|\x85|\t|\r
    """.replace("\n    ", "").split("|")
)
VALUES = SCALARS | st.builds("{} {}".format, SCALARS, SCALARS) | st.text(max_size=4)
ENTRIES = st.builds("{}{}{}: {}\n".format, INDENTS, DASHES, KEYS, VALUES)
LINES = st.one_of(
    ENTRIES,
    ENTRIES,
    st.builds("{}{}{}:\n".format, INDENTS, DASHES, KEYS),
    st.builds("{}- {}\n".format, INDENTS, VALUES),
    st.builds(
        "{}{}: {}\n{}  text # {}\n".format,
        INDENTS,
        KEYS,
        st.sampled_from("| |- |+ >".split()),
        INDENTS,
        VALUES,
    ),
    st.sampled_from(["\n", "  \n", "# c\n", "  # c\n", "---\n", "--- # x\n", "...\n", "  text\n"]),
)
TEXTS = st.lists(LINES, max_size=8).map("".join)

EDITS = st.tuples(
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 2),
    st.text("ab:- \n#'\"{}[],|0.~\\?&*!%<y\t\r\xa0\x85", max_size=2) | st.sampled_from(LITTLE),
)


def agrees(text: str) -> bool:
    """Whether the text was plain; fails where it was and reads otherwise than libyaml's events."""
    if not plain.trees(text):
        return False
    found, expected = (read(text.encode(), "f") for read in (source._plain, source._documents))
    assert [(*shown(one), repr(one.data), marks(one)) for one in found] == [
        (*shown(one), repr(one.data), marks(one)) for one in expected
    ]
    return True


@hypothesis.given(TEXTS)
def test_plain_text_is_read_as_libyaml_reads_it(text: str) -> None:
    hypothesis.event("plain" if agrees(text) else "odd")


@hypothesis.given(st.sampled_from(sorted(PLAIN.values())), st.lists(EDITS, min_size=1, max_size=3))
def test_plain_text_with_a_few_slips_is_read_as_libyaml_reads_it(
    text: str, edits: list[tuple[float, int, str]]
) -> None:
    for where, cut, new in edits:
        at = int(where * len(text))
        text = text[:at] + new + text[at + cut :]
    hypothesis.event("plain" if agrees(text) else "odd")
