"""HTTP APIs, kept for the local front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twin.cloud.front.routes import HttpApi, Integration, Route
from twin.contracts import Created, Resource

if TYPE_CHECKING:
    from twin.cloud.cloud import LocalCloud


def create_api(cloud: LocalCloud, resource: Resource) -> Created:
    """Create an HTTP API."""
    api_id = cloud.new_id("api")[:10].replace("-", "a")
    cloud.inventory.http_apis[api_id] = HttpApi(api_id, str(resource.properties.get("Name", resource.logical_id)))
    endpoint = f"https://{api_id}.execute-api.{cloud.region}.amazonaws.com"
    return Created(api_id, {"ApiId": api_id, "ApiEndpoint": endpoint})


def create_integration(cloud: LocalCloud, resource: Resource) -> Created:
    """Create an integration."""
    properties = resource.properties
    number = f"integration{len(cloud.inventory.http_apis[properties['ApiId']].integrations)}"
    uri = str(properties.get("IntegrationUri", ""))
    integration = Integration(number, properties["IntegrationType"], uri, properties.get("PayloadFormatVersion", "2.0"))
    cloud.inventory.http_apis[properties["ApiId"]].integrations[number] = integration
    return Created(number, {"IntegrationId": number})


def create_authorizer(cloud: LocalCloud, resource: Resource) -> Created:
    """Create an authorizer."""
    api = cloud.inventory.http_apis[resource.properties["ApiId"]]
    number = f"authorizer{len(api.authorizers)}"
    api.authorizers[number] = str(resource.properties["AuthorizerType"])
    return Created(number, {"AuthorizerId": number})


def create_route(cloud: LocalCloud, resource: Resource) -> Created:
    """Create a route."""
    properties = resource.properties
    api = cloud.inventory.http_apis[properties["ApiId"]]
    target = str(properties.get("Target", "")).removeprefix("integrations/")
    authorized = properties.get("AuthorizationType", "NONE") == "JWT"
    api.routes.append(Route(str(properties["RouteKey"]), target, needs_token=authorized))
    return Created(f"route{len(api.routes)}", {"RouteId": f"route{len(api.routes)}"})


def create_stage(cloud: LocalCloud, resource: Resource) -> Created:
    """Name a stage; the front serves the present routes."""
    del cloud
    return Created(str(resource.properties.get("StageName", "$default")))


PROVIDERS = {
    "AWS::ApiGatewayV2::Api": create_api,
    "AWS::ApiGatewayV2::Integration": create_integration,
    "AWS::ApiGatewayV2::Authorizer": create_authorizer,
    "AWS::ApiGatewayV2::Route": create_route,
    "AWS::ApiGatewayV2::Stage": create_stage,
}
