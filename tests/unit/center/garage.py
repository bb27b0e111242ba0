"""A small call centre to break in many ways."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from trunkline.center import CenterError, Problem, parse_center

ROOT = Path(__file__).parents[3]

SMALL = """\
name: Corner Garage
alias: corner-garage
time_zone: America/Los_Angeles
languages:
  en: {locale: en-US, voice: Joanna}
  ko: {locale: ko-KR, voice: Seoyeon}
numbers:
  main: {country: US, type: DID, description: Everything}
hours:
  shop:
    open:
      - {days: [mon, tue], from: "07:00", to: "12:00"}
      - {days: [mon], from: "13:00", to: "20:00"}
    holidays:
      - {date: 2026-12-25, name: Christmas}
      - {date: 2027-01-01, name: New Year}
skills: [orders, billing]
queues:
  orders:
    title: {en: Orders, ko: 주문}
    hours: shop
    skill: orders
    service_target: {percent: 80, seconds: 20}
    department: Sales
  billing:
    title: {en: Billing, ko: 결제}
    hours: shop
    skill: billing
    service_target: {percent: 80, seconds: 30}
    department: Finance
agents:
  mina: {name: Mina Park, languages: [ko, en], skills: {orders: 5}}
  hana: {name: Hana Lee, languages: [en], skills: {billing: 4}}
ivr:
  greeting: {en: Welcome., ko: 안녕하세요.}
  recording_notice: {en: We record., ko: 녹음됩니다.}
  language_menu:
    prompt: {en: Press 1., ko: 2번을 눌러 주세요.}
    options: {"1": en, "2": ko}
    timeout_seconds: 4
  entry: main
  closed: {en: Closed., ko: 영업 시간이 아닙니다.}
  unavailable: {en: Try later., ko: 나중에 걸어 주세요.}
  menus:
    main:
      prompt: {en: Orders 1. More 2., ko: 주문 1번.}
      options:
        "1": {queue: orders, phrases: {en: [order], ko: [주문]}}
        "2": {menu: more, phrases: {en: [more], ko: [더]}}
      timeout_seconds: 5
      retries: 2
      otherwise: {queue: orders}
    more:
      prompt: {en: Billing 1., ko: 결제 1번.}
      options:
        "1": {queue: billing}
        "2": {answer: order_status}
      timeout_seconds: 5
      retries: 1
      otherwise: {menu: main}
  invalid_choice: {en: Sorry., ko: 죄송합니다.}
  answers:
    order_status: {source: customer, found: {en: "It {status}.", ko: "{status}입니다."}}
  queue_treatment:
    message: {en: Please wait., ko: 기다려 주세요.}
    every_seconds: 30
  survey:
    prompt: {en: Rate us., ko: 평가해 주세요.}
    thanks: {en: Thanks., ko: 감사합니다.}
recording:
  enabled: true
  retention_days: 90
  contact_retention_days: 730
analysis:
  categories:
    refund: {en: [refund], ko: [환불]}
metrics: {short_abandon_seconds: 5, service_level_convention: c}
costs: {currency: USD, agent_hour: 27.50}
"""


@dataclass(frozen=True)
class Broken:
    """The small centre after some edits, with the problems found in it."""

    text: str
    problems: tuple[Problem, ...]

    @property
    def only(self) -> Problem:
        assert len(self.problems) == 1, "\n".join(map(str, self.problems))
        return self.problems[0]

    def line_with(self, part: str) -> int:
        [line] = [number for number, line in enumerate(self.text.splitlines(), 1) if part in line]
        return line


def problems_in(text: str) -> tuple[Problem, ...]:
    try:
        parse_center(text, "center.yaml")
    except CenterError as error:
        return error.problems
    return ()
