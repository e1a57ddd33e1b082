"""The grammar of queries: what is read, what is refused and where, and that writing and reading are inverse."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.query.parsing import DEPTH, LENGTH, TERMS, VALUES, parse, written
from tracker.query.tree import And, Node, Not, Or, QueryError, Saved, Term, Value, all_of, any_of, leaves, with_leaves


def read(text: str) -> Node:
    node = parse(text)
    assert node is not None
    return without_spans(node)


def without_spans(node: Node) -> Node:
    def leaf(typed: Term | Saved) -> Node:
        if isinstance(typed, Saved):
            return Saved(typed.name)
        return Term(typed.field, tuple(Value(value.text, value.quoted) for value in typed.values))

    return with_leaves(node, leaf)


def term(field: str, *values: str) -> Term:
    return Term(field, tuple(Value(value) for value in values))


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("party:JPN", term("party", "JPN")),
        ("Party:JPN,USA", term("party", "JPN", "USA")),
        ("party:USA, JPN", term("party", "USA", "JPN")),
        ('party:"Korea, Rep."', Term("party", (Value("Korea, Rep.", quoted=True),))),
        ("party:\u201cSouth Korea\u201d", Term("party", (Value("South Korea", quoted=True),))),
        ("text-access:public", term("text_access", "public")),
        ("signed:2015..2020", term("signed", "2015..2020")),
        ("signed:../2023-10-31", term("signed", "../2023-10-31")),
        ("x.owner:me", term("x.owner", "me")),
        ("extra.Owner:me", term("x.Owner", "me")),
        ('x."my field":1', term("x.my field", "1")),
        ("source:https://en.wikipedia.org/wiki/X_(Y)", term("source", "https://en.wikipedia.org/wiki/X_(Y)")),
        ("hypersonic", term("", "hypersonic")),
        ("12:30", term("", "12:30")),
        ('"not here"', Term("", (Value("not here", quoted=True),))),
        ("@mine", Saved("mine")),
        ("a b and c", And((term("", "a"), term("", "b"), term("", "c")))),
        ("a b or c", Or((And((term("", "a"), term("", "b"))), term("", "c")))),
        ("a (b or c)", And((term("", "a"), Or((term("", "b"), term("", "c")))))),
        ("((a))", term("", "a")),
        ("not focus:trade a", And((Not(term("focus", "trade")), term("", "a")))),
        ("-focus:trade", Not(term("focus", "trade"))),
        ("-(a or b)", Not(Or((term("", "a"), term("", "b"))))),
        ("NOT a OR b", Or((Not(term("", "a")), term("", "b")))),
        ("not not a", Not(Not(term("", "a")))),
        ("a - b", And((term("", "a"), term("", "-"), term("", "b")))),
    ],
)
def test_reading(text: str, node: Node):
    assert read(text) == node


def test_the_line_of_the_design():
    """DESIGN 3 gives this query as its example."""
    query = (
        "party:JPN signed:2015..2020 not focus:trade (status:in_force or status:operative) "
        "binding:non_binding,mixed x.owner:me"
    )
    node = read(query)
    assert isinstance(node, And)
    assert [type(inner) for inner in node.nodes] == [Term, Term, Not, Or, Term, Term]
    assert written(node) == query


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_nothing_is_asked(text: str):
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "said", "marked"),
    [
        ("party:", "a value is missing: party:value", "party:"),
        ("party:USA,", "a value is missing", "party:USA,"),
        ("a and", "'and' has nothing after it", "and"),
        ("or a", "'or' has nothing before it", "or"),
        ("a or or b", "'or' has nothing before it", "or"),
        ("(a b", "this bracket is not closed", "("),
        ("a b)", "this bracket closes none", ")"),
        ("()", "a term is missing before this bracket", ")"),
        ('a "b', "this quote is not closed", '"'),
        ('a " "', "nothing between these quotes", '" "'),
        ("@", "the name of a saved query", "@"),
        ("not", "'not' has nothing after it", "not"),
        ("source:a(b", "a bracket in this value is not closed", "a(b"),
    ],
)
def test_mistakes_are_marked(text: str, said: str, marked: str):
    with pytest.raises(QueryError, match=re.escape(said)) as caught:
        parse(text)
    line, carets = caught.value.pointer()
    assert line == text
    assert text[carets.index("^") :][: len(carets.strip())] == marked


def test_a_caret_stands_under_wide_characters_and_in_long_queries():
    with pytest.raises(QueryError) as caught:
        parse("安全保障 (")
    assert caught.value.pointer() == ("安全保障 (", " " * 9 + "^")
    with pytest.raises(QueryError) as caught:
        parse("word " * 100 + "party: " + "word " * 100)
    line, carets = caught.value.pointer()
    assert len(line) < 120
    assert line[carets.index("^") :].startswith("party:")


@pytest.mark.parametrize(
    "text",
    [
        "a" * (LENGTH + 1),
        "(" * (DEPTH + 1) + "a" + ")" * (DEPTH + 1),
        "not " * (DEPTH + 1) + "a",
        " ".join("a" for _ in range(TERMS + 1)),
        "ref:" + ",".join("a" for _ in range(VALUES + 1)),
    ],
)
def test_queries_are_bounded(text: str):
    with pytest.raises(QueryError, match="at most"):
        parse(text)


NAMES = st.one_of(
    st.sampled_from(["party", "signed", "text_access", "x.owner", "x.a b", "x.é", 'x."q"', "x.a,b"]),
    st.text(min_size=1, max_size=5).filter(str.strip).map(lambda name: f"x.{name}"),
)
VALUES_OF_TERMS = st.tuples(st.text(min_size=1, max_size=8).filter(str.strip), st.booleans()).map(
    lambda drawn: Value(*drawn)
)


def settled(value: Value) -> Value:
    """A value whose text cannot stand without quotes is a quoted one."""
    node = read(written(Term("party", (value,))))
    assert isinstance(node, Term)
    return node.values[0]


def settled_text(value: Value) -> Node:
    return read(written(Term("", (value,))))


TERMS_OF_QUERIES = st.one_of(
    st.tuples(NAMES, st.lists(VALUES_OF_TERMS.map(settled), min_size=1, max_size=3)).map(
        lambda drawn: Term(drawn[0], tuple(drawn[1]))
    ),
    VALUES_OF_TERMS.map(settled_text),
    st.sampled_from(["mine", "due-soon", "_x"]).map(Saved),
)
NODES = st.recursive(
    TERMS_OF_QUERIES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=2, max_size=4).map(all_of),
        st.lists(inner, min_size=2, max_size=4).map(any_of),
    ),
    max_leaves=12,
)


@given(NODES)
def test_writing_and_reading_are_inverse(node: Node):
    assert read(written(node)) == node


def tried(text: str) -> Node | QueryError | None:
    try:
        return parse(text)
    except QueryError as error:
        return error


@given(st.text(alphabet='ab:"()@-,\\ .xnotr“”', max_size=40))
def test_any_text_is_read_or_refused_and_then_stays_as_it_is(text: str):
    node = tried(text)
    if isinstance(node, QueryError):
        assert node.span is not None
        assert 0 <= node.span.first <= node.span.last <= len(text)
    elif node is not None:
        assert read(written(node)) == without_spans(node)


@given(st.text(alphabet='ab:"()@-, nor', max_size=40))
def test_spans_tell_where_terms_stand(text: str):
    node = tried(text)
    if isinstance(node, QueryError):
        return
    for leaf in () if node is None else leaves(node):
        assert leaf.span is not None
        assert read(text[leaf.span.first : leaf.span.last]) == without_spans(leaf)


def test_queries_that_hold_together_are_one_and_open_up():
    assert all_of([term("", "a")]) == term("", "a")
    assert all_of([read("a b"), read("c or d")]) == read("a b (c or d)")
    assert any_of([read("a b"), read("c or d")]) == read("a b or c or d")


def test_both_of_two_terms_is_another_query_than_one_of_them():
    assert read("a b") != read("a or b")
    assert not read("a b") == read("a or b")  # noqa: SIM201 - both operators are ours
