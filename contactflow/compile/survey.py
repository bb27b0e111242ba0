"""The flow after the agent has hung up: one question, answered by a key.

**Source**: Amazon Connect API Reference, "GetParticipantInput" (StoreInput); Administrator Guide, "Store
customer input" (silence is stored as ``Timeout``) and "Set disconnect flow" (hook CustomerRemaining).
"""

from __future__ import annotations

from contactflow.compile.checking import need
from contactflow.compile.document import IvrDocument, IvrResources, Language, Survey
from contactflow.compile.draft import CompiledFlow, Draft
from contactflow.compile.errors import DocumentError
from contactflow.compile.languages import set_voice
from contactflow.compile.naming import action_id
from contactflow.compile.parts import SILENCE, ask_digits, invoke, set_attributes


def compile_survey(document: IvrDocument, resources: IvrResources) -> CompiledFlow:
    """Compile the survey.

    A key that the function does not take is answered with ``invalid_choice``, and the question is asked
    again as often as ``retries`` says. Whoever presses nothing is not asked again.

    Raises
    ------
    DocumentError
        Where the document describes no survey.
    """
    survey = document.survey
    source = f"{document.root}.survey"
    if survey is None:
        raise DocumentError(source, "There is none", "Describe it.")
    draft = Draft(document, resources)
    draft.add(
        "log-flow",
        "UpdateFlowLoggingBehavior",
        {"FlowLoggingBehavior": "Enabled"},
        source,
        then="survey-voice",
    )
    draft.by_language("survey-voice", source, lambda name, language: _ask(draft, survey, name, language, source))
    draft.compare("answered", "$.StoredCustomerInput", {SILENCE: "disconnect"}, "record-survey", source)
    invoke(
        draft,
        "record-survey",
        need(resources.functions, "record_survey", "function", source),
        {"digits": "$.StoredCustomerInput"},
        source,
        then="valid",
        failing="thanks",
    )
    draft.compare("valid", "$.External.valid", {"true": "score"}, "invalid", source)
    set_attributes(draft, "score", {"survey_score": "$.External.survey_score"}, source, "thanks")
    draft.say("thanks", survey.thanks, f"{source}.thanks", "disconnect")
    draft.say("invalid", document.invalid_choice, f"{document.root}.invalid_choice", "again")
    draft.add(
        "again",
        "Loop",
        {"LoopCount": str(survey.retries)},
        source,
        then="disconnect",
        when={"ContinueLooping": "survey-voice", "DoneLooping": "disconnect"},
    )
    draft.add("disconnect", "DisconnectParticipant", {}, source)
    return draft.build("survey", "CONTACT_FLOW", "log-flow", "Asks how satisfied the caller is")


def _ask(draft: Draft, survey: Survey, name: str, language: Language, source: str) -> str:
    asking = action_id("ask", language.code)
    set_voice(draft, name, language, f"languages.{language.code}", asking)
    ask_digits(
        draft,
        asking,
        draft.message(survey.prompt, language),
        survey.timeout_seconds,
        1,
        f"{source}.prompt.{language.code}",
        then="answered",
        failing="thanks",
    )
    return name
