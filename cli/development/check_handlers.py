"""Check the types of every function, each with its own folder on the path as in Lambda.

Handlers import their sibling ``environment``; there is one such module a function, so they are
checked one folder at a time.
"""

import os
import sys
from pathlib import Path

from mypy import api

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Print what mypy says of each folder that has something wrong; return 1 if any has."""
    failed = 0
    for folder in sorted(path for path in (ROOT / "functions").iterdir() if (path / "handler.py").exists()):
        os.environ["MYPYPATH"] = str(folder)
        cache = ROOT / ".mypy_cache" / "functions"
        out, err, status = api.run([f"--cache-dir={cache}", *map(str, sorted(folder.glob("*.py")))])
        if status:
            sys.stdout.write(f"functions/{folder.name}\n{out}{err}")
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
