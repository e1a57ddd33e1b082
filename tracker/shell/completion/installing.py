"""The scripts of the shells: their text, and where each shell looks for them."""

import os
from pathlib import Path
from typing import NamedTuple

from tracker.errors import StoreUnwritable, UsageProblem
from tracker.files.aside import replacing
from tracker.files.folders import base

FOLDER = Path(__file__).with_name("scripts")

SHELLS = ("bash", "zsh", "fish")


class Installed(NamedTuple):
    """Where a script was put, and what is to be done for it to count."""

    file: Path
    following: str


def shell(named: str | None) -> str:
    """Return the shell that is meant: the one that is named, else the one of the account. Raises UsageProblem."""
    name = named or os.path.basename(os.environ.get("SHELL", ""))  # noqa: PTH119 - the last word of a text
    if name not in SHELLS:
        told = f"no completion for {name!r}" if name else "which shell?"
        raise UsageProblem(f"{told}; there is one for each of {', '.join(SHELLS)}: tracker completion bash")
    return name


def script(name: str) -> str:
    """Return the script of a shell."""
    return (FOLDER / f"tracker.{name}").read_text(encoding="utf-8")


def install(name: str) -> Installed:
    """Put the script where the shell looks for it; raises StoreUnwritable."""
    installed = PLACES[name]()
    try:
        installed.file.parent.mkdir(parents=True, exist_ok=True)
        with replacing(installed.file) as out:
            out.write(script(name).encode())
    except OSError as error:
        raise StoreUnwritable(f"cannot write {installed.file}: {error.strerror}; print it instead") from error
    return installed


def _bash() -> Installed:
    folder = os.environ.get("BASH_COMPLETION_USER_DIR")
    above = Path(folder) if folder else base("XDG_DATA_HOME", ".local/share") / "bash-completion"
    file = above / "completions" / "tracker"
    return Installed(file, f"open a new shell; without the package bash-completion put into ~/.bashrc: source {file}")


def _zsh() -> Installed:
    folder = base("ZDOTDIR", "") / ".zfunc"
    lines = f"fpath=({folder} $fpath); autoload -Uz compinit; compinit"
    return Installed(folder / "_tracker", f"put into .zshrc, unless it is there: {lines}; then open a new shell")


def _fish() -> Installed:
    file = base("XDG_CONFIG_HOME", ".config") / "fish" / "completions" / "tracker.fish"
    return Installed(file, "open a new shell")


PLACES = {"bash": _bash, "zsh": _zsh, "fish": _fish}
