"""From a file and an environment to a cloud assembly, without an AWS call, an account or a network."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aws_cdk import App, DefaultStackSynthesizer, Stack, Tags

from .capabilities import CENTER_TAG, ENVIRONMENT_TAG, tag_capabilities
from .parts.staging import PROJECT
from .plan import Plan
from .stacks import CenterStack, ConsoleStack, DataStack

SITE = PROJECT / "web" / "dist"
"""Where the console is built to; deployed where it exists."""

FEATURE_FLAGS: Mapping[str, Any] = {
    "@aws-cdk/aws-iam:minimizePolicies": True,
    "@aws-cdk/core:enablePartitionLiterals": True,
    "@aws-cdk/core:checkSecretUsage": True,
    "@aws-cdk/customresources:installLatestAwsSdkDefault": False,
    "aws:cdk:disable-stack-trace": True,
}
"""Set in code, so that ``python app.py`` and the CDK's command line give the same templates."""


def create_app(outdir: Path | None = None) -> App:
    """Return an empty app; without ``outdir`` the CDK's command line says where it is written."""
    return App(
        outdir=str(outdir) if outdir else None,
        context=dict(FEATURE_FLAGS),
        analytics_reporting=False,
        tree_metadata=False,
        default_stack_synthesizer=DefaultStackSynthesizer(generate_bootstrap_version_rule=False),
    )


def build_stacks(app: App, plan: Plan) -> App:
    """Put the three stacks of a centre into the app."""
    name = f"Trunkline-{plan.settings.environment}"
    data = DataStack(app, f"{name}-Data", plan=plan)
    center = CenterStack(app, f"{name}-Center", plan=plan, data=data)
    console = ConsoleStack(app, f"{name}-Console", plan=plan, data=data, center=center)
    stacks: tuple[Stack, ...] = (data, center, console)
    for stack in stacks:
        stack.termination_protection = plan.settings.keep_data
        tag_capabilities(stack)
    for key, value in {CENTER_TAG: plan.center.alias, ENVIRONMENT_TAG: plan.settings.environment}.items():
        Tags.of(app).add(key, value)
    return app
