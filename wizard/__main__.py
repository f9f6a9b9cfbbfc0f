"""``moving-day``: with a command it works in the terminal, without one in a window."""

from __future__ import annotations

import sys

from wizard import crashes

COMMANDS = ("list", "move", "resume", "verify", "undo", "report")


def main() -> int:
    """The program; gives its exit status."""
    crashes.arrange()
    arguments = sys.argv[1:]
    if arguments and (arguments[0] in COMMANDS or arguments[0].startswith("-")):
        from wizard import cli

        return cli.main(arguments)
    from wizard.preflight import missing

    trouble = missing()
    if trouble:
        print(trouble, file=sys.stderr)
        return 2
    from wizard.ui.app import main as open_window

    return open_window(arguments)


if __name__ == "__main__":
    # In the program that needs no Python, pictures are decoded by a second one of it.
    from multiprocessing import freeze_support

    freeze_support()
    sys.exit(main())
