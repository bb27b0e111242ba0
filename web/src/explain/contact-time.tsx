/** A moment of a contact, as the link to its page; with its date where more than a day is asked about. */

import { PageLink } from "../components/page-link";
import { formatDateTime, formatTime } from "../format";
import { useLanguage } from "../i18n/language";
import { contactHref } from "../router";

const A_DAY_MS = 25 * 3_600_000;

interface ContactTimeProps {
  readonly contactId: string;
  readonly at: string;
  readonly within: { readonly start: string; readonly end: string };
  readonly zone: string;
}

export function ContactTime({ contactId, at, within, zone }: ContactTimeProps) {
  const { locale } = useLanguage();
  const one = Date.parse(within.end) - Date.parse(within.start) <= A_DAY_MS;
  return <PageLink href={contactHref(contactId)}>{one ? formatTime(at, zone) : formatDateTime(at, zone, locale)}</PageLink>;
}
