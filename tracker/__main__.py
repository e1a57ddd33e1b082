"""Where the program starts: ``tracker`` and ``python -m tracker``."""


def main() -> None:
    """Run the program; Ctrl-C ends it from here on in one line.

    Nothing that start-up makes is garbage, so none is looked for until a command is loaded: that is a tenth of a short
    run. For TAB no command is imported, nor is Typer.
    """
    try:
        from tracker.shell.running import interrupts

        interrupts.watch()
        import os
        import sys

        if "_TRACKER_COMPLETE" in os.environ:
            from tracker.shell.completion import answering

            answering.answer(sys.argv[1:])
            return
        import gc

        gc.disable()
        from tracker.shell.program import run

        gc.freeze()
        try:
            run()
        finally:
            interrupts.end()
    except KeyboardInterrupt:
        import os

        os.write(2, b"tracker: interrupted\n")
        os._exit(130)


if __name__ == "__main__":
    main()
