"""Run as a program; see the package."""

import sys

from tests.quality.first_day import main

sys.exit(main(sys.argv[1:]))
