"""Codes of the price list, which ``costs.prices`` may override.

The prices themselves are :mod:`trunkline.billing`'s; a test holds both equal.
"""

PRICE_CODES = (
    "voice_minute",
    "voice_minute_basic",
    "did_minute",
    "toll_free_minute",
    "transcription_minute",
    "write_unit",
    "read_unit",
    "lambda_request",
    "lambda_gb_second",
    "express_request",
    "express_gb_hour",
    "s3_put",
    "s3_get",
    "firehose_gb",
    "firehose_converted_gb",
    "kinesis_put_unit",
    "log_gb",
    "storage_gb_month",
    "table_gb_month",
    "number_month",
    "shard_month",
    "dashboard_month",
    "alarm_metric_month",
    "metric_month",
    "secret_month",
    "key_month",
)
