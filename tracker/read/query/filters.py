"""What a command is asked for, and how an answer says so."""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from tracker.read.query.asked import Query


class Filters(NamedTuple):
    """Which agreements are asked for."""

    query: "Query | None" = None
    certain: bool = False
    as_of: str = ""
    """The ISO day that the state of the world is asked for."""
    indexed: bool = False
    """Whether texts can be looked for in the search index."""

    def asks(self) -> bool:
        """Whether there is a query at all: a day alone is none, nor is the wish for certainty."""
        return self.query is not None

    def terms(self) -> "tuple[Query, ...]":
        """Return the parts that all have to match."""
        query = self.query
        if query is None:
            return ()
        from tracker.read.query.asked import Several

        return query.queries if isinstance(query, Several) and query.every else (query,)

    def codes(self, field: str) -> list[str]:
        """Return the codes of a field that what matches must have one of, such as the parties."""
        from tracker.read.query.asked import Asked

        terms = [term for term in self.terms() if isinstance(term, Asked) and term.field == field]
        return [code for term in terms for code in term.wanted if isinstance(code, str)]

    def describe(self) -> dict[str, Any]:
        """Return what was asked, as the envelope of a report shows it: values by field, and the rest as a query."""
        if self.query is None:
            return {"certain": True} if self.certain else {}
        from tracker.read.query.asked import Asked, described, texts, written_query

        said: dict[str, Any] = {}
        rest: list[Query] = []
        for query in self.terms():
            if not isinstance(query, Asked) or (query.field != "party" and query.field in said):
                rest.append(query)
            elif query.field == "party":
                said.setdefault("party", []).append(",".join(texts(query)))
            else:
                said[query.field] = described(query)
        if rest:
            said["query"] = " ".join(written_query(query) for query in rest)
        if self.certain:
            said["certain"] = True
        return said

    def text(self) -> str:
        """Return what was asked as one line for people, in the grammar of queries; empty where nothing was."""
        said = ["certain"] if self.certain else []
        if self.query is not None:
            from tracker.read.query.asked import written_query

            said = [*(written_query(query) for query in self.terms()), *said]
        return " ".join(said)
