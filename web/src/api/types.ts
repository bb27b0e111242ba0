/** The console API's answers. Times are ISO 8601 in UTC; absent values are missing or null. */

import type { Role } from "../auth/session";

export type Convention = "a" | "b" | "c" | "d" | "e";

export interface Me {
  readonly username: string;
  readonly name: string;
  readonly role: Role;
}

export interface CenterQueue {
  readonly key: string;
  readonly title: Readonly<Record<string, string>>;
  readonly department?: string | null;
  readonly service_target: { readonly percent: number; readonly seconds: number };
}

export interface CenterAgent {
  readonly username: string;
  readonly name: string;
}

export interface Center {
  readonly name: string;
  readonly time_zone: string;
  readonly currency: string;
  readonly languages: readonly { readonly code: string; readonly locale: string }[];
  readonly queues: readonly CenterQueue[];
  readonly agents: readonly CenterAgent[];
  readonly short_abandon_seconds: number;
  readonly service_level_convention: Convention;
}

export interface Figures {
  readonly contacts: number;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly abandoned_short: number;
  readonly ended_in_menu: number;
  readonly ended_by_flow: number;
  readonly abandonment_rate: number | null;
  readonly service_level: Readonly<Record<Convention, number | null>>;
  readonly average_speed_of_answer_seconds: number | null;
  readonly average_abandon_time_seconds: number | null;
  readonly longest_wait_seconds: number | null;
  readonly average_handle_time_seconds: number | null;
  readonly talk_seconds: number;
  readonly hold_seconds: number;
  readonly after_contact_work_seconds: number;
  readonly survey_answers: number;
  readonly survey_satisfied: number;
  readonly csat_percent: number | null;
  readonly survey_mean: number | null;
  readonly answered_in_target: number;
  readonly abandoned_in_target: number;
  readonly wait_answered_seconds: number;
  readonly wait_abandoned_seconds: number;
  /** Of agents whose states are known. */
  readonly occupancy_percent?: number | null;
  readonly non_response_percent?: number | null;
}

export interface LiveQueue {
  readonly queue: string;
  readonly waiting: number;
  readonly longest_wait_seconds: number | null;
  readonly on_contact: number;
  readonly callbacks_pending: number;
  readonly agents_available: number;
  readonly agents_staffed: number;
  /** Contacts that entered the queue in the running interval. */
  readonly offered: number;
  /** Of the running interval, by the centre's convention; null where nobody was answered or gave up. */
  readonly service_level_percent: number | null;
}

/** Why an agent who is available is not to be reached. */
export type GhostReason = "unheard" | "misses_offers";

export interface LiveAgent {
  readonly username: string;
  readonly name: string;
  readonly state: string;
  readonly since: string | null;
  /** The newest sign of life. */
  readonly heard_at: string | null;
  readonly ghost: GhostReason | null;
  readonly contact_id?: string | null;
  readonly queue?: string | null;
}

export interface LiveContact {
  readonly contact_id: string;
  readonly state: string;
  readonly since: string | null;
  readonly initiated_at?: string | null;
  readonly queue?: string | null;
  readonly agent?: string | null;
  readonly customer?: string | null;
  readonly language?: string | null;
}

/** What every caller hears now, in each of the centre's languages. */
export interface Announcement {
  readonly announcement_id: string;
  readonly text: Readonly<Record<string, string>>;
  readonly closed: boolean;
  readonly expires_at: string;
  readonly set_by: string;
  readonly set_at: string;
}

/** Seconds since the newest event of each kind; null where none is known. */
export interface LiveAges {
  readonly contacts: number | null;
  readonly agents: number | null;
  readonly figures: number | null;
}

export interface Live {
  readonly at: string;
  readonly ages: LiveAges;
  /** How many agents are available and not to be reached. */
  readonly ghosts: number;
  readonly agents_by_state: Readonly<Record<string, number>>;
  /** The running interval of all queues. */
  readonly running: Pick<LiveQueue, "offered" | "service_level_percent">;
  readonly announcement: Announcement | null;
  readonly queues: readonly LiveQueue[];
  readonly agents: readonly LiveAgent[];
  readonly contacts: readonly LiveContact[];
  /** Only where it was asked for: the counters of a day are many. */
  readonly today?: Figures;
}

export type Outcome = "answered" | "abandoned" | "ended_in_menu" | "ended_by_flow" | "callback" | "transferred";

export interface ContactSummary {
  readonly contact_id: string;
  readonly initiated_at: string;
  readonly channel?: string | null;
  readonly customer?: string | null;
  readonly queue?: string | null;
  readonly agent?: string | null;
  readonly outcome?: Outcome | null;
  readonly wait_seconds?: number | null;
  readonly talk_seconds?: number | null;
  readonly language?: string | null;
}

export interface ContactPage {
  readonly day: string;
  readonly contacts: readonly ContactSummary[];
  readonly cursor: string | null;
}

export interface Contact extends ContactSummary {
  /** Of a contact that goes on: its state on the live page. */
  readonly state?: string | null;
  readonly customer_name?: string | null;
  readonly initiation_method?: string | null;
  readonly system_number?: string | null;
  readonly enqueued_at?: string | null;
  readonly answered_at?: string | null;
  readonly hold_seconds?: number | null;
  readonly holds?: number | null;
  readonly after_contact_seconds?: number | null;
  readonly disconnected_at?: string | null;
  readonly disconnect_reason?: string | null;
  readonly previous_contact_id?: string | null;
  readonly next_contact_id?: string | null;
  readonly survey_score?: number | string | null;
  readonly attributes?: Readonly<Record<string, string>> | null;
}

export interface Recording {
  readonly url: string;
  readonly seconds: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly retention?: string | null;
  readonly channels: number;
}

export interface Segment {
  /** `unknown` where customer and agent share one channel. */
  readonly speaker: "customer" | "agent" | "unknown";
  readonly start_seconds: number;
  readonly end_seconds: number;
  readonly text: string;
  readonly confidence?: number | null;
}

export interface Transcript {
  readonly language: string;
  readonly segments: readonly Segment[];
}

export interface Analysis {
  readonly language?: string | null;
  readonly talk_seconds_agent?: number | null;
  readonly talk_seconds_customer?: number | null;
  readonly silence_seconds?: number | null;
  readonly interruptions?: number | null;
  readonly categories?: readonly string[] | null;
  readonly analysed_at?: string | null;
}

export interface Failure {
  readonly stage: string;
  readonly cause: string;
  readonly at?: string | null;
}

export type TimelineKind = "flow" | "routing" | "event" | "pipeline";

export interface TimelineEntry {
  readonly at: string;
  readonly kind: TimelineKind;
  /** What it is, for a console that translates; `title` is English. */
  readonly code?: string;
  readonly title: string;
  readonly detail?: Readonly<Record<string, unknown>> | null;
}

/** A flow's picture, drawn when the centre was deployed. */
export interface FlowDrawing {
  readonly name: string;
  readonly language: string;
  readonly svg: string;
}

export interface BillLine {
  readonly code?: string;
  readonly service: string;
  readonly quantity: number;
  readonly unit: string;
  readonly unit_price: number;
  readonly amount: number;
}

export interface Bill {
  readonly currency: string;
  readonly total: number;
  readonly lines: readonly BillLine[];
  readonly prices_date: string;
}

export interface ContactDetail {
  readonly contact: Contact;
  readonly recording: Recording | null;
  readonly transcript: Transcript | null;
  readonly analysis: Analysis | null;
  readonly failures: readonly Failure[];
  readonly timeline: readonly TimelineEntry[];
  readonly bill?: Bill | null;
}

export interface Interval extends Figures {
  readonly start: string;
  readonly scope: "queue" | "agent" | "center";
  readonly key: string;
}

export interface DayFigures {
  readonly day: string;
  readonly time_zone: string;
  readonly total: Figures;
  readonly queues: Readonly<Record<string, Figures>>;
  readonly agents: Readonly<Record<string, Figures>>;
  readonly intervals: readonly Interval[];
}

/** What stands behind a figure: a kind of rows that add up to it. */
export type EvidenceKind = "contacts" | "cases" | "schedule" | "costs" | "moment" | "running";

/** What a figure means; `parts` are formulas of its conventions or percentiles. */
export interface Definition {
  readonly key: string;
  /** Other names of the figure: what reports call it. */
  readonly also: readonly string[];
  readonly unit: "percent" | "seconds" | "count" | "money" | "score";
  readonly attribution: "arrival" | "work" | "moment";
  readonly scopes: readonly ("queue" | "agent" | "center")[];
  readonly definition: { readonly en: string; readonly ko: string };
  readonly formula: string;
  readonly parts: Readonly<Record<string, string>>;
  readonly counters: readonly string[];
  readonly evidence: EvidenceKind;
  /** Why nothing can be listed behind it. */
  readonly no_contacts: { readonly en: string; readonly ko: string } | null;
  /** The centre's own, of figures that have several. */
  readonly convention: string | null;
  readonly source: string;
}

/** What a row counts in each counter; what it does not count in is left out. */
export type Counts = Readonly<Record<string, number>>;

export interface ExplainedContact extends ContactSummary {
  readonly handle_seconds?: number | null;
  /** Of a contact that goes on. */
  readonly state?: string | null;
  readonly counts: Counts;
}

/** A span of an agent's status, or an offer that came to nothing. */
export interface ExplainedState {
  readonly agent: string;
  readonly state: string;
  readonly since: string;
  readonly until: string | null;
  readonly contact_id?: string | null;
  readonly counts: Counts;
}

/** A customer's matter: a contact with its transfers and its callback. */
export interface ExplainedCase {
  /** Of its last answer. */
  readonly contact_id: string;
  readonly contacts: readonly string[];
  readonly began: string;
  readonly ended: string;
  readonly customer: string | null;
  readonly queue: string | null;
  readonly agent: string | null;
  readonly disposition: string | null;
  readonly survey: string | null;
  readonly judged: "resolved" | "not_resolved" | "provisional";
  /** Until when a further contact counts against it. */
  readonly closes_at: string | null;
  /** The contact with which the customer came back. */
  readonly repeated_by: string | null;
  readonly counts: Counts;
}

/** A part of a shift in which the agent was in one state. */
export interface ExplainedSpan {
  readonly agent: string;
  readonly planned: string;
  readonly actual: string | null;
  readonly since: string;
  readonly until: string;
  readonly counts: Counts;
}

export interface ExplainedCost extends ContactSummary {
  readonly categories: Readonly<Record<string, number>>;
  readonly estimated: readonly string[];
  readonly counts: Counts;
}

export interface ExplainedAgent {
  readonly agent: string;
  readonly state: string;
  readonly since: string | null;
  readonly ghost: GhostReason | null;
  readonly counts: Counts;
}

interface Explained {
  readonly figure: string;
  readonly value: number | null;
  readonly convention: string | null;
  readonly formula: string;
  readonly start: string;
  readonly end: string;
  readonly scope: string;
  readonly key: string;
  readonly counters: Counts;
  readonly counted: Counts;
  readonly matching: number;
  readonly more: boolean;
}

/** A figure with what it is made of: `counters` as they are shown, `counted` the same from the evidence. */
export type Explanation =
  | (Explained & {
      readonly evidence: "contacts" | "moment" | "running";
      readonly contacts?: readonly ExplainedContact[];
      readonly states?: readonly ExplainedState[];
      readonly agents?: readonly ExplainedAgent[];
    })
  | (Explained & { readonly evidence: "cases"; readonly cases: readonly ExplainedCase[]; readonly counted_days: readonly string[] })
  | (Explained & { readonly evidence: "schedule"; readonly spans: readonly ExplainedSpan[] })
  | (Explained & { readonly evidence: "costs"; readonly contacts: readonly ExplainedCost[]; readonly estimated: readonly string[] });

export type Period = "day" | "week" | "month";
export type Verdict = "more" | "less" | "no_telling";

/** One figure of a report or a scorecard, with what can be said of it (docs/reports.md). */
export interface ReportFigure {
  readonly value: number | null;
  readonly unit: "count" | "percent" | "seconds" | "money" | "score";
  readonly n?: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly small?: boolean;
  readonly previous?: { readonly value: number | null; readonly n?: number | null } | null;
  /** The difference to the period before; of counts in percent. */
  readonly change?: number | null;
  readonly p?: number | null;
  readonly verdict?: Verdict | null;
  readonly good?: boolean | null;
  readonly baseline?: {
    readonly value: number | null;
    readonly low?: number | null;
    readonly high?: number | null;
    readonly days: number;
    readonly verdict?: Verdict | null;
  } | null;
  readonly provisional?: number | null;
}

export type ReportName = string | Readonly<Record<string, string>> | null;

export interface Trend {
  readonly slope: number;
  readonly unit: string;
  readonly per: string;
  readonly p: number | null;
  readonly verdict: Verdict;
  readonly days: number;
}

export interface Seasonality {
  readonly weekdays: readonly { readonly weekday: string; readonly offered: number; readonly days: number; readonly share_percent: number | null }[];
  readonly hours: readonly { readonly hour: number; readonly offered: number; readonly share_percent: number | null }[];
}

export interface ReportSection {
  readonly key: string;
  readonly name: ReportName;
  readonly contacts: number;
  readonly figures: Readonly<Record<string, ReportFigure>>;
  readonly trend?: Trend | null;
  readonly seasonality?: Seasonality | null;
}

export interface Report {
  readonly period: Period;
  readonly on: string;
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly complete: boolean;
  readonly time_zone: string;
  readonly previous: { readonly from: string; readonly to: string };
  readonly baseline_weeks: number;
  readonly total: ReportSection;
  readonly queues: readonly ReportSection[];
  readonly departments: readonly ReportSection[];
  readonly agents: readonly ReportSection[];
  readonly channels: readonly ReportSection[];
  readonly daily: readonly { readonly day: string; readonly offered: number; readonly answered: number; readonly abandoned: number; readonly baseline?: number | null }[];
  readonly cost?: { readonly currency: string; readonly total: number; readonly contacts: number } | null;
}

export interface Target {
  readonly value: number;
  readonly bound: "at_least" | "at_most";
  readonly source: "center" | "supervisor";
  readonly center_value?: number | null;
  readonly reason?: string | null;
  readonly set_by?: string | null;
  readonly set_at?: string | null;
}

export type TargetStatus = "met" | "not_met" | "no_telling";

export interface CardFigure extends ReportFigure {
  readonly target: Target | null;
  readonly status: TargetStatus | null;
}

export interface Card {
  readonly key: string;
  readonly name: ReportName;
  readonly contacts: number;
  readonly figures: Readonly<Record<string, CardFigure>>;
}

export interface Scorecards {
  readonly period: Period;
  readonly on: string;
  readonly from: string;
  readonly to: string;
  readonly complete: boolean;
  readonly figures: readonly string[];
  readonly agents: readonly Card[];
  readonly departments: readonly Card[];
}
