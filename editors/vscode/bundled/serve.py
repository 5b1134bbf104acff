"""Run the bundled glossary-ls."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "libs"))

from glossary_ls.cli import main

if __name__ == "__main__":
    sys.exit(main())
