"""The words of reports that people read, in the languages of the console."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from trunkline.contact.moments import parse_moment

LANGUAGES = ("en", "ko")

_FIGURES = {
    "contacts": ("Contacts", "전체 문의"),
    "offered": ("Offered", "인입"),
    "answered": ("Answered", "응답"),
    "abandoned": ("Abandoned", "포기"),
    "callbacks": ("Callbacks", "콜백"),
    "ended_in_menu": ("Ended in menu", "메뉴에서 종료"),
    "ended_by_flow": ("Ended by flow", "플로우에서 종료"),
    "service_level_percent": ("Service level", "서비스 수준"),
    "abandonment_rate": ("Abandonment", "포기율"),
    "average_speed_of_answer_seconds": ("Speed of answer", "평균 응답 대기"),
    "average_abandon_time_seconds": ("Time to abandon", "평균 포기 시간"),
    "average_handle_time_seconds": ("Handle time", "평균 처리 시간"),
    "average_hold_time_seconds": ("Hold time", "평균 보류 시간"),
    "first_contact_resolution_percent": ("First contact resolution", "첫 문의 해결률"),
    "resolution_percent": ("Resolution", "해결률"),
    "csat_percent": ("Satisfaction", "고객 만족도"),
    "survey_response_rate": ("Survey response", "설문 응답률"),
    "occupancy_percent": ("Occupancy", "점유율"),
    "utilisation_percent": ("Utilisation", "활용률"),
    "adherence_percent": ("Adherence", "일정 준수율"),
    "non_response_percent": ("Non-response", "무응답률"),
    "cost_per_contact": ("Cost per contact", "문의당 비용"),
}
_WORDS = {
    "report_day": ("Daily report", "일일 보고서"),
    "report_week": ("Weekly report", "주간 보고서"),
    "report_month": ("Monthly report", "월간 보고서"),
    "running": ("The period is still running: figures up to", "아직 진행 중인 기간입니다. 기준 시각:"),
    "made": ("Made", "작성"),
    "counted": ("closed days as counted", "마감된 날의 집계 시각:"),
    "late": ("Changed since they were closed, and counted anew", "마감 후 변경되어 다시 집계한 날"),
    "headlines": ("At a glance", "요약"),
    "days": ("Day by day", "일별 추이"),
    "hours": ("By hour of the day", "시간대별"),
    "weekdays": ("By day of the week", "요일별"),
    "queues": ("Queues", "대기열"),
    "departments": ("Departments", "부서"),
    "agents": ("Agents", "상담원"),
    "channels": ("Channels", "채널"),
    "cost": ("Cost", "비용"),
    "reading": ("How to read this", "읽는 방법"),
    "usual": ("usual", "평소"),
    "above": ("above usual", "평소보다 높음"),
    "below": ("below usual", "평소보다 낮음"),
    "few": ("few", "적은 건수"),
    "provisional": ("provisional", "잠정"),
    "before": ("before", "이전"),
    "more": ("up from", "증가, 이전"),
    "less": ("down from", "감소, 이전"),
    "no_telling": ("was", "이전"),
    "trend_more": ("Contacts are growing by {slope} a day each week.", "하루 문의가 매주 {slope}건씩 늘고 있습니다."),
    "trend_less": ("Contacts are falling by {slope} a day each week.", "하루 문의가 매주 {slope}건씩 줄고 있습니다."),
    "trend_no_telling": (
        "No trend can be told from {days} days.",
        "최근 {days}일로는 추세를 판단할 수 없습니다.",
    ),
    "total": ("Total", "합계"),
    "nothing": ("No contacts in this period.", "이 기간에는 문의가 없습니다."),
    "explain_interval": (
        "n is the number behind a figure; the range after it holds the true value 95 times of 100.",
        "n은 지표의 바탕이 되는 건수이고, 뒤의 범위는 100번 중 95번 참값을 담습니다.",
    ),
    "explain_few": (
        "“few” marks figures of fewer than 30: look at the range, and rank nobody by them.",
        "‘적은 건수’는 30건 미만이라는 뜻입니다. 범위를 보고, 순위를 매기지 마십시오.",
    ),
    "explain_change": (
        "“up” and “down” are said only where chance alone would bring such a change less than once in 20 times.",
        "‘증가’와 ‘감소’는 우연으로는 20번에 한 번도 생기지 않을 변화일 때만 씁니다.",
    ),
    "explain_no_telling": (
        "“≈ was” gives the period before where nobody can tell whether anything changed.",
        "‘≈ 이전’은 변화가 있었는지 판단할 수 없을 때 이전 기간의 값입니다.",
    ),
    "explain_usual": (
        "“usual” is the median of the same weekdays of the {weeks} weeks before.",
        "‘평소’는 이전 {weeks}주 같은 요일의 중앙값입니다.",
    ),
    "explain_provisional": (
        "First contact resolution is provisional while customers may still come back, within {days} days.",
        "첫 문의 해결률은 고객이 {days}일 안에 다시 문의할 수 있는 동안 잠정치입니다.",
    ),
    "explain_service": (
        "Service level by convention ({convention}); every definition is in docs/metrics.md.",
        "서비스 수준은 ({convention}) 방식입니다. 모든 정의는 docs/metrics.md에 있습니다.",
    ),
    "explain_signs": (
        "▲ ▼ surely more or less than the period before (p < 0.05); below: 95 % interval; * few",
        "▲ ▼ 이전 기간보다 확실히 많거나 적음(p < 0.05); 아래: 95 % 구간; * 적은 건수",
    ),
    "cost_of": ("Cost: {total} for {contacts} contacts", "비용: 문의 {contacts}건에 {total}"),
    "seconds": ("{value} s", "{value}초"),
    "minutes": ("{minutes}:{seconds:02d} min", "{minutes}분 {seconds}초"),
    "skip": ("To the figures", "지표로 가기"),
}
_WEEKDAYS = {
    "mon": ("Mon", "월"),
    "tue": ("Tue", "화"),
    "wed": ("Wed", "수"),
    "thu": ("Thu", "목"),
    "fri": ("Fri", "금"),
    "sat": ("Sat", "토"),
    "sun": ("Sun", "일"),
}
_CATEGORIES = {
    "telephony": ("telephony", "전화"),
    "transcription": ("transcription", "음성 기록"),
    "storage": ("storage", "저장"),
    "orchestration": ("orchestration", "처리"),
    "agent_time": ("agents’ time", "상담원 시간"),
    "fixed": ("fixed", "고정 비용"),
}


class Words:
    """The words of one language.

    Parameters
    ----------
    language
        ``en`` or ``ko``; of a locale such as ``ko-KR`` the language counts, and any other one is English.
    """

    def __init__(self, language: str) -> None:
        self.language = "ko" if language.lower().startswith("ko") else "en"
        self._place = LANGUAGES.index(self.language)

    def tell_counted(self, report: Mapping[str, Any]) -> list[str]:
        """Tell when closed days were counted, and which of them were counted anew; nothing where all is new."""
        told = []
        if report["written_at"] != report["made_at"]:
            told.append(f"{self.say('counted')} {self.moment(report['written_at'], report['time_zone'])}")
        if report["late_days"]:
            told.append(f"{self.say('late')}: {', '.join(map(self.day, report['late_days']))}")
        return told

    def say(self, key: str, **values: Any) -> str:
        """Return a phrase."""
        return _WORDS[key][self._place].format(**values)

    def figure(self, key: str) -> str:
        """Return the name of a figure."""
        return _FIGURES[key][self._place]

    def weekday(self, key: str) -> str:
        """Return the short name of a weekday such as ``mon``."""
        return _WEEKDAYS[key][self._place]

    def category(self, key: str) -> str:
        """Return the name of a bill's category."""
        return _CATEGORIES[key][self._place] if key in _CATEGORIES else key

    def name(self, section: Mapping[str, Any]) -> str:
        """Return what people call a queue, agent, department or channel."""
        name = section["name"]
        if isinstance(name, Mapping):
            return str(name.get(self.language) or next(iter(name.values()), section["key"]))
        return str(name or section["key"])

    def day(self, text: str) -> str:
        """Write a day with its weekday.

        Examples
        --------
        >>> Words("en").day("2026-11-21"), Words("ko").day("2026-11-21")
        ('Sat 21 Nov 2026', '2026년 11월 21일 (토)')
        """
        day = date.fromisoformat(text)
        weekday = list(_WEEKDAYS)[day.weekday()]
        if self.language == "ko":
            return f"{day.year}년 {day.month}월 {day.day}일 ({self.weekday(weekday)})"
        return f"{self.weekday(weekday)} {day.day} {_MONTHS[day.month - 1]} {day.year}"

    def short_day(self, text: str) -> str:
        """Write a day of a week.

        Examples
        --------
        >>> Words("en").short_day("2026-11-21"), Words("ko").short_day("2026-11-21")
        ('Sat 21', '21일 (토)')
        """
        day = date.fromisoformat(text)
        weekday = self.weekday(list(_WEEKDAYS)[day.weekday()])
        return f"{day.day}일 ({weekday})" if self.language == "ko" else f"{weekday} {day.day}"

    def moment(self, text: str, zone: str) -> str:
        """Write a moment of the record, on the clock of a time zone.

        Examples
        --------
        >>> Words("en").moment("2026-11-21T20:00:00Z", "America/Los_Angeles")
        'Sat 21 Nov 2026, 12:00'
        """
        local = parse_moment(text).astimezone(ZoneInfo(zone))
        return f"{self.day(local.date().isoformat())}, {local:%H:%M}"

    def value(self, value: float | None, unit: str, currency: str = "") -> str:
        """Write a figure with its unit.

        Examples
        --------
        >>> words = Words("en")
        >>> words.value(83.44, "percent"), words.value(41.2, "seconds"), words.value(341, "seconds")
        ('83.4 %', '41.2 s', '5:41 min')
        >>> words.value(None, "percent"), words.value(12345, "count"), words.value(0.4312, "money", "USD")
        ('–', '12,345', 'USD 0.431')
        """
        if value is None:
            return "–"
        if unit == "percent":
            return f"{value:.1f} %" if self.language == "en" else f"{value:.1f}%"
        if unit == "money":
            return f"{currency} {value:,.2f}" if abs(value) >= 1 else f"{currency} {value:.3f}"
        if unit == "seconds" and abs(value) >= 60:
            minutes, seconds = divmod(round(value), 60)
            return self.say("minutes", minutes=minutes, seconds=seconds)
        if unit == "seconds":
            return self.say("seconds", value=f"{value:.1f}")
        return f"{value:,.0f}"

    def ends(self, low: float, high: float, unit: str, currency: str = "") -> str:
        """Write an interval, its unit at its end.

        Examples
        --------
        >>> Words("en").ends(39.1, 42.4, "percent"), Words("en").ends(173.2, 179.4, "seconds")
        ('39.1–42.4 %', '2:53–2:59 min')
        """
        first, last = self.value(low, unit, currency), self.value(high, unit, currency)
        if unit == "seconds" and (low < 60) != (high < 60):
            return f"{first}–{last}"
        endings = [
            self.value(0, unit).removeprefix("0.0"),
            *self.say("minutes", minutes=0, seconds=0).split("0:00")[1:],
        ]
        ending = next((each for each in endings if each and first.endswith(each) and last.endswith(each)), "")
        return f"{first.removesuffix(ending)}–{last}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
