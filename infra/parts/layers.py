"""The layers: our own package, what it needs from others, and what encrypted input needs.

Each stack has its own. A layer shared between stacks would export the ARN of its version, and
CloudFormation refuses to change an export that is in use.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import jsii
from aws_cdk import BundlingOptions, DockerImage, ILocalBundling
from aws_cdk.aws_lambda import Code, LayerVersion
from constructs import Construct

from ..settings import LAMBDA_ARCHITECTURE, LAMBDA_PYTHON, LAMBDA_RUNTIME
from .staging import PROJECT, stage_folder

_REQUIREMENTS = PROJECT / "layers" / "dependencies"
_ENCRYPTION = PROJECT / "layers" / "encryption"


class LayerBundlingError(Exception):
    """The wheels of the dependency layer could not be fetched."""


def trunkline_layer(scope: Construct) -> LayerVersion:
    """Return the layer with the ``trunkline`` package."""
    return _layer(
        scope,
        "TrunklineLayer",
        Code.from_asset(str(stage_folder(PROJECT / "layers" / "trunkline"))),
        "The trunkline package: the domain",
    )


def dependency_layer(scope: Construct, *, bundle: bool) -> LayerVersion:
    """Return the layer with third-party packages for Lambda's Python and processor.

    Parameters
    ----------
    scope
        Stack that the layer belongs to.
    bundle
        Whether to fetch the wheels with pip, which needs the network: on where the CDK's command
        line deploys (``cdk.json``), off where ``python app.py`` synthesises for tests and the twin. They
        run handlers in an environment that has the packages; there the layer holds only the list.
    """
    code = _wheels(_REQUIREMENTS, bundle=bundle)
    return _layer(scope, "DependencyLayer", code, "Third-party packages of the trunkline package")


def encryption_layer(scope: Construct, *, bundle: bool) -> LayerVersion:
    """Return the layer with the AWS Encryption SDK, which only functions around the input key stand on.

    Parameters
    ----------
    scope, bundle
        As for :func:`dependency_layer`.
    """
    code = _wheels(_ENCRYPTION, bundle=bundle)
    return _layer(scope, "EncryptionLayer", code, "Packages that make and use the key of encrypted input")


@jsii.implements(ILocalBundling)
class PipInstall:
    """Fetches wheels for Lambda with pip, without Docker.

    Parameters
    ----------
    folder
        Folder with the list, ``requirements.txt``.

    Notes
    -----
    **Source**: AWS Lambda developer guide, "Working with .zip file archives for Python Lambda functions",
    "Creating a .zip deployment package with native libraries".
    """

    def __init__(self, folder: Path = _REQUIREMENTS) -> None:
        self._list = folder / "requirements.txt"

    def try_bundle(self, output_dir: str, *_: object, **__: object) -> bool:
        """Install the listed packages into ``output_dir``/python."""
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"]
        command += ["--only-binary=:all:", "--implementation", "cp", "--python-version", LAMBDA_PYTHON]
        command += ["--platform", "manylinux2014_aarch64", "--target", str(Path(output_dir) / "python")]
        command += ["--requirement", str(self._list)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if result.returncode != 0:
            raise LayerBundlingError(
                f"{self._list.relative_to(PROJECT)}: no wheels for Lambda: {result.stderr.strip()}. "
                "Check the network, or synthesise without the wheels: -c bundle=false"
            )
        return True


def _wheels(folder: Path, *, bundle: bool) -> Code:
    if not bundle:
        return Code.from_asset(str(folder))
    bundling = BundlingOptions(image=DockerImage.from_registry("scratch"), local=PipInstall(folder))
    return Code.from_asset(str(folder), bundling=bundling)


def _layer(scope: Construct, name: str, code: Code, description: str) -> LayerVersion:
    return LayerVersion(
        scope,
        name,
        code=code,
        description=description,
        compatible_runtimes=[LAMBDA_RUNTIME],
        compatible_architectures=[LAMBDA_ARCHITECTURE],
    )
