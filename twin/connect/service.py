"""The Amazon Connect API, as far as templates and functions call it.

**Source**: Amazon Connect API Reference (each operation's page); names and shapes follow the service model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from twin.connect.facts import ContactFacts
from twin.connect.registry import FlowResource, PhoneNumber, Queue, User, id_of
from twin.connect.service_metrics import current_metrics, current_users
from twin.contracts import ServiceError

if TYPE_CHECKING:
    from twin.connect.network import ConnectNetwork

Parameters = Mapping[str, Any]
Answer = dict[str, Any]


class ConnectService:
    """Answers boto3's ``connect`` client."""

    def __init__(self, network: ConnectNetwork) -> None:
        self._network = network
        self._registry = network.registry
        self._operations: dict[str, Callable[[Parameters], Answer]] = {
            "AssociatePhoneNumberContactFlow": self._associate_number,
            "DisassociatePhoneNumberContactFlow": self._disassociate_number,
            "DescribePhoneNumber": self._describe_number,
            "ListPhoneNumbersV2": self._list_numbers,
            "DescribeInstance": self._describe_instance,
            "ListInstances": self._list_instances,
            "ListQueues": self._list_queues,
            "DescribeQueue": self._describe_queue,
            "ListUsers": self._list_users,
            "DescribeUser": self._describe_user,
            "ListContactFlows": self._list_flows,
            "DescribeContactFlow": self._describe_flow,
            "UpdateContactFlowContent": self._update_flow_content,
            "ListLambdaFunctions": self._list_functions,
            "DescribeContact": self._describe_contact,
            "GetContactAttributes": self._get_attributes,
            "UpdateContactAttributes": self._update_attributes,
            "StopContact": self._stop_contact,
            "GetCurrentMetricData": lambda parameters: current_metrics(network, parameters),
            "GetCurrentUserData": lambda parameters: current_users(network, parameters),
        }

    def call(self, operation: str, parameters: Mapping[str, Any], caller: str) -> dict[str, Any]:
        """Answer one operation; ``caller`` was authorised before."""
        del caller
        answer = self._operations.get(operation)
        if answer is None:
            raise ServiceError(
                "UnknownOperationException",
                f"the twin's Amazon Connect has no {operation}; see twin/connect/service.py",
                404,
            )
        if "InstanceId" in parameters:
            self._registry.instances.find(parameters["InstanceId"], "instance")
        return answer(parameters)

    # --- numbers ------------------------------------------------------------------------------------

    def _associate_number(self, parameters: Parameters) -> Answer:
        number = self._registry.numbers.find(parameters["PhoneNumberId"], "phone number")
        self._registry.answer_with(number, self._registry.flows.find(parameters["ContactFlowId"], "flow"))
        return {}

    def _disassociate_number(self, parameters: Parameters) -> Answer:
        self._registry.answer_with(self._registry.numbers.find(parameters["PhoneNumberId"], "phone number"), None)
        return {}

    def _describe_number(self, parameters: Parameters) -> Answer:
        number = self._registry.numbers.find(parameters["PhoneNumberId"], "phone number")
        summary = _number(number)
        return {"ClaimedPhoneNumberSummary": summary | {"PhoneNumberStatus": {"Status": "CLAIMED"}}}

    def _list_numbers(self, parameters: Parameters) -> Answer:
        del parameters
        return {"ListPhoneNumbersSummaryList": [_number(one) for one in self._registry.numbers.values()]}

    # --- the instance --------------------------------------------------------------------------------

    def _describe_instance(self, parameters: Parameters) -> Answer:
        del parameters
        return {"Instance": self._instance()}

    def _list_instances(self, parameters: Parameters) -> Answer:
        del parameters
        return {"InstanceSummaryList": [self._instance()] if self._registry.instances else []}

    def _instance(self) -> Answer:
        instance = self._registry.instance()
        return {
            "Id": instance.id,
            "Arn": instance.arn,
            "IdentityManagementType": "CONNECT_MANAGED",
            "InstanceAlias": instance.alias,
            "CreatedTime": instance.created_at,
            "InstanceStatus": "ACTIVE",
            "InboundCallsEnabled": True,
            "OutboundCallsEnabled": False,
        }

    def _list_queues(self, parameters: Parameters) -> Answer:
        del parameters
        queues = self._registry.queues.values()
        return {"QueueSummaryList": [_summary(queue.arn, queue.name) | {"QueueType": "STANDARD"} for queue in queues]}

    def _describe_queue(self, parameters: Parameters) -> Answer:
        queue: Queue = self._registry.queues.find(parameters["QueueId"], "queue")
        described = {
            "Name": queue.name,
            "QueueArn": queue.arn,
            "QueueId": id_of(queue.arn),
            "Description": queue.description,
            "HoursOfOperationId": id_of(queue.hours_arn),
            "Status": "ENABLED",
        }
        return {"Queue": described | ({"MaxContacts": queue.max_contacts} if queue.max_contacts else {})}

    def _list_users(self, parameters: Parameters) -> Answer:
        del parameters
        users = self._registry.users.values()
        return {"UserSummaryList": [{"Id": id_of(u.arn), "Arn": u.arn, "Username": u.username} for u in users]}

    def _describe_user(self, parameters: Parameters) -> Answer:
        user: User = self._registry.users.find(parameters["UserId"], "user")
        return {
            "User": {
                "Id": id_of(user.arn),
                "Arn": user.arn,
                "Username": user.username,
                "IdentityInfo": {"FirstName": user.first_name, "LastName": user.last_name},
                "RoutingProfileId": id_of(user.routing_profile_arn),
            }
        }

    def _list_flows(self, parameters: Parameters) -> Answer:
        kinds = parameters.get("ContactFlowTypes")
        flows = self._registry.flows.values()
        return {
            "ContactFlowSummaryList": [
                _summary(one.arn, one.name) | {"ContactFlowType": one.kind}
                for one in flows
                if one.kind != "MODULE" and (not kinds or one.kind in kinds)
            ]
        }

    def _describe_flow(self, parameters: Parameters) -> Answer:
        flow: FlowResource = self._registry.flows.find(parameters["ContactFlowId"], "flow")
        return {
            "ContactFlow": _summary(flow.arn, flow.name)
            | {"Type": flow.kind, "Content": flow.content, "Description": flow.description, "State": "ACTIVE"}
        }

    def _update_flow_content(self, parameters: Parameters) -> Answer:
        flow: FlowResource = self._registry.flows.find(parameters["ContactFlowId"], "flow")
        self._registry.flows.put(replace(flow, content=parameters["Content"]))
        return {}

    def _list_functions(self, parameters: Parameters) -> Answer:
        del parameters
        return {"LambdaFunctions": sorted(self._registry.functions)}

    # --- contacts ------------------------------------------------------------------------------------

    def _describe_contact(self, parameters: Parameters) -> Answer:
        facts = self._contact(parameters["ContactId"])
        contact: Answer = {
            "Arn": facts.contact_arn,
            "Id": facts.contact_id,
            "InitiationMethod": facts.initiation_method,
            "Channel": "VOICE",
            "InitiationTimestamp": facts.initiated_at,
            "LastUpdateTimestamp": facts.disconnected_at or facts.connected_at or facts.initiated_at,
            "CustomerEndpoint": {"Type": "TELEPHONE_NUMBER", "Address": facts.customer},
            "SystemEndpoint": {"Type": "TELEPHONE_NUMBER", "Address": facts.system_number},
        }
        chain = {
            "InitialContactId": facts.initial_contact_id,
            "PreviousContactId": facts.previous_contact_id,
            "ConnectedToSystemTimestamp": facts.connected_to_system_at,
        }
        contact |= {name: value for name, value in chain.items() if value is not None}
        if facts.queue is not None and facts.enqueued_at is not None:
            contact["QueueInfo"] = {"Id": id_of(facts.queue.arn), "EnqueueTimestamp": facts.enqueued_at}
        if facts.agent is not None and facts.connected_at is not None:
            contact["AgentInfo"] = {
                "Id": id_of(facts.agent.arn),
                "ConnectedToAgentTimestamp": facts.connected_at,
            }
        if facts.disconnected_at is not None:
            contact |= {
                "DisconnectTimestamp": facts.disconnected_at,
                "DisconnectReason": facts.disconnect_reason,
            }
        return {"Contact": contact}

    def _get_attributes(self, parameters: Parameters) -> Answer:
        return {"Attributes": dict(self._contact(parameters["InitialContactId"]).attributes)}

    def _update_attributes(self, parameters: Parameters) -> Answer:
        contact_id = parameters["InitialContactId"]
        self._contact(contact_id).attributes.update(parameters["Attributes"])
        self._network.resend_record(contact_id)
        return {}

    def _stop_contact(self, parameters: Parameters) -> Answer:
        call = self._network.call(parameters["ContactId"])
        if call is None or call.over:
            self._contact(parameters["ContactId"])
            raise ServiceError("ContactNotFoundException", f"contact {parameters['ContactId']} is not active", 410)
        call.stop()
        return {}

    def _contact(self, contact_id: str) -> ContactFacts:
        facts = self._network.facts(contact_id)
        if facts is None:
            raise ServiceError("ResourceNotFoundException", f"contact {contact_id} does not exist", 404)
        return facts


def _summary(arn: str, name: str) -> Answer:
    return {"Id": id_of(arn), "Arn": arn, "Name": name}


def _number(number: PhoneNumber) -> Answer:
    return {
        "PhoneNumberId": id_of(number.arn),
        "PhoneNumberArn": number.arn,
        "PhoneNumber": number.address,
        "PhoneNumberCountryCode": number.country,
        "PhoneNumberType": number.kind,
        "PhoneNumberDescription": number.description,
        "TargetArn": number.target_arn,
    }
