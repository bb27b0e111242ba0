"""Resource types that do nothing in the twin, each with the reason why that is right.

References to them resolve to values of the right form, so that what names them can be created.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from twin.cloud.resources.naming import physical_name
from twin.contracts import Created, Resource

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud


@dataclass(frozen=True)
class Inert:
    """Why a type does nothing, and what references to it give.

    In ``ref`` and ``attributes`` stand ``{name}``, ``{id}``, ``{account}`` and ``{region}``.
    """

    reason: str
    ref: str = "{name}"
    attributes: Mapping[str, str] = field(default_factory=dict)


_CLOUDFRONT = "The twin's own front serves site and API on the loopback interface; no edge is needed."
_COGNITO = "In the twin a role is chosen in the console; nobody signs in."
_DRAWING = "Nobody looks at dashboards of the twin; their metrics are kept, in LocalCloud.metrics."
_COSTS = "The twin has no bill of the past in which something could stand out; LocalCloud.bill shows what was used."
_LEX = "Speech input is understood by the twin's own recogniser; register a provider to run a bot."
_KMS = "Keys encrypt nothing at rest in the twin's memory; requests to them are not charged here."
_POOL_ARN = "arn:aws:cognito-idp:{region}:{account}:userpool/{region}_{id}"

INERT: dict[str, Inert] = {
    "AWS::CDK::Metadata": Inert("Analytics about CDK itself."),
    "AWS::CloudFormation::WaitConditionHandle": Inert("Marks a stack that has nothing else."),
    "AWS::CloudFront::Distribution": Inert(_CLOUDFRONT, "E{id}", {"DomainName": "d{id}.cloudfront.net", "Id": "E{id}"}),
    "AWS::CloudFront::OriginAccessControl": Inert(_CLOUDFRONT, "O{id}", {"Id": "O{id}"}),
    "AWS::CloudFront::CloudFrontOriginAccessIdentity": Inert(
        _CLOUDFRONT, "O{id}", {"Id": "O{id}", "S3CanonicalUserId": "{id}"}
    ),
    "AWS::CloudFront::Function": Inert(
        _CLOUDFRONT, attributes={"FunctionARN": "arn:aws:cloudfront::{account}:function/{name}"}
    ),
    "AWS::CloudFront::ResponseHeadersPolicy": Inert(_CLOUDFRONT, "H{id}", {"Id": "H{id}"}),
    "AWS::CloudFront::CachePolicy": Inert(_CLOUDFRONT, "C{id}", {"Id": "C{id}"}),
    "AWS::CloudFront::OriginRequestPolicy": Inert(_CLOUDFRONT, "R{id}", {"Id": "R{id}"}),
    "AWS::WAFv2::WebACL": Inert(
        _CLOUDFRONT, attributes={"Arn": "arn:aws:wafv2:{region}:{account}:regional/webacl/{name}/{id}"}
    ),
    "AWS::CloudWatch::CompositeAlarm": Inert(
        "The alarms that it is made of are evaluated, each for itself.",
        attributes={"Arn": "arn:aws:cloudwatch:{region}:{account}:alarm:{name}"},
    ),
    "AWS::CloudWatch::Dashboard": Inert(_DRAWING),
    "AWS::Logs::MetricFilter": Inert(_DRAWING),
    "AWS::CE::AnomalyMonitor": Inert(
        _COSTS, "arn:aws:ce::{account}:anomalymonitor/{id}", {"MonitorArn": "arn:aws:ce::{account}:anomalymonitor/{id}"}
    ),
    "AWS::CE::AnomalySubscription": Inert(_COSTS, "arn:aws:ce::{account}:anomalysubscription/{id}"),
    "AWS::Logs::ResourcePolicy": Inert("Which service may write to a log group is not checked in the twin."),
    "AWS::Logs::QueryDefinition": Inert("A saved query for people in the CloudWatch console."),
    "AWS::Cognito::UserPool": Inert(
        _COGNITO,
        "{region}_{id}",
        {
            "Arn": _POOL_ARN,
            "UserPoolId": "{region}_{id}",
            "ProviderName": "cognito-idp.{region}.amazonaws.com/{region}_{id}",
            "ProviderURL": "https://cognito-idp.{region}.amazonaws.com/{region}_{id}",
        },
    ),
    "AWS::Cognito::UserPoolClient": Inert(_COGNITO, "client{id}", {"ClientId": "client{id}"}),
    "AWS::Cognito::UserPoolDomain": Inert(_COGNITO),
    "AWS::Cognito::UserPoolGroup": Inert(_COGNITO),
    "AWS::Cognito::UserPoolUser": Inert(_COGNITO),
    "AWS::Cognito::ManagedLoginBranding": Inert(_COGNITO),
    "AWS::Cognito::UserPoolUICustomizationAttachment": Inert(_COGNITO),
    "AWS::KMS::Key": Inert(_KMS, "{id}", {"Arn": "arn:aws:kms:{region}:{account}:key/{id}", "KeyId": "{id}"}),
    "AWS::KMS::Alias": Inert(_KMS),
    "AWS::Lex::Bot": Inert(_LEX, "{id}", {"Id": "{id}", "Arn": "arn:aws:lex:{region}:{account}:bot/{id}"}),
    "AWS::Lex::BotVersion": Inert(_LEX, "{id}|1", {"BotId": "{id}", "BotVersion": "1"}),
    "AWS::Lex::BotAlias": Inert(
        _LEX,
        "{id}|ALIAS",
        {"BotAliasId": "ALIAS", "Arn": "arn:aws:lex:{region}:{account}:bot-alias/{id}/ALIAS"},
    ),
    "AWS::Lex::ResourcePolicy": Inert(_LEX),
    "AWS::SNS::TopicPolicy": Inert("Who may publish to a topic is checked by identity policies only."),
    "AWS::Lambda::LayerVersionPermission": Inert("Layers are used inside the account only."),
    "AWS::XRay::Group": Inert("Traces of requests are not kept."),
    "AWS::ResourceGroups::Group": Inert("A view for people in the console."),
    "AWS::Budgets::Budget": Inert("LocalCloud.usage and the bill show the cost at any moment."),
    "Custom::S3AutoDeleteObjects": Inert("Acts only when a stack is deleted."),
}


def create_inert(cloud: LocalCloud, resource: Resource) -> Created:
    """Give references to an inert resource values of the right form."""
    inert = INERT[resource.type]
    name_property = {"AWS::CloudWatch::CompositeAlarm": "AlarmName", "AWS::CloudWatch::Dashboard": "DashboardName"}
    values = {
        "name": physical_name(resource, name_property.get(resource.type, "Name"), longest=128),
        "id": cloud.new_id(resource.type)[:8].upper(),
        "account": cloud.account,
        "region": cloud.region,
    }
    attributes = {name: value.format(**values) for name, value in inert.attributes.items()}
    return Created(inert.ref.format(**values), attributes)


PROVIDERS = dict.fromkeys(INERT, create_inert)
