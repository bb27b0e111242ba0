/** How old the news is, and when that is a reason to doubt the picture. */

import type { Live, LiveAges } from "../api/types";

/** Heartbeats come every two minutes, are gathered for five, and one minute is for clocks and delivery. */
const AGENTS_OLD_SECONDS = 480;
const CONTACTS_OLD_SECONDS = 1800;
/** How much older than the newest contact event the newest counter may be: a call is counted when it is over. */
const FIGURES_BEHIND_SECONDS = 1800;
const AWAY = new Set(["offline", "offline_unheard"]);

export type NewsKind = keyof LiveAges;

export interface News {
  readonly kind: NewsKind;
  readonly seconds: number | null;
  /** Whether something that should have been heard was not. */
  readonly old: boolean;
}

/** Tell each kind's age `elapsed` seconds after the picture came. A quiet centre's news is not old: it has none. */
export function tellNews(live: Pick<Live, "ages" | "agents_by_state" | "contacts">, elapsed: number): readonly News[] {
  const grow = (seconds: number | null) => (seconds === null ? null : seconds + elapsed);
  const [contacts, agents, figures] = [grow(live.ages.contacts), grow(live.ages.agents), grow(live.ages.figures)];
  const staffed = Object.entries(live.agents_by_state).some(([state, count]) => count > 0 && !AWAY.has(state));
  const talking = live.contacts.length > 0;
  return [
    { kind: "contacts", seconds: contacts, old: talking && contacts !== null && contacts > CONTACTS_OLD_SECONDS },
    { kind: "agents", seconds: agents, old: staffed && agents !== null && agents > AGENTS_OLD_SECONDS },
    {
      kind: "figures",
      seconds: figures,
      old: figures !== null && contacts !== null && figures - contacts > FIGURES_BEHIND_SECONDS,
    },
  ];
}

/** States of agents with how many are in each, those that most are in first; nobody who is away. */
export function statesAtWork(states: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(states)
    .filter(([state]) => !AWAY.has(state))
    .toSorted(([left, more], [right, most]) => most - more || left.localeCompare(right));
}
