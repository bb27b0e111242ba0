"""The team's own endpoint, as the workflow ``self_service`` reaches it: through an EventBridge connection."""

from __future__ import annotations

from aws_cdk import CfnParameter, Stack
from aws_cdk.aws_events import CfnConnection
from aws_cdk.aws_iam import Effect, Policy, PolicyStatement
from constructs import Construct

from .parts.workflow import ExpressWorkflow


class Endpoint(Construct):
    """A connection that adds the endpoint's key to each request.

    Parameters
    ----------
    scope, name
        Place in the tree.
    url
        Address that paths are appended to.
    key_header
        Header that carries the key.

    Attributes
    ----------
    connection_arn
        The connection, for ``http:invoke``.

    Notes
    -----
    The key is a parameter of the stack that CloudFormation never shows again, and from there a secret that
    EventBridge keeps and pays for; a secret of our own would cost $0.40 a month. Until it is given, the endpoint
    refuses and callers go on to people.

    **Source**: AWS Step Functions developer guide, "Call HTTPS APIs in Step Functions workflows"; Amazon EventBridge
    user guide, "Connections for HTTP endpoint targets" (the secret's cost is included).
    """

    def __init__(self, scope: Construct, name: str, *, url: str, key_header: str) -> None:
        super().__init__(scope, name)
        self._url = url
        key = CfnParameter(
            Stack.of(self),
            "EndpointKey",
            type="String",
            no_echo=True,
            default="not-given-yet",
            min_length=1,
            max_length=512,
            description="Key of the endpoint that self-service calls (self_service.endpoint in callcenter.yaml)",
        )
        self._connection = CfnConnection(
            self,
            "Connection",
            authorization_type="API_KEY",
            auth_parameters=CfnConnection.AuthParametersProperty(
                api_key_auth_parameters=CfnConnection.ApiKeyAuthParametersProperty(
                    api_key_name=key_header, api_key_value=key.value_as_string
                )
            ),
            description="The endpoint that answers callers' questions",
        )
        self.connection_arn = self._connection.attr_arn

    def admit(self, workflow: ExpressWorkflow) -> None:
        """Let a workflow call the endpoint with GET, and read the connection's key to do so.

        Notes
        -----
        The policy stands apart from the role: it names the state machine, which CloudFormation creates after
        its role.

        **Source**: AWS Step Functions developer guide, "IAM permissions to run an HTTP Task".
        """
        statement = PolicyStatement(
            effect=Effect.ALLOW,
            actions=["states:InvokeHTTPEndpoint"],
            resources=[workflow.state_machine_arn],
            conditions={
                "StringEquals": {"states:HTTPMethod": "GET"},
                "StringLike": {"states:HTTPEndpoint": f"{self._url.rstrip('/')}/*"},
            },
        )
        credentials = PolicyStatement(
            actions=["events:RetrieveConnectionCredentials"], resources=[self._connection.attr_arn]
        )
        secret = PolicyStatement(
            actions=["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
            resources=[self._connection.attr_secret_arn],
        )
        Policy(self, "Calls", roles=[workflow.role], statements=[statement, credentials, secret])
