"""The CDK app; :mod:`infra.command` says what it listens to."""

import sys

from infra.command import main

if __name__ == "__main__":
    sys.exit(main())
