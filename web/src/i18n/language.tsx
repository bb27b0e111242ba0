/** The reader's language: catalogue, Cloudscape's own texts, and the choice's memory. */

import { I18nProvider } from "@cloudscape-design/components/i18n";
import englishComponents from "@cloudscape-design/components/i18n/messages/all.en";
import koreanComponents from "@cloudscape-design/components/i18n/messages/all.ko";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { en, type Messages } from "./en";
import { ko } from "./ko";

export type Language = "en" | "ko";

export const CATALOGUES: Readonly<Record<Language, Messages>> = { en, ko };
export const LOCALES: Readonly<Record<Language, string>> = { en: "en-US", ko: "ko-KR" };
const KEY = "trunkline.language";

interface LanguageState {
  readonly language: Language;
  readonly locale: string;
  readonly messages: Messages;
  readonly setLanguage: (language: Language) => void;
}

const LanguageContext = createContext<LanguageState>({
  language: "en",
  locale: LOCALES.en,
  messages: en,
  setLanguage: () => undefined,
});

function initialLanguage(): Language {
  const stored = localStorage.getItem(KEY);
  if (stored === "en" || stored === "ko") {
    return stored;
  }
  return navigator.language.startsWith("ko") ? "ko" : "en";
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(initialLanguage);
  useEffect(() => {
    localStorage.setItem(KEY, language);
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(
    () => ({ language, locale: LOCALES[language], messages: CATALOGUES[language], setLanguage }),
    [language],
  );
  return (
    <LanguageContext value={value}>
      <I18nProvider locale={language} messages={[language === "ko" ? koreanComponents : englishComponents]}>
        {children}
      </I18nProvider>
    </LanguageContext>
  );
}

export function useLanguage(): LanguageState {
  return useContext(LanguageContext);
}

export function useMessages(): Messages {
  return useContext(LanguageContext).messages;
}
