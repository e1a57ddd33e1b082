"""Queries written as text that reads back as the same query."""

from tracker.query.parsing import CLOSING, KEYWORDS, OPENING, field_end
from tracker.query.tree import And, Node, Not, Or, Saved, Term, Value


def written(node: Node) -> str:
    """Return a query as text."""
    if isinstance(node, Term):
        return _term(node)
    if isinstance(node, Saved):
        return f"@{node.name}"
    if isinstance(node, Not):
        inner = written(node.node)
        return f"not ({inner})" if isinstance(node.node, And | Or) else f"not {inner}"
    word, other = (" or ", And) if isinstance(node, Or) else (" ", Or)
    return word.join(f"({written(inner)})" if isinstance(inner, other) else written(inner) for inner in node.nodes)


def field_text(name: str) -> str:
    """Return the name of a field as it stands before the colon."""
    if not name.startswith("x."):
        return name
    own = name.removeprefix("x.")
    plain = own[0] not in OPENING and field_end(f"x.{own}:") == len(own) + 2
    return name if plain else f"x.{quoted(own)}"


def quoted(text: str) -> str:
    """Return a text in quotes."""
    escaped = "".join(f"\\{char}" if char == "\\" or char in OPENING or char in CLOSING else char for char in text)
    return f'"{escaped}"'


def value_text(text: str) -> str:
    """Return a value as it stands after the colon: in quotes where it needs them."""
    return text if _is_bare_value(text) else quoted(text)


def _term(term: Term) -> str:
    if term.field:
        return f"{field_text(term.field)}:{','.join(_value(value) for value in term.values)}"
    value = term.values[0]
    return value.text if not value.quoted and _is_bare_word(value.text) else quoted(value.text)


def _value(value: Value) -> str:
    return quoted(value.text) if value.quoted else value_text(value.text)


def _is_bare_value(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth < 0 or char.isspace() or char == "," or char in OPENING or char in CLOSING:
            return False
    return bool(text) and depth == 0


def _is_bare_word(text: str) -> bool:
    negates = text.startswith("-") and len(text) > 1
    if not text or text.lower() in KEYWORDS or negates or text[0] == "@" or field_end(text) is not None:
        return False
    return not any(char.isspace() or char in "()" or char in OPENING or char in CLOSING for char in text)
