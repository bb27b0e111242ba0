"""Opening hours as a sentence that can be spoken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class _Wording:
    days: Sequence[str]
    span: str
    period: str
    several: str
    joint: str
    sentence: str
    noon: tuple[str, str]
    hour: str
    hour_and_minutes: str
    midnight: str


_WORDINGS = {
    "en": _Wording(
        days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        span="{} to {}",
        period="{days} from {start} to {end}",
        several=", ",
        joint="; ",
        sentence="We are open {}.",
        noon=("AM", "PM"),
        hour="{hour} {half}",
        hour_and_minutes="{hour}:{minute:02d} {half}",
        midnight="midnight",
    ),
    "ko": _Wording(
        days=("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"),
        span="{}부터 {}까지",
        period="{days} {start}부터 {end}까지",
        several=", ",
        joint=", ",
        sentence="영업 시간은 {}입니다.",
        noon=("오전", "오후"),
        hour="{half} {hour}시",
        hour_and_minutes="{half} {hour}시 {minute}분",
        midnight="자정",
    ),
}


def speak_opening_hours(center: Mapping[str, Any], language: str) -> str:
    """Return the weekly opening hours of the centre's first hours as one sentence.

    Parameters
    ----------
    center
        The centre's document.
    language
        Language code; English where the language has no wording here.

    Returns
    -------
    str
        The sentence; holidays are not read out. Empty where the document has no hours.

    Examples
    --------
    >>> shop = {"open": [{"days": ["mon", "tue", "wed"], "from": "07:00", "to": "20:00"},
    ...                  {"days": ["sat"], "from": "08:30", "to": "00:00"}]}
    >>> speak_opening_hours({"hours": {"shop": shop}}, "en")
    'We are open Monday to Wednesday from 7 AM to 8 PM; Saturday from 8:30 AM to midnight.'
    """
    wording = _WORDINGS.get(language, _WORDINGS["en"])
    hours: Mapping[str, Any] = next(iter(center.get("hours", {}).values()), {})
    periods = [_speak_period(period, wording) for period in hours.get("open", [])]
    return wording.sentence.format(wording.joint.join(periods)) if periods else ""


def _speak_period(period: Mapping[str, Any], wording: _Wording) -> str:
    return wording.period.format(
        days=_speak_days(period["days"], wording),
        start=_speak_time(str(period["from"]), wording),
        end=_speak_time(str(period["to"]), wording),
    )


def _speak_days(days: Sequence[str], wording: _Wording) -> str:
    indexes = sorted(_DAYS.index(day) for day in days)
    names = [wording.days[index] for index in indexes]
    consecutive = indexes[-1] - indexes[0] == len(indexes) - 1
    if consecutive and len(indexes) > 2:
        return wording.span.format(names[0], names[-1])
    return wording.several.join(names)


def _speak_time(clock_time: str, wording: _Wording) -> str:
    hour, minute = (int(part) for part in clock_time.split(":")[:2])
    if hour == minute == 0:
        return wording.midnight
    template = wording.hour_and_minutes if minute else wording.hour
    return template.format(hour=(hour - 1) % 12 + 1, minute=minute, half=wording.noon[hour // 12])
