"""The console's static site: a private bucket behind CloudFront, with the API under the same address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from aws_cdk import CfnElement, RemovalPolicy, Stack
from aws_cdk.aws_cloudfront import (
    AllowedMethods,
    BehaviorOptions,
    CachePolicy,
    Distribution,
    Function,
    FunctionAssociation,
    FunctionCode,
    FunctionEventType,
    FunctionRuntime,
    OriginRequestPolicy,
    PriceClass,
    ResponseHeadersPolicy,
    ViewerProtocolPolicy,
)
from aws_cdk.aws_cloudfront_origins import HttpOrigin, S3BucketOrigin
from aws_cdk.aws_s3 import IBucket
from aws_cdk.aws_s3_deployment import BucketDeployment, Source
from constructs import Construct

from .parts.acknowledgement import acknowledge
from .parts.bucket import PrivateBucket
from .parts.log_group import RetainedLogGroup
from .settings import Settings

_ROUTES_TO_INDEX = """function handler(event) {
  var request = event.request;
  if (!request.uri.split('/').pop().includes('.')) { request.uri = '/index.html'; }
  return request;
}"""


class Site(Construct):
    """Where the console is served from.

    Parameters
    ----------
    scope, name
        Place in the tree.
    settings
        The environment.
    api_host
        Host of the console's API, reached as ``/api`` of the site, so that the browser sees one origin.
    log_bucket
        Where S3 writes who accessed the files.
    """

    def __init__(self, scope: Construct, name: str, *, settings: Settings, api_host: str, log_bucket: IBucket) -> None:
        super().__init__(scope, name)
        self._settings = settings
        self.bucket = PrivateBucket(self, "Files", settings=settings, log_bucket=log_bucket)
        self.bucket.apply_removal_policy(RemovalPolicy.DESTROY)
        self.distribution = Distribution(
            self,
            "Distribution",
            comment="The console",
            default_root_object="index.html",
            price_class=PriceClass.PRICE_CLASS_ALL,
            default_behavior=self._serve_files(),
            additional_behaviors={"/api/*": self._serve_api(api_host)},
        )
        self._acknowledge_findings()

    @property
    def url(self) -> str:
        """Address of the console."""
        return f"https://{self.distribution.distribution_domain_name}/"

    def publish(self, folder: Path, config: Mapping[str, str]) -> None:
        """Upload the built site and ``config.json``, which tells it how to sign in."""
        logs = RetainedLogGroup(self, "DeploymentLogs", settings=self._settings)
        BucketDeployment(
            self,
            "Deployment",
            destination_bucket=self.bucket,
            sources=[Source.asset(str(folder)), Source.json_data("config.json", dict(config))],
            distribution=self.distribution,
            distribution_paths=["/*"],
            log_group=logs,
        )
        self._acknowledge_deployment()

    def _serve_files(self) -> BehaviorOptions:
        """Serve files, and the index for every route of the console.

        **Source**: Amazon CloudFront developer guide, "Restrict access to an Amazon S3 origin", "Add
        index.html to request URLs that don't include a file name".
        """
        routes = Function(
            self,
            "Routes",
            code=FunctionCode.from_inline(_ROUTES_TO_INDEX),
            runtime=FunctionRuntime.JS_2_0,
            comment="Routes of the console lead to its index",
        )
        return BehaviorOptions(
            origin=S3BucketOrigin.with_origin_access_control(self.bucket),
            viewer_protocol_policy=ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            cache_policy=CachePolicy.CACHING_OPTIMIZED,
            response_headers_policy=ResponseHeadersPolicy.SECURITY_HEADERS,
            function_associations=[FunctionAssociation(function=routes, event_type=FunctionEventType.VIEWER_REQUEST)],
        )

    def _serve_api(self, api_host: str) -> BehaviorOptions:
        """Pass requests on with their token, and keep no answer.

        **Source**: Amazon CloudFront developer guide, "Use managed origin request policies",
        ``AllViewerExceptHostHeader``.
        """
        return BehaviorOptions(
            origin=HttpOrigin(api_host),
            viewer_protocol_policy=ViewerProtocolPolicy.HTTPS_ONLY,
            allowed_methods=AllowedMethods.ALLOW_ALL,
            cache_policy=CachePolicy.CACHING_DISABLED,
            origin_request_policy=OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        )

    def _acknowledge_findings(self) -> None:
        reasons = {
            "CFR1": "People sign in from wherever they travel; the API admits nobody without a token.",
            "CFR2": "A firewall costs $5 a month and more; the files are public knowledge, and the API is "
            "throttled and wants a signed token for every request.",
            "CFR3": "CloudFront's access log needs a bucket with access control lists. The files carry no "
            "data, and every request for data is in the API's own access log.",
            "CFR4": "TLS versions can be chosen with a certificate of one's own only; this distribution has "
            "CloudFront's name and certificate.",
        }
        for finding, reason in reasons.items():
            acknowledge(self.distribution, finding, reason)

    def _acknowledge_deployment(self) -> None:
        stack = Stack.of(self)
        provider = next(
            child for child in stack.node.children if child.node.id.startswith("Custom::CDKBucketDeployment")
        )
        files = stack.resolve(stack.get_logical_id(cast(CfnElement, self.bucket.node.default_child)))
        findings = [
            "L1",
            "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
            *(f"IAM5[Action::s3:{action}*]" for action in ("GetObject", "GetBucket", "List", "DeleteObject", "Abort")),
            "IAM5[Resource::*]",
            "IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]",
            f"IAM5[Resource::<{files}.Arn>/*]",
        ]
        for finding in findings:
            acknowledge(
                provider,
                finding,
                "CDK's own provider copies the site's files from the assets' bucket and invalidates "
                "CloudFront's cache. It runs at deployment only; CDK writes its policy.",
            )
