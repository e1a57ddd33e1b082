"""``docs/publishing.md``: its commands run and print what stands there; it names the settings and parts there are."""

import re
import shlex

from running import ROOT

from tracker.publishing.data import TELLS
from tracker.record.private import PARTS
from tracker.shell.settings import SITE

PAGE = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")


def test_the_commands_print_what_the_page_says(run, store, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    for step in block.split("$ ")[1:]:
        line, *expected = step.splitlines()
        done = run(*shlex.split(line)[1:])
        assert done.code == 0, done.err
        assert {text for text in expected if text not in ("", "...")} <= set(done.err.splitlines()), done


def test_the_page_names_every_setting_part_and_file():
    for name in SITE:
        base = name.removesuffix("_dark")
        assert f"`site.{name}`" in PAGE or (f"`site.{base}`" in PAGE and "`_dark`" in PAGE)
    assert all(f"`--with {part}`" in PAGE for part in PARTS)
    assert {path.partition("/")[0] for path in TELLS} <= {"data", *re.findall(r"`([\w.]+)`", PAGE)}
