"""Dashboards and alarms as they would be deployed: what they show, and that every ratio is one of sums."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from infra.dashboards import Sums
from infra.dashboards.wallboard import opening_day
from trunkline.billing.prices import load_prices
from trunkline.center import Center, load_center
from trunkline.metrics.figures import service_level, to_figures
from trunkline.metrics.tally import Tally
from trunkline.metrics.telemetry import center_sums, queue_sums
from twin.cloud.alarms import evaluate

from .conftest import PROJECT
from .dashboard_bodies import Board, Series, Widget, read_dashboards
from .templates import Assembly, Found

QUEUES = ("orders", "billing", "technical", "muscle_cars")
OF_OTHER_FUNCTIONS = {"GhostAgents", "AgentsAvailable", "Drift", "StuckContacts"}
TALLIES = {
    queue: Tally(
        contacts=80 + number,
        offered=70 + number,
        answered=60 - 7 * number,
        abandoned=10 + 5 * number,
        abandoned_short=3 + number,
        answered_in_target=41 - 6 * number,
        abandoned_in_target=5 + 2 * number,
        wait_answered_seconds=1000 + 333 * number,
        wait_abandoned_seconds=700,
        talk_seconds=9000 + 1111 * number,
        hold_seconds=500,
        after_contact_work_seconds=1200,
        survey_answers=20 + number,
        survey_satisfied=13,
    )
    for number, queue in enumerate(QUEUES)
}
"""So different that a mean of the queues' ratios is no ratio of their sums."""


@pytest.fixture(scope="module")
def center() -> Center:
    return load_center(PROJECT / "callcenter.yaml")


@pytest.fixture(scope="module")
def boards(assembly: Assembly) -> dict[str, Board]:
    return read_dashboards(assembly)


def total(queues: tuple[str, ...] = QUEUES) -> Tally:
    summed = Tally()
    for queue in queues:
        summed.add(TALLIES[queue])
    return summed


def value_of(name: str, dimensions: Mapping[str, str]) -> float:
    """What the function sends under a name, had it counted the tallies."""
    if "Queue" in dimensions:
        for convention in "abcde":
            sums = queue_sums(convention)
            if name in sums:
                return float(sums[name](TALLIES[dimensions["Queue"]]))
    return float(center_sums()[name](total()))


def values(widget: Widget) -> dict[str, float | None]:
    """What each line of a widget shows, by its label."""
    series: dict[str, list[float | None]] = {
        one.options["id"]: [value_of(one.name, one.dimensions)]
        for one in widget.series
        if one.metric and "id" in one.options
    }
    shown = {}
    for one in widget.series:
        if one.shown:
            value = evaluate(one.expression, series, 60)[0] if one.expression else value_of(one.name, one.dimensions)
            shown[one.options["label"]] = value
    return shown


# --- the boards -------------------------------------------------------------------------------------


def test_there_is_a_board_for_each_of_the_four(boards: dict[str, Board]) -> None:
    assert set(boards) == {"wallboard", "supervisor", "manager", "operator"}


def test_callcenter_yaml_chooses_the_boards(elsewhere: Assembly) -> None:
    assert set(read_dashboards(elsewhere)) == {"operator"}


@pytest.mark.parametrize("name", ["wallboard", "supervisor", "manager", "operator"])
def test_widgets_do_not_overlap_and_have_plain_titles(boards: dict[str, Board], name: str) -> None:
    taken: set[tuple[int, int]] = set()
    for widget in boards[name].widgets:
        assert not taken & widget.cells(), widget.title
        assert max(x for x, _ in widget.cells()) < 24
        taken |= widget.cells()
        assert widget.type in {"text", "alarm"} or re.fullmatch(r"[A-Z][a-z, %'0-9A-Z]+", widget.title), widget.title
    assert boards[name].body["periodOverride"] == "inherit"


@pytest.mark.parametrize("name", ["wallboard", "supervisor", "manager"])
def test_boards_that_shall_be_free_name_no_more_than_fifty_metrics(boards: dict[str, Board], name: str) -> None:
    assert len(boards[name].metrics) <= 50


def test_boards_show_nothing_that_no_function_sends(boards: dict[str, Board], assembly: Assembly) -> None:
    shown = {metric[1:] for board in boards.values() for metric in board.metrics if metric[0] == "Trunkline"}
    watched = {
        (stat["MetricName"], *(part for one in dimensions for part in (one["Name"], one["Value"])))
        for found in assembly.of_type("AWS::CloudWatch::Alarm")
        for stat in metrics_of(found)
        if stat["Namespace"] == "Trunkline" and (dimensions := sorted(stat["Dimensions"], key=lambda one: one["Name"]))
    }
    center = ("Center", "redline-parts")
    sent = {(name, *center, "Queue", queue) for name in queue_sums("c") for queue in QUEUES}
    sent |= {(name, *center) for name in {*center_sums(), *OF_OTHER_FUNCTIONS}}
    assert shown | watched == sent


def test_operator_sees_every_function_queue_workflow_and_table(boards: dict[str, Board], assembly: Assembly) -> None:
    board = boards["operator"]
    functions = {name for name, found in assembly.functions().items() if found.stack == "Center"}
    for title in ("Errors", "Throttled, by function", "Duration"):
        assert {one.options["label"] for one in board.titled(title).series} == functions

    def number(*types: str) -> int:
        return len([found for found in assembly.resources if found.type in types and found.stack != "Console"])

    letters = [found for found in assembly.of_type("AWS::SQS::Queue") if found.stack == "Center"]
    assert len(board.titled("Dead letters").series) == len(letters)
    assert len(board.titled("Failed workflows").series) == number("AWS::StepFunctions::StateMachine")
    assert len(board.titled("Throttled by DynamoDB").series) == 2 * number("AWS::DynamoDB::Table")
    assert len(board.titled("Age of what Firehose").series) == number("AWS::KinesisFirehose::DeliveryStream")


def test_manager_sees_the_state_of_every_alarm(boards: dict[str, Board], assembly: Assembly) -> None:
    shown = boards["manager"].titled("Alarms").properties["alarms"]
    assert len(shown) == len(assembly.of_type("AWS::CloudWatch::Alarm"))


# --- ratios -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("convention", "abcde")
def test_service_level_is_the_ratio_of_sums_by_the_centres_convention(center: Center, convention: str) -> None:
    metrics = center.metrics.model_copy(update={"service_level_convention": convention})
    sums = Sums(center.model_copy(update={"metrics": metrics}))
    for queues in (QUEUES, ("orders",), ("technical", "muscle_cars")):
        level = sums.service_level(queues, "level")
        tally = total(queues)
        expected = service_level(
            tally.answered,
            tally.abandoned,
            tally.answered_in_target,
            tally.abandoned_in_target,
            tally.abandoned_short,
        )[convention]
        assert evaluate_expression(level) == pytest.approx(expected)
        names = {metric.metric_name for metric in level.using_metrics.values()}
        assert names <= set(queue_sums(convention))


def evaluate_expression(expression: Any) -> float | None:
    series: dict[str, list[float | None]] = {
        identifier: [value_of(metric.metric_name, metric.dimensions)]
        for identifier, metric in expression.using_metrics.items()
    }
    return evaluate(expression.expression, series, 60)[0]


def test_wallboard_tells_the_level_and_the_counts_of_all_queues(boards: dict[str, Board], center: Center) -> None:
    board, tally = boards["wallboard"], total()
    hours = int(opening_day(center).to_hours())
    assert hours == 13
    assert board.body["start"] == f"-PT{hours}H"
    for title in ("Service level of the last quarter", f"Service level in the last {hours} hours"):
        shown = values(board.titled(title))
        assert shown["All"] == pytest.approx(to_figures(tally)["service_level"]["c"])
        assert shown["Orders"] == pytest.approx(to_figures(TALLIES["orders"])["service_level"]["c"])
    assert board.titled(f"Service level in the last {hours} hours").properties["setPeriodToTimeRange"] is True
    assert board.titled("Service level of the last quarter").properties["period"] == 900
    for name in ("Offered", "Answered", "Abandoned"):
        assert values(board.titled(name))[name] == getattr(tally, name.lower())


def test_supervisor_sees_each_queues_figures(boards: dict[str, Board], center: Center) -> None:
    figures = {
        "Service level": lambda tally: to_figures(tally)["service_level"]["c"],
        "Abandoned of offered": lambda tally: to_figures(tally)["abandonment_rate"],
        "Average speed of answer": lambda tally: to_figures(tally)["average_speed_of_answer_seconds"],
        "Average handle time": lambda tally: to_figures(tally)["average_handle_time_seconds"],
    }
    for title, figure in figures.items():
        shown = values(boards["supervisor"].titled(title))
        assert shown == pytest.approx({next(iter(center.queues[q].title.values())): figure(TALLIES[q]) for q in QUEUES})


def test_manager_sees_departments_satisfaction_and_cost(boards: dict[str, Board]) -> None:
    board, figures = boards["manager"], to_figures(total())
    service = total(("technical", "muscle_cars"))
    levels = values(board.titled("Service level, by department"))
    assert levels["Service"] == pytest.approx(to_figures(service)["service_level"]["c"])
    assert list(levels) == ["Sales", "Finance", "Service"]
    abandoned = values(board.titled("Abandoned of offered, by department"))
    assert abandoned["Service"] == pytest.approx(to_figures(service)["abandonment_rate"])
    assert values(board.titled("Satisfied"))["Satisfied"] == pytest.approx(figures["csat_percent"])
    assert values(board.titled("Average handle"))["All queues"] == pytest.approx(figures["average_handle_time_seconds"])
    costs, prices = values(board.titled("Estimated cost")), load_prices()
    tally = total()
    line = tally.wait_answered_seconds + tally.wait_abandoned_seconds + tally.talk_seconds + tally.hold_seconds
    minute = float(prices.price("voice_minute").amount + prices.price("did_minute").amount)
    assert costs["Telephony"] == pytest.approx(line / 60 * minute)
    talk = tally.talk_seconds + tally.hold_seconds
    assert costs["Transcription"] == pytest.approx(talk / 60 * float(prices.price("transcription_minute").amount))
    assert {one.options.get("period") for one in board.titled("Contacts a day").series} == {86_400}


def test_no_ratio_is_an_average(boards: dict[str, Board]) -> None:
    def statistic(one: Series) -> str:
        return str(one.options.get("stat"))

    own = [one for board in boards.values() for widget in board.widgets for one in widget.series if one.metric]
    own = [one for one in own if one.metric[0] == "Trunkline"]
    assert {statistic(one) for one in own if one.name not in OF_OTHER_FUNCTIONS} == {"Sum"}
    assert not any("AVG" in one.expression for board in boards.values() for w in board.widgets for one in w.series)


# --- alarms -----------------------------------------------------------------------------------------


def metrics_of(found: Found) -> list[dict[str, Any]]:
    if "MetricName" in found.properties:
        return [found.properties]
    return [one["MetricStat"]["Metric"] for one in found.properties["Metrics"] if "MetricStat" in one]


def alarms_named(assembly: Assembly, name: str) -> list[Found]:
    found = [one for one in assembly.of_type("AWS::CloudWatch::Alarm") if name in one.logical_id]
    assert found, name
    return found


def test_every_alarm_speaks_to_the_topic_and_names_a_section_of_the_docs(assembly: Assembly) -> None:
    page = (PROJECT / "docs" / "failures.md").read_text(encoding="utf-8")
    titles = [line.lstrip("# ") for line in page.splitlines() if line.startswith("#")]
    sections = {re.sub(r"[^a-z -]", "", title.lower()).replace(" ", "-") for title in titles}
    (topic,) = [found for found in assembly.of_type("AWS::SNS::Topic") if found.logical_id.startswith("Alarms")]
    for found in assembly.of_type("AWS::CloudWatch::Alarm"):
        assert found.properties["AlarmActions"] == [{"Ref": topic.logical_id}]
        told = re.fullmatch(r"(.+[.!]) See docs/failures\.md#([a-z-]+)\.", found.properties["AlarmDescription"])
        assert told is not None, found.properties["AlarmDescription"]
        assert told[2] in sections


def admitted_services(assembly: Assembly) -> list[str]:
    """Who may publish to the topic of alarms, on behalf of this account only."""
    policies = assembly.of_type("AWS::SNS::TopicPolicy")
    (policy,) = [found for found in policies if found.logical_id.startswith("Alarms")]
    return [
        one["Principal"]["Service"]
        for one in policy.properties["PolicyDocument"]["Statement"]
        if one["Effect"] == "Allow" and one["Condition"]["StringEquals"]["aws:SourceAccount"]
    ]


def test_topic_admits_alarms(assembly: Assembly) -> None:
    assert admitted_services(assembly) == ["cloudwatch.amazonaws.com"]


@pytest.mark.parametrize(
    ("name", "missing", "tells_end"),
    [
        ("ServiceLevel", "notBreaching", True),
        ("LongestWait", "notBreaching", True),
        ("Abandonment", "notBreaching", True),
        ("GhostAgents", "notBreaching", True),
        ("Drift", "ignore", False),
        ("StuckCalls", "ignore", False),
        ("RecordingsNotStored", "notBreaching", False),
        ("ContactChangesLost", "notBreaching", False),
    ],
)
def test_alarms_take_silence_for_what_it_is(assembly: Assembly, name: str, missing: str, *, tells_end: bool) -> None:
    for found in alarms_named(assembly, name):
        assert found.properties["TreatMissingData"] == missing
        assert ("OKActions" in found.properties) == tells_end


def test_service_level_alarm_goes_by_the_target_of_its_queue(assembly: Assembly, center: Center) -> None:
    for key, queue in center.queues.items():
        (found,) = alarms_named(assembly, f"ServiceLevel{key.replace('_', '')}")
        series: dict[str, list[float | None]] = {
            one["Id"]: [value_of(one["MetricStat"]["Metric"]["MetricName"], {"Queue": key})]
            for one in found.properties["Metrics"]
            if "MetricStat" in one
        }
        (expression,) = [one["Expression"] for one in found.properties["Metrics"] if "Expression" in one]
        assert evaluate(expression, series, 900) == [pytest.approx(to_figures(TALLIES[key])["service_level"]["c"])]
        few: dict[str, list[float | None]] = {name: [1.0] for name in series}
        assert evaluate(expression, few, 900) == [100]
        assert (found.properties["Threshold"], found.properties["EvaluationPeriods"]) == (
            queue.service_target.percent,
            2,
        )


def test_figures_of_callcenter_yaml_move_alarms_null_switches_them_off_and_cost_is_watched_on_demand(
    elsewhere: Assembly,
) -> None:
    names = " ".join(found.logical_id for found in elsewhere.of_type("AWS::CloudWatch::Alarm"))
    assert "LongestWait" not in names
    assert "StuckCalls" not in names
    assert {one.properties["EvaluationPeriods"] for one in alarms_named(elsewhere, "ServiceLevel")} == {3}
    assert alarms_named(elsewhere, "Abandonment")[0].properties["Threshold"] == 12.5
    assert alarms_named(elsewhere, "GhostAgents")[0].properties["Threshold"] == 2
    (monitor,) = elsewhere.of_type("AWS::CE::AnomalyMonitor")
    (subscription,) = elsewhere.of_type("AWS::CE::AnomalySubscription")
    assert json.loads(monitor.properties["MonitorSpecification"])["Tags"] == {
        "Key": "trunkline:center",
        "MatchOptions": ["EQUALS"],
        "Values": ["redline-parts"],
    }
    assert subscription.properties["Frequency"] == "IMMEDIATE"
    assert json.loads(subscription.properties["ThresholdExpression"])["Dimensions"]["Values"] == ["25"]
    assert admitted_services(elsewhere) == ["cloudwatch.amazonaws.com", "costalerts.amazonaws.com"]


def test_nothing_watches_cost_where_nobody_asked(assembly: Assembly) -> None:
    assert [found for found in assembly.resources if found.type.startswith("AWS::CE::")] == []
