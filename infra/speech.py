"""The bot that menus listen by, where callers may speak instead of pressing keys."""

from __future__ import annotations

from aws_cdk.aws_connect import CfnIntegrationAssociation
from aws_cdk.aws_iam import Role, ServicePrincipal
from aws_cdk.aws_lex import CfnBot, CfnBotAlias, CfnBotVersion
from constructs import Construct

from contactflow.compile import intent_name, key_intent_name
from trunkline.center import Center

from .plan import Plan

_SURE_ENOUGH = 0.4
_SESSION_SECONDS = 300


def listens(center: Center) -> bool:
    """Return whether any menu lets callers speak."""
    return any(menu.speech for menu in center.ivr.menus.values())


class SpeechBot(Construct):
    """An Amazon Lex bot with one intent for each option of the menus that listen, and one for each key.

    A bot gets pressed keys as text. What a key means is known by the menu: the flow compares.

    Its role may do nothing: Amazon Connect speaks the prompts, Lex listens only.

    Attributes
    ----------
    alias_arn
        ARN of the alias that flows use.

    Notes
    -----
    **Source**: Amazon Lex V2 developer guide, "Intents", "Built-in intents" (``AMAZON.FallbackIntent``); Amazon
    Connect administrator guide, "Create an Amazon Lex bot" (a key as sample utterance).
    """

    def __init__(self, scope: Construct, name: str, *, plan: Plan, instance_arn: str) -> None:
        super().__init__(scope, name)
        self._center = center = plan.center
        locales = {code: language.locale.replace("-", "_") for code, language in center.languages.items()}
        bot = CfnBot(
            self,
            "Bot",
            name=plan.alias,
            role_arn=Role(self, "Role", assumed_by=ServicePrincipal("lexv2.amazonaws.com")).role_arn,
            data_privacy={"ChildDirected": False},
            idle_session_ttl_in_seconds=_SESSION_SECONDS,
            auto_build_bot_locales=True,
            bot_locales=[self._locale(code, locale) for code, locale in locales.items()],
        )
        version = CfnBotVersion(
            self,
            "Version",
            bot_id=bot.ref,
            bot_version_locale_specification=[
                CfnBotVersion.BotVersionLocaleSpecificationProperty(
                    locale_id=locale,
                    bot_version_locale_details=CfnBotVersion.BotVersionLocaleDetailsProperty(
                        source_bot_version="DRAFT"
                    ),
                )
                for locale in locales.values()
            ],
        )
        alias = CfnBotAlias(
            self,
            "Alias",
            bot_alias_name="live",
            bot_id=bot.ref,
            bot_version=version.attr_bot_version,
            bot_alias_locale_settings=[
                CfnBotAlias.BotAliasLocaleSettingsItemProperty(
                    locale_id=locale,
                    bot_alias_locale_setting=CfnBotAlias.BotAliasLocaleSettingsProperty(enabled=True),
                )
                for locale in locales.values()
            ],
        )
        self.alias_arn = alias.attr_arn
        CfnIntegrationAssociation(
            self,
            "Association",
            instance_id=instance_arn,
            integration_type="LEX_BOT",
            integration_arn=alias.attr_arn,
        )

    def _locale(self, code: str, locale: str) -> CfnBot.BotLocaleProperty:
        fallback = CfnBot.IntentProperty(
            name="FallbackIntent",
            parent_intent_signature="AMAZON.FallbackIntent",
            description="Nothing was understood",
        )
        return CfnBot.BotLocaleProperty(
            locale_id=locale,
            nlu_confidence_threshold=_SURE_ENOUGH,
            intents=[*self._intents(code), *self._key_intents(), fallback],
        )

    def _key_intents(self) -> list[CfnBot.IntentProperty]:
        menus = [menu for menu in self._center.ivr.menus.values() if menu.speech]
        keys = sorted({key for menu in menus for key in menu.options})
        return [
            CfnBot.IntentProperty(
                name=key_intent_name(key),
                sample_utterances=[CfnBot.SampleUtteranceProperty(utterance=key)],
            )
            for key in keys
        ]

    def _intents(self, code: str) -> list[CfnBot.IntentProperty]:
        return [
            CfnBot.IntentProperty(
                name=intent_name(name, key),
                sample_utterances=[CfnBot.SampleUtteranceProperty(utterance=phrase) for phrase in option.phrases[code]],
            )
            for name, menu in self._center.ivr.menus.items()
            if menu.speech
            for key, option in menu.options.items()
            if option.phrases.get(code)
        ]
