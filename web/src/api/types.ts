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
}

export interface LiveQueue {
  readonly queue: string;
  readonly waiting: number;
  readonly longest_wait_seconds: number | null;
  readonly on_contact: number;
}

export interface LiveAgent {
  readonly username: string;
  readonly name: string;
  readonly state: string;
  readonly since: string | null;
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

export interface Live {
  readonly at: string;
  readonly announcement: Announcement | null;
  readonly queues: readonly LiveQueue[];
  readonly agents: readonly LiveAgent[];
  readonly contacts: readonly LiveContact[];
  readonly today: Figures;
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
