"""The register for Python programs and notebooks: ``tracker.open`` to read, ``tracker.change`` to write.

Stands on ``read`` and ``work`` as the commands do, and knows no command line; nothing is printed, nobody is asked.
"""
