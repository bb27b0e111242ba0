"""The table of contents: which capability stands in which stack."""

from __future__ import annotations

from aws_cdk import Stack
from constructs import Construct

from .call_functions import CallFunctions
from .closing import Closing
from .console import Console
from .contacts import Contacts
from .conversations import Conversations
from .data import AgentEvents, Buckets, InitialPassword, People, Tables
from .history import History
from .ivr import Ivr
from .live import Live
from .metrics import Metrics
from .observation import Observation
from .outputs import tell_center, tell_console
from .parts.alarms import Alarms
from .plan import Plan
from .recordings import Recordings
from .reports import Reports
from .routing import Routing
from .shared import share, share_with_workflows
from .speech import SpeechBot, listens
from .telephony import Numbers, Telephony
from .test_cases import TestCases


class DataStack(Stack):
    """What must not be lost."""

    def __init__(self, scope: Construct, name: str, *, plan: Plan) -> None:
        super().__init__(scope, name, description="Trunkline: tables, buckets, agent events, accounts")
        self.tables = Tables(self, "Tables", settings=plan.settings)
        self.buckets = Buckets(self, "Buckets", plan=plan)
        self.agent_events = AgentEvents(self, "AgentEvents", settings=plan.settings)
        self.people = People(self, "People", settings=plan.settings)
        self.initial_password = InitialPassword(self, "InitialPassword", settings=plan.settings)


class CenterStack(Stack):
    """What answers the telephone, and everything that follows from a call."""

    def __init__(self, scope: Construct, name: str, *, plan: Plan, data: DataStack) -> None:
        super().__init__(scope, name, description="Trunkline: telephony, flows, workflows, metrics")
        buckets, alarms = data.buckets, Alarms(self, "Alarms", email=plan.center.alarms.email)
        shared = share(self, plan=plan, tables=data.tables, alarms=alarms)
        telephony = Telephony(self, "Telephony", plan=plan)
        self.instance, arn = telephony.instance, telephony.instance.arn
        routing = Routing(self, "Routing", plan=plan, instance_arn=arn, password=data.initial_password)
        calls = CallFunctions(self, "CallFunctions", plan=plan, instance_arn=arn, **shared)
        bot = SpeechBot(self, "Speech", plan=plan, instance_arn=arn) if listens(plan.center) else None
        ivr = Ivr(self, "Ivr", plan=plan, instance_arn=arn, routing=routing, calls=calls, bot=bot)
        TestCases(self, "TestCases", plan=plan, instance_arn=arn, resources=ivr.resources, routing=routing)
        numbers = Numbers(self, "Numbers", plan=plan, instance=self.instance, flow_arn=ivr.inbound_arn)
        history, events = History(self, "History", plan=plan, bucket=buckets.history), data.agent_events
        Live(self, "Live", stream=events, history=history, instance_arn=arn, queues=routing.queues, **shared)
        contacts = Contacts(self, "Contacts", lake=buckets.contact_records, history=history, **shared)
        of_workflows = share_with_workflows(self, shared, buckets=buckets)
        Recordings(self, "Recordings", **of_workflows)
        Conversations(self, "Conversations", history=history, **of_workflows)
        Metrics(self, "Metrics", **shared)
        reports = Reports(self, "Reports", plan=plan, base=shared["base"], tables=data.tables, bucket=buckets.history)
        Closing(self, "Closing", plan=plan, history=history, reports=reports, **of_workflows)
        telephony.store(buckets.recordings, data.agent_events, contacts.delivery.attr_arn)
        Observation(self, "Observation", plan=plan, instance=self.instance, alarms=alarms).show(data.tables)
        tell_center(self, instance=self.instance, numbers=numbers, topic=alarms.topic)


class ConsoleStack(Stack):
    """What people open in a browser."""

    def __init__(self, scope: Construct, name: str, *, plan: Plan, data: DataStack, center: CenterStack) -> None:
        super().__init__(scope, name, description="Trunkline: the console and its API")
        tables, buckets, people, instance = data.tables, data.buckets, data.people, center.instance
        console = Console(self, "Console", plan=plan, tables=tables, buckets=buckets, people=people, instance=instance)
        tell_console(self, console=console)
