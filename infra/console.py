"""The console: its API, its site, and how people sign in to it."""

from __future__ import annotations

from aws_cdk import Stack
from aws_cdk.aws_cognito import IUserPool
from constructs import Construct

from .console_api import ConsoleApi
from .data import Buckets, Tables
from .drawings import draw_flows
from .parts.python_function import FunctionBase
from .plan import Plan
from .sign_in import SignIn
from .site import Site
from .telephony import Instance


class Console(Construct):
    """What agents, supervisors and managers open in a browser.

    Parameters
    ----------
    scope, name
        Place in the tree.
    plan
        The environment and the built site; without a site, the API is deployed alone.
    tables, buckets
        What the console shows.
    people
        Who may sign in.
    instance
        The instance, whose flow logs tell the timeline of a contact.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        plan: Plan,
        tables: Tables,
        buckets: Buckets,
        people: IUserPool,
        instance: Instance,
    ) -> None:
        super().__init__(scope, name)
        base = FunctionBase.create(self, plan=plan)
        self.api = ConsoleApi(
            self,
            "Api",
            base=base,
            tables=tables,
            buckets=buckets,
            flow_log_group=instance.flow_log_group,
            drawings=draw_flows(plan.center),
        )
        self.site = Site(self, "Site", settings=plan.settings, api_host=self.api.host, log_bucket=buckets.access_logs)
        self.sign_in = SignIn(self, "SignIn", people=people, alias=plan.alias, console_url=self.site.url)
        self.api.admit(issuer=self.sign_in.issuer, audience=self.sign_in.client_id)
        if (plan.site / "index.html").is_file():
            self.site.publish(plan.site, self._config())

    def _config(self) -> dict[str, str]:
        return {
            "auth": "cognito",
            "userPoolClientId": self.sign_in.client_id,
            "domain": self.sign_in.domain,
            "region": Stack.of(self).region,
            "apiUrl": "",
        }
