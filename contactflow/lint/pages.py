"""Pages of the service's documentation that rules stand on."""

from __future__ import annotations

_API = "https://docs.aws.amazon.com/connect/latest/APIReference/"
_GUIDE = "https://docs.aws.amazon.com/connect/latest/adminguide/"

ACTIONS = _API + "flow-language-actions.html"
ATTRIBUTES = _GUIDE + "connect-attrib-list.html"
CREATE_FLOW = _API + "API_CreateContactFlow.html"
DYNAMIC_TEXT = _GUIDE + "create-dynamic-text-strings.html"
ENCRYPTION = _GUIDE + "encrypt-data.html"
FUNCTIONS = _GUIDE + "connect-lambda-functions.html"
LOGGING = _API + "flow-control-actions-updateflowloggingbehavior.html"
MENU = _API + "participant-actions-getparticipantinput.html"
MIGRATION = _GUIDE + "migrate-contact-flows.html"
MODULES = _GUIDE + "contact-flow-modules.html"
RECORDING = _GUIDE + "set-recording-behavior.html"
SETTING_ATTRIBUTES = _GUIDE + "set-contact-attributes.html"
SPEECH = _GUIDE + "supported-ssml-tags.html"
VOICE_ID = _GUIDE + "voiceid-apis.html"
