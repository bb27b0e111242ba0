"""The flow after the agent has hung up: one question or two, answered by a key each.

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
from contactflow.compile.parts import SILENCE, ask_digits, ask_key, invoke, set_attributes
from contactflow.compile.speech import Texts


def compile_survey(document: IvrDocument, resources: IvrResources) -> CompiledFlow:
    """Compile the survey.

    A key that the function does not take is answered with ``invalid_choice``, and the question is asked
    again as often as ``retries`` says. Whoever presses nothing is not asked again. Who answered is asked whether the
    matter is resolved, where the survey asks so; another key than 1 and 2 is no answer.

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
    after_score = "thanks" if survey.resolved is None else _ask_resolved(draft, survey, survey.resolved, source)
    set_attributes(draft, "score", {"survey_score": "$.External.survey_score"}, source, after_score)
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


def _ask_resolved(draft: Draft, survey: Survey, texts: Texts, source: str) -> str:
    keys = {
        key: set_attributes(draft, f"resolved-{answer}", {"survey_resolved": answer}, f"{source}.resolved", "thanks")
        for key, answer in (("1", "yes"), ("2", "no"))
    }

    def ask(name: str, language: Language) -> str:
        message = draft.message(texts, language)
        place = f"{source}.resolved.{language.code}"
        return ask_key(
            draft, name, message, survey.timeout_seconds, keys, place, silent="thanks", wrong="thanks", failing="thanks"
        )

    return draft.by_language("ask-resolved", f"{source}.resolved", ask)
