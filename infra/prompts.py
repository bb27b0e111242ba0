"""The recordings that callers hear, uploaded with the deployment."""

from __future__ import annotations

from aws_cdk.aws_connect import CfnPrompt
from aws_cdk.aws_s3_assets import Asset
from constructs import Construct

from .plan import Plan


class Prompts(Construct):
    """A prompt for each recording of ``ivr.prompts``.

    Amazon Connect copies the file when the prompt is made, with the rights of whoever deploys: nothing has to be
    granted, and nothing reads the file afterwards.

    Attributes
    ----------
    arns
        ARN of each prompt, by its name.

    Notes
    -----
    **Source**: AWS CloudFormation template reference, ``AWS::Connect::Prompt``; Amazon Connect API reference,
    ``CreatePrompt``.
    """

    def __init__(self, scope: Construct, name: str, *, plan: Plan, instance_arn: str) -> None:
        super().__init__(scope, name)
        self.arns = {
            key: CfnPrompt(
                self,
                f"Prompt-{key}",
                instance_arn=instance_arn,
                name=key,
                s3_uri=Asset(self, f"Sound-{key}", path=str(plan.folder / prompt.file)).s3_object_url,
            ).attr_prompt_arn
            for key, prompt in plan.center.ivr.prompts.items()
        }
