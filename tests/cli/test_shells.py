"""TAB in real shells, typed on a terminal: what the line became is what the program was then called with."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import Run, called
from shells import Shell

NAMES = ("bash", *(pytest.param(name, marks=pytest.mark.long) for name in ("zsh", "fish")))
"""Each start of a shell and each TAB takes a process: one of the shells is quick."""

TITLE = "Pact $(touch acted) `touch acted` %F{red} \\u001b]0;x\\u0007 ${HOME} [red]x"
PARTY = 'Évora; $(touch acted) `touch acted` \\"x\\" it\'s !! & $HOME'


@pytest.fixture(scope="module", params=NAMES)
def shell(request: pytest.FixtureRequest, sample_store: Path, tmp_path_factory) -> Iterator[Shell]:
    """A shell with completion, over the samples and a record and a party that would act if they could."""
    home = tmp_path_factory.mktemp(request.param)
    store = Path(shutil.copy(sample_store, home / "register.db"))
    (home / "evil.json").write_text(
        f'[{{"record": "party", "code": "evora", "kind": "other", "name": "{PARTY}"}},'
        f' {{"record": "agreement", "ref": "zz-1", "title": "{TITLE}"}},'
        f' {{"record": "agreement", "ref": "zz-2", "title": "{TITLE}"}}]'
    )
    code, _, err = called(["--no-config", "--store", str(store), "import", str(home / "evil.json")], b"")
    assert code == 0, err
    started = Shell(request.param, home, store=store)
    yield started
    started.close()


@pytest.mark.sampled(6)
@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("tracker sho\tus-jp-sos\t", ["show", "us-jp-sosa-2023"]),
        ("tracker party al\tNZ\t", ["party", "alias", "NZL"]),
        ("tracker list --cert\t", ["list", "--certain"]),
        ("tracker list --party NZ\t", ["list", "--party", "NZL"]),
        ("tracker list --party=NZ\t", ["list", "--party=NZL"]),
        ("tracker list --party Jap\t", ["list", "--party", "Japan"]),
        ("tracker list --party New\\ Zea\t", ["list", "--party", "New Zealand"]),
        ('tracker list --party "New Zea\t', ["list", "--party", "New Zealand"]),
        ("tracker list --party 'New Zea\t", ["list", "--party", "New Zealand"]),
        ("tracker list party:NZ\t", ["list", "party:NZL"]),
        ("tracker list party:JPN,NZ\t", ["list", "party:JPN,NZL"]),
        ("tracker list party:New\\ Zea\t", ["list", 'party:"New Zealand"']),
        ("tracker list 'party:JPN party:NZ\t", ["list", "party:JPN party:NZL"]),
        ("tracker list status:suspe\t", ["list", "status:suspended"]),
        ("tracker list -focus:defence_i\t", ["list", "-focus:defence_industry"]),
        (
            "tracker edit us-jp-sosa-2023 --set events[e1].dat\t2023",
            ["edit", "us-jp-sosa-2023", "--set", "events[e1].date=2023"],
        ),
        ("tracker event us-jp-sosa-2023 entered_i\t", ["event", "us-jp-sosa-2023", "entered_into_force"]),
        ("tracker report fun\t", ["report", "funnel"]),
        ("tracker import evil.js\t", ["import", "evil.json"]),
    ],
)
def test_a_tab_completes_the_word(shell: Shell, keys: str, words: list[str]):
    assert shell.ran(keys) == words


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_a_name_is_quoted_so_that_the_shell_reads_it_back(shell: Shell, quote: str):
    assert shell.ran(f"tracker list --party {quote}Évo\t") == ["list", "--party", PARTY.replace("\\", "")]
    assert not (shell.home / "acted").exists()


def test_titles_are_shown_and_never_act(shell: Shell):
    text = shell.offered("tracker show zz-\t\t", until="Pact $(touch acted)")
    assert "\x1b]0;x" not in text
    assert shell.ran("tracker list") == ["list"]
    assert not (shell.home / "acted").exists()


def test_a_colon_eats_nothing_where_bash_breaks_words_there(shell: Shell):
    """COMP_WORDBREAKS holds a colon, or does not: some take it out."""
    if shell.name != "bash":
        pytest.skip("only bash breaks words at characters of its own")
    shell.line("COMP_WORDBREAKS=${COMP_WORDBREAKS//[:=]/}\n")
    assert shell.ran("tracker list party:NZ\t --binding=non_b\t") == ["list", "party:NZL", "--binding=non_binding"]
    shell.line("COMP_WORDBREAKS=$COMP_WORDBREAKS:=\n")
    assert shell.ran("tracker list party:NZ\t --binding=non_b\t") == ["list", "party:NZL", "--binding=non_binding"]


STARTED = {
    "bash": (["bash", "--rcfile", ".bashrc", "-i"], ".bashrc", ". /usr/share/bash-completion/bash_completion\n"),
    "zsh": (["zsh", "-i"], ".zshrc", "fpath=({home}/.zfunc $fpath); autoload -Uz compinit; compinit -u\n"),
    "fish": (["fish", "-i"], ".config/fish/config.fish", ""),
}
"""How a shell starts with settings of one's own, and what has to stand in them, as ``--install`` says."""


@pytest.mark.parametrize("name", NAMES)
def test_what_is_installed_is_found_by_the_next_shell(name: str, home: Path, run: Run, store: Path):
    if name == "bash" and not Path("/usr/share/bash-completion/bash_completion").exists():
        pytest.skip("bash-completion is not installed here")
    done = run("completion", name, "--install")
    assert done.code == 0, done.err
    assert Path(done.out.strip()).is_file()
    started, file, settings = STARTED[name]
    (home / file).parent.mkdir(parents=True, exist_ok=True)
    (home / file).write_text(settings.format(home=home))
    shell = Shell(name, home, started=started, loads="", store=store)
    try:
        assert shell.ran("tracker list party:NZ\t") == ["list", "party:NZL"]
    finally:
        shell.close()
