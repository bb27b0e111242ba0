"""The key that encrypts what callers key in secret: made when the centre is deployed, and never seen.

Amazon Connect encrypts digits for a certificate whose public key was uploaded to the instance. The private
key lies in Parameter Store as a SecureString, because a secret costs $0.40 a month and a key of our own in
KMS $1.00 (docs/adr/0009).
"""

from __future__ import annotations

from aws_cdk import ArnFormat, CustomResource, Stack
from aws_cdk.aws_connect import CfnSecurityKey
from constructs import Construct

from .parts.acknowledgement import acknowledge_resource
from .parts.layers import encryption_layer
from .parts.python_function import FunctionBase, PythonFunction

KEY_GENERATION = 1
"""Raise it and deploy to make a new key pair. Flows, the instance's key and ``verify_caller`` change to it
together; the private key before is deleted when they have."""


class InputKey(Construct):
    """A key pair for encrypted input, uploaded to the instance.

    Parameters
    ----------
    scope, name
        Place in the tree.
    base
        What all functions of the stack share.
    instance_arn
        The Amazon Connect instance. It takes two keys at once, so that one can follow the other.

    Attributes
    ----------
    key_id
        Id of the uploaded key, for ``InputEncryption.EncryptionKeyId``.
    certificate
        Certificate in PEM, for ``InputEncryption.Key``: escaped as within JSON, because it becomes a part of a
        flow's text when it is deployed.
    parameter_name
        Parameter with the private key.
    layer
        The layer with the AWS Encryption SDK.

    Notes
    -----
    **Source**: Amazon Connect administrator guide, "Encrypt sensitive customer input in Amazon Connect"; AWS
    CloudFormation template reference, ``AWS::Connect::SecurityKey``.
    """

    def __init__(self, scope: Construct, name: str, *, base: FunctionBase, instance_arn: str) -> None:
        super().__init__(scope, name)
        self._prefix = f"/{Stack.of(self).stack_name}/input-key"
        self.layer = encryption_layer(self, bundle=base.bundle)
        self.create_input_key = self._create_function(base)
        self._made = CustomResource(
            self,
            "KeyPair",
            resource_type="Custom::InputKey",
            service_token=self.create_input_key.function_arn,
            properties={"ParameterName": f"{self._prefix}/{KEY_GENERATION}"},
        )
        self._made.node.add_dependency(self.create_input_key.execution_role)
        uploaded = CfnSecurityKey(
            self, "SecurityKey", instance_id=instance_arn, key=self._made.get_att_string("PublicKey")
        )
        self.key_id = uploaded.attr_association_id
        self.certificate = self._made.get_att_string("CertificateInJson")
        self.parameter_name = self._made.get_att_string("ParameterName")

    def allow_decrypting(self, function: PythonFunction) -> None:
        """Let a function read the private key.

        Notes
        -----
        The AWS managed key ``aws/ssm`` admits everybody in the account who may read the parameter.

        **Source**: AWS KMS developer guide, "How AWS Systems Manager Parameter Store uses AWS KMS".
        """
        function.allow("ssm:GetParameter", on=self._parameter_arn(str(KEY_GENERATION)))

    def _create_function(self, base: FunctionBase) -> PythonFunction:
        function = PythonFunction(
            self,
            "CreateInputKey",
            base=base,
            function="create_input_key",
            description="Makes the key pair of encrypted input when the centre is deployed",
            memory_mib=512,
            timeout_seconds=60,
            layers=(self.layer,),
        )
        for action in ("GetParameter", "PutParameter", "DeleteParameter"):
            function.allow(f"ssm:{action}", on=self._parameter_arn("*"))
        acknowledge_resource(
            function.execution_role,
            f"arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter{self._prefix}/*",
            "The parameters of this centre's input keys: a rotation makes one and deletes the one before.",
        )
        return function

    def _parameter_arn(self, generation: str) -> str:
        return Stack.of(self).format_arn(
            service="ssm",
            resource="parameter",
            resource_name=f"{self._prefix.lstrip('/')}/{generation}",
            arn_format=ArnFormat.SLASH_RESOURCE_NAME,
        )
