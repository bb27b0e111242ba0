"""Answer a caller's question without an agent, by running the Express workflow ``self_service``."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from environment import AnswerQuestionEnvironment

from trunkline.ivr.invocation import parse_invocation, to_string_map
from trunkline.ivr.self_service import TOPICS, Answer, SelfService, SelfServiceError, ask_question
from trunkline.runtime import client, load_center_document, load_environment, logger

ENVIRONMENT = load_environment(AnswerQuestionEnvironment)
CENTER = load_center_document()
SELF_SERVICE = SelfService(client("stepfunctions"), ENVIRONMENT.self_service_arn)
LOGGER = logger()


def handler(event: dict[str, Any], _context: object) -> dict[str, str]:
    """Answer ``answered`` and ``text``; where the workflow fails, ``answered`` is false."""
    invocation = parse_invocation(event)
    topic = invocation.get("topic")
    answer = Answer(answered=False)
    if topic in TOPICS:
        question = ask_question(topic, invocation.get("language"), invocation.phone, CENTER)
        answer = _ask(question, invocation.contact_id)
    else:
        LOGGER.warning("no topic %r; known are %s", topic, sorted(TOPICS), contact_id=invocation.contact_id)
    return to_string_map({"answered": answer.answered, "text": answer.text})


def _ask(question: dict[str, str], contact_id: str) -> Answer:
    try:
        return SELF_SERVICE.ask(question)
    except (SelfServiceError, BotoCoreError, ClientError):
        LOGGER.exception("self-service gave no answer; the caller goes on to people", contact_id=contact_id)
        return Answer(answered=False)
