"""Each kind of mistake in ``callcenter.yaml`` is told with its key, its line and what would be right."""

from __future__ import annotations

import pytest

HOURS = "    hours: shop\n    skill: orders"


@pytest.mark.parametrize(
    ("change", "marker", "key", "suggestion"),
    [
        pytest.param(("time_zone:", "time_zon:"), "time_zon:", "time_zon", "time_zone", id="key at the root"),
        pytest.param(
            ("department: Sales", "departmnt: Sales"),
            "departmnt",
            "queues.orders.departmnt",
            "department",
            id="nested key",
        ),
        pytest.param(
            ('"1": {queue: orders', '"1": {quue: orders'),
            "quue",
            "ivr.menus.main.options.1.quue",
            "queue",
            id="key of an option",
        ),
        pytest.param(("type: DID", "type: DIT"), "DIT", "numbers.main.type", "DID", id="choice"),
        pytest.param(("[mon, tue]", "[mon, teu]"), "teu", "hours.shop.open[0].days[1]", "tue", id="weekday"),
        pytest.param(
            ("answer: order_status", "answer: order_state"),
            "order_state",
            "ivr.menus.more.options.2.answer",
            "order_status",
            id="topic",
        ),
        pytest.param(
            (HOURS, HOURS.replace("shop", "shpo")),
            "shpo",
            "queues.orders.hours",
            "shop",
            id="hours of a queue",
        ),
        pytest.param(
            ("skill: orders", "skill: ordrs"), "ordrs", "queues.orders.skill", "orders", id="skill of a queue"
        ),
        pytest.param(
            ('"1": {queue: billing}', '"1": {queue: biling}'),
            "biling",
            "ivr.menus.more.options.1.queue",
            "billing",
            id="queue of an option",
        ),
        pytest.param(
            ("{menu: more, ", "{menu: moer, "),
            "moer",
            "ivr.menus.main.options.2.menu",
            "more",
            id="menu of an option",
        ),
        pytest.param(
            ("otherwise: {queue: orders}", "otherwise: {queue: order}"),
            "queue: order}",
            "ivr.menus.main.otherwise.queue",
            "orders",
            id="queue of otherwise",
        ),
        pytest.param(
            ("{answer: order_status}", "{language: eng}"),
            "eng",
            "ivr.menus.more.options.2.language",
            "en",
            id="language of an option",
        ),
        pytest.param(("entry: main", "entry: mian"), "mian", "ivr.entry", "main", id="entry menu"),
        pytest.param(
            ('"2": ko}', '"2": kor}'),
            "kor",
            "ivr.language_menu.options.2",
            "ko",
            id="language of the language menu",
        ),
        pytest.param(
            ("languages: [ko, en]", "languages: [kor, en]"),
            "kor",
            "agents.mina.languages[0]",
            "ko",
            id="language of an agent",
        ),
        pytest.param(
            ("skills: {orders: 5}", "skills: {orders: 5, bililng: 2}"),
            "bililng",
            "agents.mina.skills.bililng",
            "billing",
            id="skill of an agent",
        ),
        pytest.param(("Los_Angeles", "Los_Angles"), "Angles", "time_zone", "America/Los_Angeles", id="time zone"),
    ],
)
def test_misspelling_is_told_with_the_nearest_name(break_center, change, marker, key, suggestion):
    broken = break_center(change)
    problem = next(problem for problem in broken.problems if problem.key == key)
    assert problem.line == broken.line_with(marker)
    assert problem.suggestion == suggestion
    assert problem.file == "center.yaml"


def test_misspelt_key_is_one_problem_not_two(break_center):
    assert break_center(("time_zone:", "time_zon:")).only.found == "the key time_zon"


def test_misspelt_section_does_not_make_every_reference_a_problem(break_center):
    assert break_center(("\nqueues:", "\nqueus:")).only.suggestion == "queues"


@pytest.mark.parametrize(
    ("change", "marker", "key", "found", "expected"),
    [
        pytest.param(
            ("    department: Sales\n", ""),
            "  orders:",
            "queues.orders.department",
            "nothing",
            "the key department",
            id="missing key",
        ),
        pytest.param(
            ("percent: 80, seconds: 20", "percent: 180, seconds: 20"),
            "180",
            "queues.orders.service_target.percent",
            "180",
            "at most 100",
            id="too large",
        ),
        pytest.param(
            ("orders: 5", "orders: 6"),
            "orders: 6",
            "agents.mina.skills.orders",
            "6",
            "at most 5",
            id="skill level",
        ),
        pytest.param(
            ("retention_days: 90", "retention_days: 0"),
            "days: 0",
            "recording.retention_days",
            "0",
            "at least 1",
            id="no retention",
        ),
        pytest.param(
            ("retention_days: 730", "retention_days: 9999"),
            "9999",
            "recording.contact_retention_days",
            "9999",
            "at most 3653",
            id="endless retention",
        ),
        pytest.param(
            ("retention_days: 730", "retention_days: 30"),
            "days: 30",
            "recording.contact_retention_days",
            "30",
            "outlive its recording",
            id="contacts die first",
        ),
        pytest.param(
            ("every_seconds: 30", "every_seconds: 5"),
            "every_seconds: 5",
            "ivr.queue_treatment.every_seconds",
            "5",
            "at least 20",
            id="restless queue",
        ),
        pytest.param(
            ("enabled: true", "enabled: yes"),
            "enabled",
            "recording.enabled",
            "yes",
            "true or false",
            id="not a boolean",
        ),
        pytest.param(
            ("seconds: 20}", "seconds: soon}"),
            "soon",
            "queues.orders.service_target.seconds",
            "soon",
            "a whole number",
            id="not a number",
        ),
        pytest.param(("name: Corner Garage", "name: 1970"), "1970", "name", "1970", "in quotes", id="not text"),
        pytest.param(
            ("skills: [orders, billing]", "skills: orders"),
            "skills: orders\n"[:-1],
            "skills",
            "orders",
            "a list",
            id="not a list",
        ),
        pytest.param(
            ("date: 2026-12-25", "date: 2026-02-30"),
            "02-30",
            "hours.shop.holidays[0].date",
            "2026-02-30",
            "YYYY-MM-DD",
            id="no such day",
        ),
        pytest.param(
            ('from: "07:00"', "from: 7 am"),
            "7 am",
            "hours.shop.open[0].from",
            "7 am",
            '"07:00"',
            id="clock time",
        ),
        pytest.param(
            ('to: "20:00"', 'to: "24:00"'),
            "24:00",
            "hours.shop.open[1].to",
            "24:00",
            'midnight is "00:00"',
            id="24 o'clock",
        ),
        pytest.param(
            ("locale: en-US", "locale: english"),
            "english",
            "languages.en.locale",
            "english",
            "en-US",
            id="locale",
        ),
        pytest.param(
            ("alias: corner-garage", "alias: corner garage"),
            "alias",
            "alias",
            "corner garage",
            "hyphens",
            id="alias",
        ),
        pytest.param(
            ('"2": {menu', '"22": {menu'),
            '"22"',
            "ivr.menus.main.options.22",
            "22",
            '"0" to "9", "*" or "#"',
            id="telephone key",
        ),
        pytest.param(
            ('"2": {answer: order_status}', '"2": {answer: order_status, menu: main}'),
            "answer:",
            "ivr.menus.more.options.2",
            "menu and answer",
            "exactly one",
            id="two targets",
        ),
        pytest.param(
            ('"2": {answer: order_status}', '"2": {}'),
            '"2": {}',
            "ivr.menus.more.options.2",
            "no target",
            "exactly one",
            id="no target",
        ),
        pytest.param(
            ("  main: {country", '  "+12065550100": {country'),
            "+1206",
            "numbers.+12065550100",
            "+12065550100",
            "a name of lower-case letters",
            id="telephone number",
        ),
        pytest.param(
            ("unavailable: {en: Try later., ko: 나중에 걸어 주세요.}", "unavailable: {en: Try later.}"),
            "unavailable",
            "ivr.unavailable",
            "no text in ko",
            "every language: en or ko",
            id="text lacks a language",
        ),
        pytest.param(
            ("refund: {en: [refund], ko", "refund: {en: [refund], fr: [remboursement], ko"),
            "fr:",
            "analysis.categories.refund.fr",
            "the language fr",
            "en or ko",
            id="text in another language",
        ),
        pytest.param(
            ("phrases: {en: [order], ko: [주문]}", "phrases: {en: [order]}"),
            "[order]",
            "ivr.menus.main.options.1.phrases",
            "no text in ko",
            "every language",
            id="phrases lack a language",
        ),
        pytest.param(
            ('options: {"1": en, "2": ko}', 'options: {"1": en}'),
            '{"1": en}',
            "ivr.language_menu.options",
            "no key for ko",
            "every language",
            id="language without a key",
        ),
        pytest.param(
            ("skills: [orders, billing]", "skills: [orders, billing, orders]"),
            "[orders, billing, orders]",
            "skills[2]",
            "orders again",
            "once",
            id="skill twice",
        ),
        pytest.param(
            ("skills: [orders, billing]", "skills: [orders, billing, welding]"),
            "welding",
            "skills[2]",
            "which no agent has",
            "remove it",
            id="skill without agents",
        ),
        pytest.param(
            ("skills: {billing: 4}", "skills: {orders: 4}"),
            "    skill: billing",
            "queues.billing.skill",
            "billing, which no agent has",
            "nobody can answer",
            id="queue nobody can answer",
        ),
        pytest.param(
            ("date: 2027-01-01", "date: 2026-12-25"),
            "New Year",
            "hours.shop.holidays[1].date",
            "2026-12-25 again",
            "Christmas is on it",
            id="holiday twice",
        ),
        pytest.param(
            ("days: [mon, tue]", "days: [mon, tue, mon]"),
            "[mon, tue, mon]",
            "hours.shop.open[0].days[2]",
            "mon again",
            "each day once",
            id="day twice",
        ),
        pytest.param(
            ('from: "13:00"', 'from: "11:30"'),
            "11:30",
            "hours.shop.open[1]",
            "mon 11:30 to 20:00",
            "apart from mon 07:00 to 12:00",
            id="overlapping periods",
        ),
        pytest.param(
            ('to: "20:00"', 'to: "02:00"'),
            "02:00",
            "hours.shop.open[1]",
            "13:00 to 02:00",
            'from "13:00" to "00:00", and on the following days from "00:00" to "02:00"',
            id="hours past midnight",
        ),
        pytest.param(
            ("{menu: more, phr", "{queue: billing, phr"),
            "    more:",
            "ivr.menus.more",
            "no choice leads to",
            "menu: more",
            id="unreachable menu",
        ),
        pytest.param(
            ("otherwise: {queue: orders}", "otherwise: {menu: more}"),
            "otherwise: {menu: more}",
            "ivr.menus.main.otherwise",
            "main > more > main",
            "ends in a queue",
            id="silent callers go round",
        ),
        pytest.param(
            ("costs: {", "name: Twice\ncosts: {"),
            "Twice",
            "name",
            "first on line 1",
            "each key once",
            id="key twice",
        ),
    ],
)
def test_mistake_is_told_in_its_place(break_center, change, marker, key, found, expected):
    broken = break_center(change)
    problem = next(problem for problem in broken.problems if problem.key == key)
    assert problem.line == broken.line_with(marker)
    assert found in problem.found
    assert expected in problem.expected


def test_menus_that_only_lead_to_each_other_have_no_way_out(break_center):
    broken = break_center(
        ('"1": {queue: orders, phr', '"1": {menu: main, phr'),
        ("otherwise: {queue: orders}", "otherwise: {menu: main}"),
        ('"1": {queue: billing}', '"1": {menu: main}'),
        ("{answer: order_status}", "{language: ko}"),
    )
    assert [problem.key for problem in broken.problems if "way out" in problem.expected] == [
        "ivr.menus.main",
        "ivr.menus.more",
    ]


def test_centre_of_two_languages_needs_a_language_menu(break_center):
    menu = """  language_menu:
    prompt: {en: Press 1., ko: 2번을 눌러 주세요.}
    options: {"1": en, "2": ko}
    timeout_seconds: 4
"""
    problem = break_center((menu, "")).only
    assert problem.key == "ivr.language_menu"
    assert "speaks en or ko" in problem.expected


def test_menu_that_listens_needs_phrases_and_each_only_once(break_center):
    broken = break_center(
        ("      retries: 2\n", "      retries: 2\n      speech: true\n"), ("en: [more]", "en: [Order]")
    )
    assert "option 1 listens for too" in broken.only.found
    broken = break_center(("      retries: 1\n", "      retries: 1\n      speech: true\n"))
    assert {problem.found for problem in broken.problems} == {"no phrases"}


def test_everything_wrong_is_told_at_once_in_order_of_lines(break_center):
    broken = break_center(
        ("time_zone: America/Los_Angeles", "time_zone: Mars/Olympus"),
        ("type: DID", "tpye: DID"),
        ('to: "20:00"', 'to: "06:00"'),
        ("skill: orders", "skill: ordrs"),
        ("languages: [en], skills", "languages: [fr], skills"),
        ("entry: main", "entry: mian"),
        ("every_seconds: 30", "every_seconds: often"),
        ("agent_hour: 27.50", "agent_hour: -1"),
    )
    assert [problem.key for problem in broken.problems] == [
        "time_zone",
        "numbers.main.tpye",
        "hours.shop.open[1]",
        "queues.orders.skill",
        "agents.hana.languages[0]",
        "ivr.entry",
        "ivr.queue_treatment.every_seconds",
        "costs.agent_hour",
    ]
