"""What is announced is what is answered: the tables of `capabilities` and `registry` agree."""

from __future__ import annotations

from glossary_ls.lsp import capabilities, registry
from glossary_ls.lsp.handlers import commands
from glossary_ls.settings.schema import options


def test_every_announced_request_has_a_handler_and_the_reverse() -> None:
    announced = [*capabilities.REQUESTS, *capabilities.PULL_REQUESTS, *capabilities.CUSTOM_REQUESTS]
    assert sorted(announced) == sorted(registry.REQUESTS)


def test_every_announced_notification_has_a_handler_and_the_reverse() -> None:
    assert set(capabilities.NOTIFICATIONS) == registry.NOTIFICATIONS.keys()


def test_every_announced_command_has_a_function_and_the_reverse() -> None:
    assert tuple(commands.COMMANDS) == capabilities.COMMANDS


def test_every_feature_names_a_setting() -> None:
    assert {feature.setting for feature in registry.FEATURES} <= {name for name, _ in options()}
