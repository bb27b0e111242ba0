"""How long a caller waits for a cold in-call function, against a handler that only creates a client.

Each start is a fresh process under Lambda's own runtime client, awslambdaric, which takes one event
from a Runtime API on the loopback interface; measured is from the process's start to its response,
AWS calls (answered at once by the same server) included. The variants take turns, so that a busy
machine is unfair to none. Bytecode is warm, as the first round is not counted.

    python -m benchmarks.cold_start --rounds 20 --python .venv-3.13/bin/python

**Source**: AWS Lambda developer guide, "Using the Lambda runtime API for custom runtimes".
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.runtime_api import RuntimeApi
from trunkline.center import load_center

PROJECT = Path(__file__).resolve().parents[1]
GOAL = 1.5
BASELINE = "only a boto3 client"
BASELINE_HANDLER = """import boto3

CLIENT = boto3.client("dynamodb")


def handler(event, context):
    return {}
"""
FUNCTIONS = {
    "identify_caller": {},
    "check_announcement": {"heard": "", "language": "en"},
    "check_input": {"input": "order_number", "digits": "10017"},
    "answer_question": {"topic": "order_status", "language": "en"},
    "route_call": {"queue": "orders", "language": "en", "vip": "false"},
    "record_survey": {"digits": "5"},
}
VARIABLES = {
    "CUSTOMERS_TABLE": "customers",
    "LIVE_TABLE": "live",
    "SELF_SERVICE_ARN": "arn:aws:states:us-east-1:123456789012:stateMachine:self-service",
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "cold",
    "AWS_SECRET_ACCESS_KEY": "start",
    "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
    "AWS_EC2_METADATA_DISABLED": "true",
    "LOG_LEVEL": "INFO",
}


@dataclass
class Variant:
    """A handler, the parameters it is invoked with, and what its starts took."""

    name: str
    folder: Path
    parameters: dict[str, str]
    wall_seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)


def main() -> int:
    """Measure, print the table, and return 1 where a function misses the goal."""
    arguments = _parse_arguments()
    python = os.path.abspath(arguments.python or shutil.which("python3.13") or sys.executable)  # noqa: PTH100 - a link stays one
    if not _is_ready(python):
        python = sys.executable
    print(f"interpreter: {_describe(python)}; {arguments.rounds} rounds", file=sys.stderr)
    with tempfile.TemporaryDirectory() as place, RuntimeApi() as api:
        variants = _stage(Path(place))
        for counted in [False] + [True] * arguments.rounds:
            for variant in variants:
                wall, cpu = _start(python, variant, api)
                if counted:
                    variant.wall_seconds.append(wall)
                    variant.cpu_seconds.append(cpu)
    rows = _summarise(variants)
    if arguments.format == "json":
        print(json.dumps({"interpreter": _describe(python), "goal": GOAL, "starts": rows}, indent=1))
    else:
        _print_table(rows)
    return int(any(row["wall_ratio"] > GOAL for row in rows))


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=15, help="starts of each handler (default 15)")
    parser.add_argument("--python", help="interpreter with awslambdaric, boto3 and Powertools; default python3.13")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    return parser.parse_args()


def _is_ready(python: str) -> bool:
    check = [python, "-c", "import awslambdaric, aws_lambda_powertools, boto3"]
    return subprocess.run(check, capture_output=True, check=False).returncode == 0


def _describe(python: str) -> str:
    code = "import sys, boto3; print(f'Python {sys.version.split()[0]}, boto3 {boto3.__version__}')"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def _stage(place: Path) -> list[Variant]:
    baseline = place / "baseline"
    baseline.mkdir()
    (baseline / "handler.py").write_text(BASELINE_HANDLER, encoding="utf-8")
    center = load_center(PROJECT / "callcenter.yaml").model_dump_json(by_alias=True)
    variants = [Variant(BASELINE, baseline, {})]
    for name, parameters in FUNCTIONS.items():
        folder = place / name
        shutil.copytree(PROJECT / "functions" / name, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "center.json").write_text(center, encoding="utf-8")
        variants.append(Variant(name, folder, parameters))
    return variants


def _start(python: str, variant: Variant, api: RuntimeApi) -> tuple[float, float]:
    """Start one process, wait for its first response, end it; return wall and CPU seconds."""
    contact = {"ContactId": "c-1", "CustomerEndpoint": {"Address": "+15555550101"}}
    api.offer({"Details": {"ContactData": contact, "Parameters": variant.parameters}})
    environment = {
        **VARIABLES,
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{variant.folder}:{PROJECT / 'layers' / 'trunkline' / 'python'}",
        "LAMBDA_TASK_ROOT": str(variant.folder),
        "AWS_LAMBDA_RUNTIME_API": api.address,
        "AWS_ENDPOINT_URL": f"http://{api.address}",
        "POWERTOOLS_SERVICE_NAME": variant.name,
    }
    command = [python, "-m", "awslambdaric", "handler.handler"]
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, cwd=variant.folder, stdout=subprocess.DEVNULL)
    try:
        answered, answer = api.wait_for_response(timeout_seconds=30)
    finally:
        process.kill()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if isinstance(answer, dict) and "errorMessage" in answer:
        raise SystemExit(f"{variant.name} failed: {answer['errorMessage']}")
    return answered - began, usage.ru_utime + usage.ru_stime


def _summarise(variants: list[Variant]) -> list[dict[str, Any]]:
    wall_baseline = statistics.median(variants[0].wall_seconds)
    cpu_baseline = statistics.median(variants[0].cpu_seconds)
    return [
        {
            "function": variant.name,
            "wall_ms": round(1000 * statistics.median(variant.wall_seconds), 1),
            "wall_ratio": round(statistics.median(variant.wall_seconds) / wall_baseline, 3),
            "cpu_ms": round(1000 * statistics.median(variant.cpu_seconds), 1),
            "cpu_ratio": round(statistics.median(variant.cpu_seconds) / cpu_baseline, 3),
        }
        for variant in variants
    ]


def _print_table(rows: list[dict[str, Any]]) -> None:
    print(f"{'function':<22}{'wall ms':>9}{'ratio':>7}{'CPU ms':>9}{'ratio':>7}   (medians; goal {GOAL})")
    for row in rows:
        print(
            f"{row['function']:<22}{row['wall_ms']:>9}{row['wall_ratio']:>7.2f}"
            f"{row['cpu_ms']:>9}{row['cpu_ratio']:>7.2f}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
