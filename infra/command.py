"""The CDK app as a command: settings from context or environment, stacks from here.

``cdk synth`` and ``cdk deploy`` run it by ``cdk.json``; ``python app.py`` alone writes the same assembly,
without the wheels of the dependency layer, into ``$CDK_OUTDIR`` (``cdk.out`` if that is not set).

================  ===========================  ======================================================
``-c`` context    variable                     meaning
================  ===========================  ======================================================
``environment``   ``TRUNKLINE_ENVIRONMENT``    ``dev`` (default) or ``prod``
``center``        ``TRUNKLINE_CENTER``         the file; the project's ``callcenter.yaml`` by default
``bundle``        ``TRUNKLINE_BUNDLE``         ``true`` fetches wheels for Lambda, as ``cdk.json`` says
``site``          ``TRUNKLINE_SITE``           folder of the built console, ``web/dist`` by default
``nag``           ``TRUNKLINE_NAG``            ``true`` holds every resource against cdk-nag's rules
================  ===========================  ======================================================
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from aws_cdk import App, Validations

from contactflow.compile import CompileError
from contactflow.model import FlowError
from trunkline.center import CenterError, load_center, locate_keys

from .parts.staging import PROJECT
from .plan import Plan
from .settings import SettingsError, get_settings
from .synth import SITE, build_stacks, create_app
from .test_cases import CaseNotDeployableError


def main() -> int:
    """Synthesise; return 1 after telling every problem of the file or the environment."""
    app = create_app(None if "CDK_OUTDIR" in os.environ else Path("cdk.out"))
    file = Path(_ask(app, "center", str(PROJECT / "callcenter.yaml")))
    try:
        plan = Plan(
            settings=get_settings(_ask(app, "environment", "dev")),
            center=load_center(file),
            folder=file.resolve().parent,
            bundle=_is_true(_ask(app, "bundle", "false")),
            site=Path(_ask(app, "site", str(SITE))),
        )
        build_stacks(app, plan)
    except CompileError as error:
        sys.stderr.write(f"{file}:{locate_keys(file)[error.path]}: {error}\n")
        return 1
    except (CaseNotDeployableError, CenterError, FlowError, SettingsError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if _is_true(_ask(app, "nag", "false")):
        _hold_against_rules(app)
    app.synth()
    return 0


def _ask(app: App, name: str, default: str) -> str:
    given = app.node.try_get_context(name)
    return str(given) if given is not None else os.environ.get(f"TRUNKLINE_{name.upper()}", default)


def _is_true(text: str) -> bool:
    return text.lower() == "true"


def _hold_against_rules(app: App) -> None:
    from cdk_nag import AwsSolutionsChecks

    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
