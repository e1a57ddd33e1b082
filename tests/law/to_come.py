"""Questions that the program does not answer yet, by what is wanting: numbers of the questions of each file."""

TO_COME: dict[str, dict[str, tuple[int, ...]]] = {}
