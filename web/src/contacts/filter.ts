/** Which of the loaded contacts somebody looks for. */

import type { ContactSummary } from "../api/types";

export interface Wanted {
  readonly text: string;
  readonly queue: string;
  readonly outcome: string;
  readonly agent: string;
}

export const EVERYTHING: Wanted = { text: "", queue: "", outcome: "", agent: "" };

export function filterContacts(
  contacts: readonly ContactSummary[],
  wanted: Wanted,
  agentName: (username: string | null | undefined) => string,
): readonly ContactSummary[] {
  const text = wanted.text.trim().toLocaleLowerCase();
  const matches = (contact: ContactSummary): boolean =>
    (wanted.queue === "" || contact.queue === wanted.queue) &&
    (wanted.outcome === "" || contact.outcome === wanted.outcome) &&
    (wanted.agent === "" || contact.agent === wanted.agent) &&
    (text === "" ||
      [contact.contact_id, contact.customer ?? "", agentName(contact.agent)].some((value) =>
        value.toLocaleLowerCase().includes(text),
      ));
  return contacts.filter(matches);
}
