"""Permissions: exact actions on exact resources; each exception stands here with its reason."""

import pytest

from .templates import Assembly, as_list, flatten

CDK_PROVIDERS = ("CustomCDKBucketDeployment", "AWS679f53")
"""CDK's own functions, which run at deployment only and whose policies CDK writes."""

EVERYTHING_ALLOWED = {
    "logs:CreateLogDelivery": "Step Functions' log delivery cannot be restricted",
    "logs:GetLogDelivery": "Step Functions' log delivery cannot be restricted",
    "logs:UpdateLogDelivery": "Step Functions' log delivery cannot be restricted",
    "logs:DeleteLogDelivery": "Step Functions' log delivery cannot be restricted",
    "logs:ListLogDeliveries": "Step Functions' log delivery cannot be restricted",
    "logs:PutResourcePolicy": "Step Functions' log delivery cannot be restricted",
    "logs:DescribeResourcePolicies": "Step Functions' log delivery cannot be restricted",
    "logs:DescribeLogGroups": "Step Functions' log delivery cannot be restricted",
    "transcribe:StartTranscriptionJob": "a job has no resource before it starts",
}
PREFIXES_ALLOWED = {
    "/drift/*": "reports of drift",
    "/connect/*": "recordings",
    "/transcripts/*": "raw transcripts",
    "/analyses/*": "analyses",
    "/contacts/*": "contact records as they came",
    "/reports/*": "reports, by their period",
    "/day-sums/*": "sums of closed days",
    "/failed/*": "contact records that could not be stored",
    "/history/*": "files of history, by dataset and day",
    "/failed/history/*": "rows of history that do not fit their columns",
    "/results/*": "results of queries, named by Athena",
    "/stream/*": "streams of one table",
    ":*": "events of one log group",
    ":transcription-job/*": "jobs are named by contacts",
    "/input-key/*": "the parameters of one centre's input keys: a rotation makes one and deletes the one before",
}
WANTED = {
    "recount_day": {
        *("dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:UpdateItem", "dynamodb:PutItem"),
        *("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"),
        "firehose:PutRecordBatch",
    },
    "compare_history": {
        *("dynamodb:BatchGetItem", "dynamodb:Query"),
        *("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
    },
    "roll_up_day": {"dynamodb:Query", "dynamodb:DeleteItem", "firehose:PutRecordBatch"},
    "identify_caller": {"dynamodb:GetItem"},
    "answer_question": {"states:StartSyncExecution"},
    "check_announcement": {"dynamodb:GetItem"},
    "check_input": set(),
    "verify_caller": {"dynamodb:GetItem", "dynamodb:UpdateItem", "ssm:GetParameter"},
    "create_input_key": {"ssm:GetParameter", "ssm:PutParameter", "ssm:DeleteParameter"},
    "publish_announcement": {"dynamodb:GetItem", "dynamodb:PutItem"},
    "set_target": {"dynamodb:PutItem", "dynamodb:DeleteItem"},
    "write_report": {
        *("dynamodb:Query", "dynamodb:BatchGetItem", "dynamodb:PutItem"),
        *("s3:GetObject", "s3:PutObject", "s3:ListBucket", "sns:Publish"),
    },
    "route_call": {"dynamodb:Query"},
    "record_survey": set(),
    "track_contact": {"dynamodb:UpdateItem"},
    "watch_agents": {"dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"},
    "track_agent": {
        *("dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"),
        "firehose:PutRecordBatch",
    },
    "store_contact": {"dynamodb:PutItem", "dynamodb:DeleteItem", "firehose:PutRecordBatch"},
    "aggregate_metrics": {"dynamodb:BatchGetItem", "dynamodb:UpdateItem", "dynamodb:Query"},
    "verify_recording": {"s3:GetObject"},
    "analyse_transcript": {"s3:GetObject", "s3:PutObject", "s3:PutObjectTagging", "firehose:PutRecordBatch"},
    "serve_console": {
        "dynamodb:Query",
        "dynamodb:BatchGetItem",
        "s3:GetObject",
        "s3:ListBucket",
        "logs:FilterLogEvents",
    },
}
PLUMBING = {
    *("logs:CreateLogStream", "logs:PutLogEvents"),
    *("sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"),
    *("kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords"),
    *("kinesis:GetShardIterator", "kinesis:ListShards"),
    *("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"),
}
"""What a function needs for its log, its event source and its dead letters."""


def ours(assembly: Assembly) -> list[tuple[str, list[str], list[str]]]:
    return [
        (policy.logical_id, as_list(statement["Action"]), [flatten(one) for one in as_list(statement["Resource"])])
        for policy, statement in assembly.statements()
        if not policy.logical_id.startswith(CDK_PROVIDERS)
    ]


def test_no_action_has_a_wildcard(assembly: Assembly) -> None:
    assert [action for _, actions, _ in ours(assembly) for action in actions if "*" in action] == []


def test_everything_is_a_resource_only_where_aws_offers_no_other(assembly: Assembly) -> None:
    for policy, actions, resources in ours(assembly):
        if "*" in resources:
            assert set(actions) <= set(EVERYTHING_ALLOWED), policy


def test_wildcards_in_resources_are_those_with_a_reason(assembly: Assembly) -> None:
    for policy, _, resources in ours(assembly):
        for resource in resources:
            if "*" in resource and resource != "*":
                assert resource.endswith(tuple(PREFIXES_ALLOWED)), f"{policy}: {resource}"


@pytest.mark.parametrize("function", sorted(WANTED))
def test_function_may_do_what_it_does_and_nothing_else(assembly: Assembly, function: str) -> None:
    found = assembly.functions()[function]
    role = found.properties["Role"]["Fn::GetAtt"][0]
    granted = {
        action
        for policy, statement in assembly.statements()
        if policy.stack == found.stack and {"Ref": role} in policy.properties["Roles"]
        for action in as_list(statement["Action"])
    }
    assert granted - PLUMBING == WANTED[function]


def test_no_role_of_ours_has_a_managed_policy(assembly: Assembly) -> None:
    for role in assembly.of_type("AWS::IAM::Role"):
        if not role.logical_id.startswith(CDK_PROVIDERS):
            assert "ManagedPolicyArns" not in role.properties, role.logical_id


def test_every_role_is_assumed_by_one_service(assembly: Assembly) -> None:
    for role in assembly.of_type("AWS::IAM::Role"):
        (statement,) = role.properties["AssumeRolePolicyDocument"]["Statement"]
        assert set(statement["Principal"]) == {"Service"}
        assert isinstance(statement["Principal"]["Service"], str)
