/** Figures and counters by name, and their values as people read them. */

import { useMemo } from "react";
import { useWorkplace } from "../api/context";
import { figureKey, figurePart } from "../explain/asked";
import { formatAmount, formatCount, formatDuration, formatPercent, formatScore, humanise } from "../format";
import { useLanguage, useMessages } from "../i18n/language";

/** `service_level.c` as `Service level (c)`, `queue_time_seconds.p90` as `Queue time, 90 %`. */
export function useFigureName(): (figure: string) => string {
  const messages = useMessages();
  return useMemo(() => {
    const names: Readonly<Record<string, string>> = messages.figureNames;
    return (figure) => {
      const key = figureKey(figure);
      const part = figurePart(figure);
      const name = names[key] ?? humanise(key);
      if (part === null) {
        return name;
      }
      const conventions: Readonly<Record<string, string>> = messages.explain.conventions;
      const parts: Readonly<Record<string, string>> = messages.live.age;
      return /^p\d+$/.test(part)
        ? messages.explain.percentile(name, part.slice(1))
        : `${name} ${conventions[part] ?? `(${parts[part] ?? part})`}`;
    };
  }, [messages]);
}

export type FigureUnit = "percent" | "seconds" | "count" | "money" | "score";

export function useFigureFormat(): (unit: FigureUnit, value: number | null | undefined) => string {
  const { center } = useWorkplace();
  const { locale } = useLanguage();
  return useMemo(() => {
    const formats: Readonly<Record<FigureUnit, (value: number | null | undefined) => string>> = {
      percent: (value) => formatPercent(value, locale),
      seconds: formatDuration,
      count: (value) => formatCount(typeof value === "number" ? Math.round(value) : value, locale),
      money: (value) => formatAmount(value, center.currency, locale),
      score: (value) => formatScore(value, locale),
    };
    return (unit, value) => formats[unit](value);
  }, [center.currency, locale]);
}

/** Counters of time end in `_seconds`, those of money begin with `cost_`; the others count. */
export function counterUnit(counter: string): FigureUnit {
  return counter.endsWith("_seconds") ? "seconds" : counter.startsWith("cost_") ? "money" : "count";
}
