"""Answer a caller's question without an agent, by running the Express workflow ``self_service``."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from environment import AnswerQuestionEnvironment

from trunkline.ivr.invocation import Invocation, parse_invocation, to_string_map
from trunkline.ivr.self_service import Lookup, SelfService, SelfServiceError
from trunkline.ivr.topics import Question, QuestionError, find_topic, make_request, say_answer, spoken_language
from trunkline.ivr.wording import WordingError
from trunkline.runtime import client, load_center_document, load_environment, logger

WORKFLOW_SECONDS = 7.2
"""How long to wait for the workflow, which gives up after 7 s; the flow itself waits 8."""

ENVIRONMENT = load_environment(AnswerQuestionEnvironment)
CENTER = load_center_document()
SELF_SERVICE = SelfService(
    client("stepfunctions", read_timeout_seconds=WORKFLOW_SECONDS, attempts=1), ENVIRONMENT.self_service_arn
)
LOGGER = logger()


def handler(event: dict[str, Any], _context: object) -> dict[str, str]:
    """Answer ``answered``, ``text`` and ``verified``; whatever goes wrong, ``answered`` is false.

    ``verified`` is empty where nobody was asked to prove who they are, otherwise ``true``, ``false`` or
    ``locked``.
    """
    invocation = parse_invocation(event)
    found, text = Lookup(answered=False), ""
    try:
        question = _read_question(invocation)
        found = _look_up(question)
        answered = found.answered and question.may_be_answered(found.verified)
        text = say_answer(question, found.data, CENTER) if answered else ""
    except (QuestionError, WordingError) as error:
        LOGGER.warning("not answered: %s", error, contact_id=invocation.contact_id)
    except (SelfServiceError, BotoCoreError, ClientError):
        LOGGER.exception("self-service gave no answer; the caller goes on to people", contact_id=invocation.contact_id)
    return to_string_map({"answered": bool(text), "text": text, "verified": found.verified})


def _read_question(invocation: Invocation) -> Question:
    return Question(
        topic=find_topic(CENTER, invocation.get("topic")),
        language=spoken_language(CENTER, invocation.get("language")),
        phone=invocation.phone,
        digits=invocation.get("digits"),
        secret=invocation.get("secret"),
        verified=invocation.get("verified") == "true",
    )


def _look_up(question: Question) -> Lookup:
    """Run the workflow where there is something to look up: the hours that everybody may know are known."""
    if question.topic.source == "hours" and not question.needs_proof:
        return Lookup(answered=True)
    if question.needs_proof and not question.secret:
        return Lookup(answered=False)
    return SELF_SERVICE.look_up(make_request(question, CENTER))
