r"""The grammar of queries.

::

    query   = all { "or" all }
    all     = factor { ["and"] factor }                what stands side by side holds together
    factor  = "not" factor | "-" atom | atom
    atom    = "(" query ")" | "@" name | field ":" value { "," value } | text
    field   = word | "x." name | "x." quoted           own fields
    value   = quoted | characters without space, comma and quotes; brackets in pairs
    text    = quoted | word
    quoted  = '"' ... '"'                              with \" and \\ inside

``and``, ``or``, ``not`` are such in upper case too, and texts in quotes. Depth, length and number of terms are bounded.
"""

from typing import NoReturn

from tracker.query.tree import And, Node, Not, Or, QueryError, Saved, Span, Term, Value, all_of, any_of

LENGTH = 10_000
"""Characters of a query at most."""

DEPTH = 50
"""Brackets and negations inside each other at most."""

TERMS = 200
VALUES = 500
"""Terms of a query, and values of one term, at most."""

KEYWORDS = ("and", "or", "not")
OPENING = '"\u201c\u201e'
CLOSING = '"\u201c\u201d'
"""Quotes, also as word processors make them."""

OWN = ("x.", "extra.")


def parse(text: str) -> Node | None:
    """Read a query; None where nothing is asked. Raises QueryError with the place of the mistake."""
    if len(text) > LENGTH:
        raise QueryError(f"a query has at most {LENGTH} characters; this one has {len(text)}")
    return _Parser(text).whole()


def is_name(text: str) -> bool:
    """Whether a text can stand as a field before a colon, or after ``@``."""
    return bool(text) and (text[0].isalpha() or text[0] == "_") and all(char.isalnum() or char in "_-" for char in text)


def field_end(text: str, start: int = 0) -> int | None:
    """Return the place of the colon after a field that begins at ``start``; None where no field begins there."""
    end = start
    lowered = text[start : start + len(OWN[1])].lower()
    own = next((len(prefix) for prefix in OWN if lowered.startswith(prefix)), 0)
    if own:
        end += own
        if end < len(text) and text[end] in OPENING:
            closed = _closing(text, end)
            return closed if closed is not None and text[closed : closed + 1] == ":" else None
        while end < len(text) and not _ends_word(text[end]) and text[end] not in ":,":
            end += 1
        return end if end > start + own and text[end : end + 1] == ":" else None
    while end < len(text) and (text[end].isalnum() or text[end] in "_-"):
        end += 1
    return end if text[end : end + 1] == ":" and is_name(text[start:end]) else None


def _ends_word(char: str) -> bool:
    return char.isspace() or char in "()" or char in OPENING or char in CLOSING


def _closing(text: str, start: int) -> int | None:
    """Return the place behind the quote that closes the one at ``start``."""
    at = start + 1
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        if text[at] in CLOSING:
            return at + 1
        at += 1
    return None


def unquoted(text: str) -> str:
    """Return what stands between quotes, escapes resolved."""
    inner, at, plain = text[1:-1], 0, []
    while at < len(inner):
        if inner[at] == "\\" and at + 1 < len(inner):
            at += 1
        plain.append(inner[at])
        at += 1
    return "".join(plain)


class _Parser:
    """Goes through the text once, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0
        self.terms = 0

    def whole(self) -> Node | None:
        self._space()
        if self.at == len(self.text):
            return None
        node = self._either()
        if self.at < len(self.text):
            self._fail("this bracket closes none; take it out, or open one before", self.at, self.at + 1)
        return node

    def _either(self) -> Node:
        nodes = [self._all()]
        while self._keyword() == "or":
            self._word_over("or")
            nodes.append(self._all())
        return any_of(nodes)

    def _all(self) -> Node:
        nodes = [self._factor()]
        while True:
            word = self._keyword()
            if self.at == len(self.text) or self.text[self.at] == ")" or word == "or":
                return all_of(nodes)
            if word == "and":
                self._word_over("and")
            nodes.append(self._factor())

    def _factor(self) -> Node:
        start = self.at
        word = self._keyword()
        if word in ("and", "or"):
            self._fail(f"{word!r} has nothing before it; in quotes it is a text", start, start + len(word))
        if word == "not":
            self._word_over("not")
        elif self.text[start : start + 1] == "-" and self._goes_on(start + 1):
            self.at += 1
        else:
            return self._atom()
        self._deeper(start)
        node: Node = Not(self._factor())
        self.depth -= 1
        return node

    def _goes_on(self, at: int) -> bool:
        return at < len(self.text) and self.text[at] != ")" and not self.text[at].isspace()

    def _atom(self) -> Node:
        start = self.at
        if start == len(self.text):
            self._fail("the query ends where a term is expected", max(start - 1, 0), start)
        char = self.text[start]
        if char == "(":
            return self._bracket()
        if char == ")":
            self._fail("a term is missing before this bracket", start, start + 1)
        if char == "@":
            return self._saved()
        self.terms += 1
        if self.terms > TERMS:
            self._fail(f"a query has at most {TERMS} terms", start, start + 1)
        if char in OPENING:
            value = self._quoted()
            self._space()
            return Term("", (value,), value.span)
        colon = field_end(self.text, start)
        return self._word() if colon is None else self._term(colon)

    def _bracket(self) -> Node:
        start = self.at
        self._deeper(start)
        self.at += 1
        self._space()
        node = self._either()
        if self.at == len(self.text):
            self._fail("this bracket is not closed", start, start + 1)
        self.at += 1
        self._space()
        self.depth -= 1
        return node

    def _saved(self) -> Node:
        start = self.at
        self.at += 1
        while self.at < len(self.text) and not _ends_word(self.text[self.at]):
            self.at += 1
        name = self.text[start + 1 : self.at]
        if not is_name(name):
            self._fail("after @ stands the name of a saved query; `tracker query list` shows them", start, self.at)
        self.terms += 1
        span = Span(start, self.at)
        self._space()
        return Saved(name, span)

    def _word(self) -> Node:
        start = self.at
        while self.at < len(self.text) and not _ends_word(self.text[self.at]):
            self.at += 1
        if self.at == start:
            self._fail("a quote closes here that was not opened", start, start + 1)
        value = Value(self.text[start : self.at], span=Span(start, self.at))
        self._space()
        return Term("", (value,), value.span)

    def _term(self, colon: int) -> Node:
        start = self.at
        name = field_name(self.text[start:colon])
        self.at = colon + 1
        values = []
        while True:
            values.append(self._value(start))
            if len(values) > VALUES:
                self._fail(f"a term has at most {VALUES} values", start, self.at)
            if self.text[self.at : self.at + 1] != ",":
                break
            self.at += 1
            self._space()
        span = Span(start, self.at)
        self._space()
        return Term(name, tuple(values), span)

    def _value(self, start: int) -> Value:
        if self.text[self.at : self.at + 1] and self.text[self.at] in OPENING:
            return self._quoted()
        first, open_brackets = self.at, 0
        while self.at < len(self.text):
            char = self.text[self.at]
            if char.isspace() or char == "," or char in OPENING or char in CLOSING:
                break
            if char == ")" and not open_brackets:
                break
            open_brackets += (char == "(") - (char == ")")
            self.at += 1
        if self.at == first:
            name = self.text[start : self.text.index(":", start)]
            self._fail(f"a value is missing: {name}:value, {name}:any or {name}:none", start, self.at)
        if open_brackets:
            self._fail("a bracket in this value is not closed; put the value in quotes", first, self.at)
        return Value(self.text[first : self.at], span=Span(first, self.at))

    def _quoted(self) -> Value:
        start = self.at
        end = _closing(self.text, start)
        if end is None:
            self._fail("this quote is not closed", start, start + 1)
        self.at = end
        text = unquoted(self.text[start:end])
        if not text.strip():
            self._fail("there is nothing between these quotes", start, end)
        return Value(text, quoted=True, span=Span(start, end))

    def _keyword(self) -> str | None:
        """Return the keyword that stands here, in small letters."""
        end = self.at
        while end < len(self.text) and not _ends_word(self.text[end]):
            end += 1
        word = self.text[self.at : end].lower()
        return word if word in KEYWORDS else None

    def _word_over(self, word: str) -> None:
        start = self.at
        self.at += len(word)
        self._space()
        if self.at == len(self.text) or self.text[self.at] == ")":
            self._fail(f"{word!r} has nothing after it; in quotes it is a text", start, start + len(word))

    def _deeper(self, start: int) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            self._fail(f"brackets and negations go at most {DEPTH} deep", start, start + 1)

    def _space(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def _fail(self, message: str, first: int, last: int) -> NoReturn:
        raise QueryError(message, self.text, Span(first, last))


def field_name(text: str) -> str:
    """Return a field as it is kept: small letters, underscores; own fields as ``x.NAME``, their case untouched."""
    lowered = text.lower()
    for prefix in OWN:
        if lowered.startswith(prefix) and len(text) > len(prefix):
            name = text[len(prefix) :]
            return "x." + (unquoted(name) if name[0] in OPENING else name)
    return lowered.replace("-", "_")


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
