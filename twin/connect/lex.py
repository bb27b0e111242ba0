"""``AWS::Lex::*``: keeps a bot's sample utterances, so that spoken phrases can be matched.

The twin's bots match phrases; they know no slots and no paraphrase.

**Source**: AWS CloudFormation User Guide, "AWS::Lex::Bot", "AWS::Lex::BotAlias" (return values).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from twin.connect.registry import Bot, Registry
from twin.contracts import Cloud, Created, Resource

Utterances = dict[str, dict[str, tuple[str, ...]]]


class LexResources:
    """Creates bots, versions and aliases."""

    def __init__(self, cloud: Cloud, registry: Registry) -> None:
        self._cloud = cloud
        self._registry = registry
        self._utterances: dict[str, Utterances] = {}

    def register(self) -> None:
        """Let the cloud create Lex's types here."""
        self._cloud.provide_resource("AWS::Lex::Bot", self._bot)
        self._cloud.provide_resource("AWS::Lex::BotVersion", self._version)
        self._cloud.provide_resource("AWS::Lex::BotAlias", self._alias)
        self._cloud.provide_resource("AWS::Lex::ResourcePolicy", self._policy)

    def _short_id(self) -> str:
        return self._cloud.new_id("lex.resources").replace("-", "")[:10].upper()

    def _bot(self, resource: Resource) -> Created:
        bot_id = self._short_id()
        self._utterances[bot_id] = {
            locale["LocaleId"]: _samples(locale) for locale in resource.properties.get("BotLocales", ())
        }
        return Created(bot_id, {"Id": bot_id, "Arn": self._arn(f"bot/{bot_id}")})

    def _version(self, resource: Resource) -> Created:
        return Created(f"{resource.properties['BotId']}|1", {"BotVersion": "1"})

    def _alias(self, resource: Resource) -> Created:
        bot_id, alias_id = resource.properties["BotId"], self._short_id()
        arn = self._arn(f"bot-alias/{bot_id}/{alias_id}")
        self._registry.bots.put(Bot(arn, self._utterances.get(bot_id, {})))
        attributes = {"Arn": arn, "BotAliasId": alias_id, "BotAliasStatus": "Available"}
        return Created(f"{alias_id}|{bot_id}", attributes)

    def _policy(self, resource: Resource) -> Created:
        del resource
        identity = self._cloud.new_id("lex.resources")
        return Created(identity, {"Id": identity, "RevisionId": "1"})

    def _arn(self, path: str) -> str:
        return f"arn:aws:lex:{self._cloud.region}:{self._cloud.account}:{path}"


def _samples(locale: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        intent["Name"]: tuple(sample["Utterance"] for sample in intent.get("SampleUtterances", ()))
        for intent in locale.get("Intents", ())
    }
