"""Delivering a report: its forms as objects of a bucket, and a word of it to whoever subscribed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from trunkline.reports.csv_rows import write_report_csv
from trunkline.reports.headline import write_message, write_subject
from trunkline.reports.page import write_page
from trunkline.reports.words import LANGUAGES

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

REPORTS_PREFIX = "reports/"
DOCUMENT = "report.json"
TABLE = "report.csv"


@dataclass(frozen=True)
class ReportShelf:
    """Where reports are kept: ``reports/<period>/<first day>/``; written again, a report takes its own place.

    ``report.json`` is written last: where it stands, everything is there and everybody was told.

    Parameters
    ----------
    s3
        Client.
    bucket
        Name of the bucket.
    """

    s3: S3Client
    bucket: str

    def has(self, report: Mapping[str, Any]) -> bool:
        """Tell whether this period's report was delivered before."""
        try:
            self.s3.head_object(Bucket=self.bucket, Key=_folder(report) + DOCUMENT)
        except self.s3.exceptions.ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return False
            raise
        return True

    def put_pages(self, report: Mapping[str, Any], center_name: str) -> dict[str, str]:
        """Write every form of a report but the document; return the addresses of all by what they are."""
        for name, kind, text in write_forms(report, center_name):
            self._put(report, name, kind, text)
        names = (DOCUMENT, TABLE, *(page_name(language) for language in LANGUAGES))
        return {name: f"s3://{self.bucket}/{_folder(report)}{name}" for name in names}

    def put_document(self, report: Mapping[str, Any]) -> None:
        """Write the document, when everything else is done."""
        text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
        self._put(report, DOCUMENT, "application/json", text)

    def _put(self, report: Mapping[str, Any], name: str, kind: str, text: str) -> None:
        self.s3.put_object(
            Bucket=self.bucket,
            Key=_folder(report) + name,
            Body=text.encode(),
            ContentType=f"{kind}; charset=utf-8",
        )


class Topics(Protocol):
    """Amazon SNS, as far as it is used."""

    def publish(self, **request: str) -> Any:
        """Publish a message to a topic."""


@dataclass(frozen=True)
class ReportBell:
    """Tells the topic of reports that there is a new one.

    Parameters
    ----------
    sns
        Client.
    topic_arn
        ARN of the topic.
    """

    sns: Topics
    topic_arn: str

    def ring(self, report: Mapping[str, Any], center_name: str, places: Mapping[str, str]) -> None:
        """Tell the headline figures, and where the whole report is."""
        self.sns.publish(
            TopicArn=self.topic_arn, Subject=write_subject(report, center_name), Message=write_message(report, places)
        )


def write_forms(report: Mapping[str, Any], center_name: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, content type and text of each form of a report that people open."""
    yield TABLE, "text/csv", write_report_csv(report)
    for language in LANGUAGES:
        yield page_name(language), "text/html", write_page(report, center_name, language)


def page_name(language: str) -> str:
    """Return the name of the page in a language."""
    return f"report.{language}.html"


def _folder(report: Mapping[str, Any]) -> str:
    return f"{REPORTS_PREFIX}{report['period']}/{report['from']}/"
