"""The console's edge: nobody in without a token, one origin, nothing cached that is somebody's."""

import json
from typing import Any

from .templates import Assembly, flatten


def distribution(assembly: Assembly) -> dict[str, Any]:
    (found,) = assembly.of_type("AWS::CloudFront::Distribution")
    config: dict[str, Any] = found.properties["DistributionConfig"]
    return config


def test_every_route_wants_a_token_of_the_user_pool(assembly: Assembly) -> None:
    targets = {"/api/targets/{username}", "/api/targets/{username}/{figure}"}
    for route in assembly.of_type("AWS::ApiGatewayV2::Route"):
        assert route.properties["RouteKey"].split(" ")[1] in {"/api/{proxy+}", "/api/announcement", *targets}
        assert route.properties["AuthorizationType"] == "JWT"
    (authorizer,) = assembly.of_type("AWS::ApiGatewayV2::Authorizer")
    assert "cognito-idp" in flatten(authorizer.properties["JwtConfiguration"]["Issuer"])
    assert len(authorizer.properties["JwtConfiguration"]["Audience"]) == 1


def test_api_is_throttled_and_logged(assembly: Assembly) -> None:
    (stage,) = assembly.of_type("AWS::ApiGatewayV2::Stage")
    assert stage.properties["DefaultRouteSettings"]["ThrottlingRateLimit"] > 0
    assert "status" in json.loads(stage.properties["AccessLogSettings"]["Format"])


def test_accounts_are_made_by_an_administrator_and_use_two_factors(assembly: Assembly) -> None:
    (people,) = assembly.of_type("AWS::Cognito::UserPool")
    assert people.properties["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
    assert people.properties["MfaConfiguration"] == "ON"
    assert people.properties["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]
    groups = {found.properties["GroupName"] for found in assembly.of_type("AWS::Cognito::UserPoolGroup")}
    assert groups == {"agent", "supervisor", "manager"}


def test_browser_signs_in_by_code_and_keeps_no_secret(assembly: Assembly) -> None:
    (client,) = assembly.of_type("AWS::Cognito::UserPoolClient")
    assert client.properties["GenerateSecret"] is False
    assert client.properties["AllowedOAuthFlows"] == ["code"]
    assert client.properties["CallbackURLs"] == client.properties["LogoutURLs"]


def test_site_and_api_are_one_origin_and_answers_of_the_api_are_not_cached(assembly: Assembly) -> None:
    config = distribution(assembly)
    (api,) = config["CacheBehaviors"]
    assert api["PathPattern"] == "/api/*"
    assert api["ViewerProtocolPolicy"] == "https-only"
    assert api["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "the managed policy CachingDisabled"
    assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    assert "CustomErrorResponses" not in config, "they would hide the API's own errors"


def test_files_are_read_by_cloudfront_only(assembly: Assembly) -> None:
    (control,) = assembly.of_type("AWS::CloudFront::OriginAccessControl")
    assert control.properties["OriginAccessControlConfig"]["SigningBehavior"] == "always"
    allowed = [
        statement["Principal"]
        for policy in assembly.of_type("AWS::S3::BucketPolicy")
        if policy.stack == "Console"
        for statement in policy.properties["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow"
    ]
    assert allowed == [{"Service": "cloudfront.amazonaws.com"}]


def test_built_site_is_uploaded_with_how_to_sign_in(assembly: Assembly) -> None:
    (deployment,) = assembly.of_type("Custom::CDKBucketDeployment")
    assert len(deployment.properties["SourceObjectKeys"]) == 2
    assert deployment.properties["DistributionPaths"] == ["/*"]
