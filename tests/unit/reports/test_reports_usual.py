"""What is usual, and where it is going."""

import random
from datetime import date, timedelta

from trunkline.reports.baselines import count_baseline, ratio_baseline
from trunkline.reports.trend import find_trend

MONDAY = date(2026, 9, 7)


def days(number, value):
    return {MONDAY + timedelta(day): value(day) for day in range(number)}


def test_growth_is_found_through_quiet_weekends():
    trend = find_trend(days(35, lambda day: 0 if day % 7 > 4 else 100 + 10 * (day // 7)))
    assert trend.slope == 10
    assert trend.change.verdict == "more"


def test_one_wild_day_bends_nothing():
    calm = days(35, lambda day: 100 + day % 7)
    calm[MONDAY + timedelta(16)] = 5_000
    trend = find_trend(calm)
    assert trend.slope == 0
    assert trend.change.verdict == "no_telling"


def test_noise_is_called_a_trend_about_once_in_twenty():
    chance = random.Random(7)
    found = [find_trend(days(56, lambda _day: chance.gauss(100, 12))).change.verdict for _ in range(1_000)]
    assert 20 <= sum(verdict != "no_telling" for verdict in found) <= 80


def test_no_trend_is_told_of_a_single_week():
    assert find_trend(days(7, lambda day: day)) is None
    assert find_trend({}) is None


def test_usual_week_is_the_sum_of_usual_days():
    usual = [{MONDAY - timedelta(weeks=week, days=-day): 100 + day for week in range(1, 5)} for day in range(7)]
    found = count_baseline(usual)
    assert found.value == sum(100 + day for day in range(7))
    assert found.days == 28
    assert found.judge(found.value) == "no_telling"
    assert found.judge(2 * found.value) == "more"
    assert found.judge(0) == "less"


def test_two_weeks_are_too_few_to_be_usual():
    assert count_baseline([{MONDAY: 5, MONDAY + timedelta(7): 5}]) is None
    assert ratio_baseline([80.0, 90.0], weeks=1, days=2, highest=100) is None


def test_usual_share_stays_a_share():
    found = ratio_baseline([99.0, 95.0, 80.0, 100.0], weeks=1, days=28, highest=100)
    assert 0 <= found.low < found.value < found.high <= 100


def test_weeks_are_called_unusual_about_once_in_twenty():
    chance, alarms = random.Random(7), 0
    for _ in range(1_000):
        usual = [{MONDAY + timedelta(7 * week + day): chance.gauss(100, 15) for week in range(4)} for day in range(7)]
        alarms += count_baseline(usual).judge(sum(chance.gauss(100, 15) for _ in range(7))) != "no_telling"
    assert alarms <= 120
