/** Names of what a report tells of. */

import type { ReportName } from "../api/types";
import { type Language, useLanguage } from "../i18n/language";

export function sayName(name: ReportName, key: string, language: Language): string {
  if (name === null || typeof name === "string") {
    return name ?? key;
  }
  return name[language] ?? Object.values(name)[0] ?? key;
}

export function useReportName(): (section: { readonly key: string; readonly name: ReportName }) => string {
  const { language, messages } = useLanguage();
  const channels: Readonly<Record<string, string>> = messages.contact.channels;
  return ({ key, name }) => (key === "-" ? messages.reports.wholeCenter : (channels[key] ?? sayName(name, key, language)));
}
