"""`python -m glossary_ls`: the same as the command `glossary-ls`."""

import sys

from glossary_ls.cli import main

if __name__ == "__main__":
    sys.exit(main())
