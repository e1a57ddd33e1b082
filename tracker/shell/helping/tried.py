"""Words that people try where the program has another: each leads to the command that does it."""

TRIED: dict[str, str] = {
    **dict.fromkeys(("new", "create", "record", "insert"), "add"),
    **dict.fromkeys(("delete", "rm", "del", "drop", "erase"), "remove"),
    **dict.fromkeys(("ls", "all", "index"), "list"),
    **dict.fromkeys(("find", "grep", "lookup"), "search"),
    **dict.fromkeys(("view", "get", "cat", "info", "display", "print", "details"), "show"),
    **dict.fromkeys(("update", "change", "modify", "set", "rename"), "edit"),
    **dict.fromkeys(("copy", "cp", "clone", "template"), "add --like"),
    **dict.fromkeys(("count", "stats", "statistics", "summary", "overview", "total"), "report overview"),
    **dict.fromkeys(("history", "changes", "changelog", "blame"), "log"),
    **dict.fromkeys(("revert", "rollback"), "undo"),
    **dict.fromkeys(("load", "read"), "import"),
    **dict.fromkeys(("dump", "save", "download"), "export"),
    **dict.fromkeys(("validate", "verify", "lint"), "check"),
    **dict.fromkeys(("relate", "relation"), "link"),
    **dict.fromkeys(("tree", "graph", "ancestors"), "lineage"),
    **dict.fromkeys(("dedupe", "dedup"), "duplicates"),
    **dict.fromkeys(("deadlines", "calendar", "agenda"), "due"),
    **dict.fromkeys(("evidence", "reason", "explain"), "why"),
    **dict.fromkeys(("footnote", "citation"), "cite"),
    **dict.fromkeys(("init", "initialise", "initialize"), "store init"),
    **dict.fromkeys(("backup", "snapshot"), "store backup"),
    "restore": "store restore",
    **dict.fromkeys(("migrate", "upgrade"), "store migrate"),
    **dict.fromkeys(("comment", "remark"), "note"),
    **dict.fromkeys(("file", "pdf", "upload"), "attach"),
    **dict.fromkeys(("country", "countries", "state", "states"), "party list"),
    **dict.fromkeys(("person", "people", "signatories"), "signatory list"),
    "sources": "source list",
    "families": "family list",
    "subjects": "focus list",
}
"""Word to the command that does what it says."""

WHAT: dict[str, str] = {
    "add": "use tracker add TITLE, or tracker add alone, which asks",
    "add --like": "tracker add TITLE --like REF copies what is alike",
    "report overview": "tracker report overview counts; the last line of tracker list QUERY tells how many there are",
    "log": "tracker log lists the changes, tracker timeline REF what happened to an agreement",
}
"""Commands that need more than their name."""

ARGUMENTS = {"list": " QUERY", "import": " FILE", "search": " WORDS", "note": " REF TEXT", "attach": " REF FILE"}
"""What is given to a command to begin with; mostly a REF."""

WITHOUT = ("log", "undo", "export", "check", "due", "duplicates")
"""Commands that need nothing."""


def instead(word: str, names: list[str], path: str) -> str | None:
    """Return how to do what a word asks for, as half a sentence; None where that is not known.

    ``names`` are the commands where the word was tried, ``path`` is what leads there: ``tracker``, ``tracker party``.
    """
    meant = TRIED.get(word.lower())
    if meant is None or meant.partition(" ")[0] not in names:
        return None
    if path != "tracker":
        return None if " " in meant else f"use {path} {meant}"
    if meant in WHAT:
        return WHAT[meant]
    has_none = " " in meant or meant in WITHOUT
    return f"use tracker {meant}{'' if has_none else ARGUMENTS.get(meant, ' REF')}"
