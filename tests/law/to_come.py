"""Questions that the program does not answer yet, by what is wanting: numbers of the questions of each file."""

TO_COME: dict[str, dict[str, tuple[int, ...]]] = {
    "point 14: counted by the last signature, not by conclusion": {
        "ballast-water-2004": (13,),
        "colreg-1972": (5,),
        "crc-1989": (11,),
        "crpd-2006": (19,),
        "law-of-treaties-1969": (26,),
        "npt-1968": (2, 3, 4),
        "racial-discrimination-1965": (3, 4),
        "torture-1984": (3, 4),
    },
    "point 10: status toward another state or territory": {
        "child-abduction-1980": (13, 14, 15, 16, 17, 18, 19, 20),
        "kyoto-1997": (10, 11, 12, 13),
        "new-york-1958-territories": (9, 10, 11, 12),
        "tobacco-2003": (12,),
        "torture-1984": (12, 13, 14, 15),
        "wto-1994": (9, 10, 11, 12, 13, 14, 15),
    },
    "point 9: a list asks the instrument's force, not the party's": {
        "crc-1989": (12,),
        "european-convention-russia-2022": (9,),
        "genocide-1948": (28,),
        "icj-statute-1945": (10,),
        "icsid-1965": (26,),
        "istanbul-2011": (12,),
        "kyoto-1997": (16,),
        "open-skies-1992": (10, 12, 13),
        "optional-protocol-iccpr-1966": (20, 21, 22),
        "optional-protocols-diplomatic": (9,),
        "unesco-1945": (28, 30, 31),
        "unido-1979": (13,),
        "whaling-1946": (19,),
    },
    "point 11: a protocol that only parties to its parent can be parties to": {
        "european-convention-russia-2022": (6,),
    },
    "point 9: agreements in force for both parties": {
        "icsid-1965": (28,),
        "istanbul-2011": (15,),
        "kyoto-1997": (18,),
        "open-skies-1992": (15,),
        "unesco-1945": (32,),
        "unido-1979": (15,),
    },
    "points 11 and 15: windows for notice of each party, entries of provisions": {
        "ilo-windows": (13, 14, 15, 16),
        "kyoto-1997": (19,),
        "marpol-annexes": (4, 5, 6),
        "notice-after-three-years": (7, 8),
    },
    "point 11: survival after an end that a notice brought": {
        "investment-treaties-survival": (4,),
    },
}
