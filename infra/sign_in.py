"""How people sign in to the console: Cognito's own pages, and a code exchanged for tokens."""

from __future__ import annotations

from aws_cdk import Aws, Duration, Stack
from aws_cdk.aws_cognito import (
    CognitoDomainOptions,
    IUserPool,
    OAuthFlows,
    OAuthScope,
    OAuthSettings,
    UserPoolClient,
    UserPoolDomain,
)
from constructs import Construct


class SignIn(Construct):
    """The console as a client of the user pool, without a secret (it runs in browsers).

    Parameters
    ----------
    scope, name
        Place in the tree.
    people
        The user pool.
    alias
        Alias of the centre's instance; with the account's number it names the sign-in pages.
    console_url
        Address of the console, where people come back to.

    Notes
    -----
    **Source**: Amazon Cognito developer guide, "Application-specific settings with app clients", "Using PKCE
    in authorization code grants"; prefix domains are unique within a region.
    """

    def __init__(self, scope: Construct, name: str, *, people: IUserPool, alias: str, console_url: str) -> None:
        super().__init__(scope, name)
        self._people = people
        self._domain = UserPoolDomain(
            self,
            "Domain",
            user_pool=people,
            cognito_domain=CognitoDomainOptions(domain_prefix=f"{alias.lower()}-{Aws.ACCOUNT_ID}"),
        )
        self.client = UserPoolClient(
            self,
            "Client",
            user_pool=people,
            generate_secret=False,
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=Duration.hours(1),
            id_token_validity=Duration.hours(1),
            refresh_token_validity=Duration.hours(12),
            o_auth=OAuthSettings(
                flows=OAuthFlows(authorization_code_grant=True),
                scopes=[OAuthScope.OPENID, OAuthScope.PROFILE],
                callback_urls=[console_url],
                logout_urls=[console_url],
            ),
        )

    @property
    def client_id(self) -> str:
        """Identifier of the console as a client, the audience of its tokens."""
        return self.client.user_pool_client_id

    @property
    def issuer(self) -> str:
        """Who signs the tokens."""
        region, suffix = Stack.of(self).region, Aws.URL_SUFFIX
        return f"https://cognito-idp.{region}.{suffix}/{self._people.user_pool_id}"

    @property
    def domain(self) -> str:
        """Host of the sign-in pages."""
        return f"{self._domain.domain_name}.auth.{Stack.of(self).region}.amazoncognito.com"
