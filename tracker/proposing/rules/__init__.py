"""The rules by which values are read, one file each; those of the final clauses stand together.

A rule is a module with

    read(reading: Reading, instrument: Instrument) -> Iterator[Value | Refusal]

It looks at what the text says of that one instrument (``instrument.sentences``, or ``instrument.whole`` where its own
text is given) and yields what it proposes, each value with its words, and what it saw and refused. A rule has no words
of its own: they stand in the tables of the language.
"""
