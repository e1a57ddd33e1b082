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
        except SystemExit as end:
            interrupts.end()
            _leave(end.code)
            raise
        finally:
            interrupts.end()
    except KeyboardInterrupt:
        import os

        os.write(2, b"tracker: interrupted\n")
        os._exit(130)


def _leave(code: object) -> None:
    """End the process at once where all went well and nothing is left to do at its end.

    To take apart what was loaded takes a fortieth of a short run. What failed, what asked to be called at the end, and
    what runs under a profiler, a debugger or ``python -i`` goes the long way.
    """
    import atexit
    import os
    import threading

    waiting = atexit._ncallbacks()  # noqa: SLF001 - the only one who knows
    if code == 0 and not waiting and threading.active_count() == 1 and not _watched():
        os._exit(0)


def _watched() -> bool:
    """Whether somebody looks on who has something to say afterwards; from Python 3.12 on profilers are tools."""
    import sys

    monitoring = getattr(sys, "monitoring", None)
    tools = [monitoring.get_tool(number) for number in range(6)] if monitoring else []
    return bool(sys.getprofile() or sys.gettrace() or any(tools) or sys.flags.inspect)


if __name__ == "__main__":
    main()
