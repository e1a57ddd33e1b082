"""Where the program starts: ``tracker`` and ``python -m tracker``."""


def main() -> None:
    """Run the program; nothing that start-up makes is garbage, so none is looked for until a command is loaded.

    That is a tenth of a short run.
    """
    import gc

    gc.disable()
    try:
        from tracker.shell.program import app

        gc.freeze()
        app()
    except KeyboardInterrupt:  # before the program is there that says so
        import sys

        sys.stderr.write("tracker: interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
