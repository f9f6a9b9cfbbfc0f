"""The program itself, only less patient: what `python -m wizard` does, for tests that
kill it in the middle and cannot wait a minute and a half each time."""

from __future__ import annotations

import sys

from wizard import cli
from wizard.move import engine
from wizard.move.patience import Patience

engine.Patience = lambda: Patience(  # type: ignore[assignment,misc]
    settle=0.5, resend=1, first=0.05, longest=0.5, give_up=20, tries=5
)

if __name__ == "__main__":
    sys.exit(cli.main(sys.argv[1:]))
