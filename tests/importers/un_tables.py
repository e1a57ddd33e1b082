"""A made-up folder in the shape of the participation tables of the UN Treaty Collection."""

from pathlib import Path

URL = "http://treaties.un.org/pages/ViewDetails.aspx?src=TREATY&mtdsg_no={}&chapter=27&lang=en"

INDEX = f"""\
chapter_no,treaty_no,treaty_name,url,chapter_url,chapter_name
27,91,"Convention on the Colour of Buoys, 1990*. Port Vila, 3 December 1990",{URL.format("XXVII-91")},,Buoys and Lights
27,91.a,"Protocol to the Convention on the Colour of Buoys. Oslo, 4 May 1992 and 6 May 1992",\
{URL.format("XXVII-91-a")},,Buoys and Lights
27,91.2,"Annex II - Red Buoys - to the Convention on the Colour of Buoys. 5 June 1993",,,Buoys and Lights
27,92,"Agreement on Lamps*. Geneva",{URL.format("XXVII-92")},,Buoys and Lights
"""

TABLES = {
    "27-91": """\
Participant,"Signature, Signature ad referendum (s)","Accession(a), Succession(d), Ratification"
Norway,3 Dec 1990,4 Jan 1992
Cape Verde,,5 Sept 1993 a
Czech Republic,,1 Jan 1993 d
European Union,3 Dec 1990 s,6 July 1994
,,
Fiji,[3 Dec 1990 ],[  3 Oct 1992 a]
""",
    "27-91-a": """\
Participant,Signature ad referendum (s),"Participation under article XI of the Act of 1980(P), Accession(a)"
Norway,4 May 1992,7 Aug 1993 P
Fiji,5 May 1992 s,as from 29 January 1995 a
""",
    "27-91-2": """\
Participant,"Definitive signature of the Annex, Acceptance of the Annex, Notification in respect of it(d)"
Norway,7 Jun 1993
Fiji,8 Jun 1993 d
""",
    "27-92": """\
Participant,"Provisional application by virtue of signature, adoption of the Act or accession to it, \
Acceptance by the parties, Signature by members under Section 3 (c)"
Japan,
""",
}


def make(folder: Path) -> Path:
    """Write the folder."""
    (folder / "treaties").mkdir(parents=True)
    (folder / "index.csv").write_text(INDEX, encoding="utf-8")
    for name, text in TABLES.items():
        (folder / "treaties" / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
