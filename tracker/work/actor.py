"""Under which name a change is logged where nobody gives one."""


def account() -> str:
    """Return the name of the account that runs the program, or its number."""
    import getpass
    import os

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"
