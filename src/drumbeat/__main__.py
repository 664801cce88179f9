"""`python -m drumbeat`: the same as the `drumbeat` command."""

from __future__ import annotations

import sys

from drumbeat.cli import main

if __name__ == "__main__":  # a process of the server imports this module under another name
    sys.exit(main())
