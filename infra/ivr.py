"""The contact flows, compiled from ``callcenter.yaml``."""

from __future__ import annotations

from aws_cdk import Stack
from aws_cdk.aws_connect import CfnContactFlow, CfnContactFlowModule
from constructs import Construct

from contactflow.compile import (
    CompiledFlow,
    InputKey,
    IvrResources,
    compile_announcement,
    compile_inbound,
    compile_queue_treatment,
    compile_survey,
)

from .call_functions import CallFunctions
from .ivr_document import describe_ivr, entry_hours
from .plan import Plan
from .prompts import Prompts
from .routing import Routing
from .speech import SpeechBot


class Ivr(Construct):
    """The module ``announcement`` and the flows ``queue_treatment``, ``survey`` and ``inbound``, where calls come to.

    Parameters
    ----------
    scope, name
        Place in the tree.
    plan
        What callers hear and choose.
    instance_arn
        The Amazon Connect instance.
    routing
        Queues and opening hours.
    calls
        The functions that flows invoke.
    bot
        The bot that menus listen by, if any does.

    Attributes
    ----------
    inbound_arn
        ARN of the flow that numbers lead to.
    resources
        What the flows use and, by their names, the flows and modules themselves.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        plan: Plan,
        instance_arn: str,
        routing: Routing,
        calls: CallFunctions,
        bot: SpeechBot | None,
    ) -> None:
        super().__init__(scope, name)
        self._instance_arn = instance_arn
        document = describe_ivr(plan.center)
        flows: dict[str, str] = {}
        modules: dict[str, str] = {}
        key = calls.input_key
        self.resources = resources = IvrResources(
            functions={key: function.function_arn for key, function in calls.by_name.items()},
            queues=routing.queues,
            hours=routing.hours[entry_hours(plan.center)],
            flows=flows,
            bot_alias=bot.alias_arn if bot else None,
            prompts=Prompts(self, "Prompts", plan=plan, instance_arn=instance_arn).arns,
            modules=modules,
            input_key=InputKey(key.key_id, key.certificate) if key else None,
        )
        module = compile_announcement(document, resources)
        modules[module.name] = self._create_module(module).attr_contact_flow_module_arn
        for compile_flow in (compile_queue_treatment, compile_survey, compile_inbound):
            flow = compile_flow(document, resources)
            flows[flow.name] = self._create(flow).attr_contact_flow_arn
        self.inbound_arn = flows["inbound"]
        self.node.add_dependency(*calls.associations, *([bot] if bot else []))

    def _create(self, flow: CompiledFlow) -> CfnContactFlow:
        """Create a flow; ARNs in its content are filled in when it is deployed.

        **Source**: AWS CloudFormation template reference, ``AWS::Connect::ContactFlow``: at most 256,000
        characters of content.
        """
        return CfnContactFlow(
            self,
            f"Flow-{flow.name}",
            instance_arn=self._instance_arn,
            name=flow.name,
            type=flow.type,
            description=flow.description,
            content=Stack.of(self).to_json_string(flow.content),
        )

    def _create_module(self, module: CompiledFlow) -> CfnContactFlowModule:
        """Create a module, which flows name by its ARN.

        **Source**: AWS CloudFormation template reference, ``AWS::Connect::ContactFlowModule``.
        """
        return CfnContactFlowModule(
            self,
            f"Module-{module.name}",
            instance_arn=self._instance_arn,
            name=module.name,
            description=module.description,
            content=Stack.of(self).to_json_string(module.content),
        )
