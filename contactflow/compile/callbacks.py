"""A call back agreed with a waiting caller: to their own number, or to another one.

**Source**: Amazon Connect API Reference, "UpdateContactCallbackNumber" (a single attribute reference; errors for a
number that is invalid or cannot be dialled), "CreateCallbackContact" (delays of 1 to 259,200 seconds; without a
queue, the contact's own), "GetParticipantInput" (PhoneNumberValidation).
"""

from __future__ import annotations

from contactflow.compile.checking import section
from contactflow.compile.document import IvrDocument, Language
from contactflow.compile.draft import Draft
from contactflow.compile.naming import action_id
from contactflow.compile.parts import ask_key, set_attributes
from contactflow.compile.services import Callback

OWN_NUMBER = "$.CustomerEndpoint.Address"
OWN_KEY, OTHER_KEY = "1", "2"
CONFIRM_SECONDS = 6
ENTER_SECONDS = 10
INITIAL_DELAY_SECONDS = 5
TRIES = 2


def add_callback(draft: Draft, document: IvrDocument, language: Language, waiting: str) -> str:
    """Add the agreement in one language, and return where it begins; who agrees to nothing goes on ``waiting``."""
    start = action_id("callback", language.code)
    if start not in draft:
        callback = section(document.callback, f"{document.root}.callback")
        _Agreement(draft, document, callback, language, waiting).add(start)
    return start


class _Agreement:
    def __init__(
        self, draft: Draft, document: IvrDocument, callback: Callback, language: Language, waiting: str
    ) -> None:
        self.draft = draft
        self.document = document
        self.callback = callback
        self.language = language
        self.waiting = waiting
        self.source = f"{document.root}.callback"

    def add(self, start: str) -> None:
        """Add all steps."""
        own, other, accepted = self._id("own"), self._id("enter"), self._id("accepted")
        ask_key(
            self.draft,
            start,
            self.draft.message(self.callback.confirm_number, self.language, {"number": OWN_NUMBER}),
            CONFIRM_SECONDS,
            {OWN_KEY: own, OTHER_KEY: other},
            f"{self.source}.confirm_number.{self.language.code}",
            silent=self.waiting,
            wrong=self.waiting,
            failing=self.waiting,
        )
        self._set_number(own, OWN_NUMBER, accepted, other)
        self._enter(other, self._id("entered"), accepted)
        self._create(accepted, self._id("create"))

    def _id(self, part: str) -> str:
        return action_id("callback", part, self.language.code)

    def _set_number(self, identifier: str, number: str, then: str, failing: str) -> None:
        self.draft.add(
            identifier,
            "UpdateContactCallbackNumber",
            {"CallbackNumber": number},
            self.source,
            then=then,
            errors={"InvalidCallbackNumber": failing, "CallbackNumberNotDialable": failing},
        )

    def _enter(self, start: str, entered: str, then: str) -> None:
        """Ask for another number, and once more where it is none."""
        invalid, again = self._id("invalid"), self._id("again")
        self.draft.add(
            start,
            "GetParticipantInput",
            {
                **self.draft.message(self.callback.enter_number, self.language),
                "StoreInput": "True",
                "InputTimeLimitSeconds": str(ENTER_SECONDS),
                "InputValidation": {
                    "PhoneNumberValidation": {"NumberFormat": "Local", "CountryCode": self.callback.country}
                },
            },
            f"{self.source}.enter_number.{self.language.code}",
            then=entered,
            errors={"InvalidPhoneNumber": invalid, "NoMatchingError": self.waiting},
        )
        self._set_number(entered, "$.StoredCustomerInput", then, invalid)
        root = self.document.root
        self.draft.say_in(invalid, self.document.invalid_choice, self.language, f"{root}.invalid_choice", again)
        self.draft.add(
            again,
            "Loop",
            {"LoopCount": str(TRIES - 1)},
            self.source,
            then=self.waiting,
            when={"ContinueLooping": start, "DoneLooping": self.waiting},
        )

    def _create(self, accepted: str, create: str) -> None:
        """Say that the call will come, then arrange it: until the caller is gone, an agent may still answer."""
        marked, failed, root = self._id("agreed"), self._id("failed"), self.document.root
        self.draft.say_in(accepted, self.callback.accepted, self.language, f"{self.source}.accepted", create)
        self.draft.add(
            create,
            "CreateCallbackContact",
            {
                "InitialCallDelaySeconds": str(INITIAL_DELAY_SECONDS),
                "MaximumConnectionAttempts": str(self.callback.attempts),
                "RetryDelaySeconds": str(self.callback.retry_minutes * 60),
            },
            self.source,
            then=marked,
            errors={"NoMatchingError": failed},
        )
        set_attributes(self.draft, marked, {"callback": "true"}, self.source, "disconnect")
        self.draft.say_in(failed, self.document.unavailable, self.language, f"{root}.unavailable", self.waiting)
