/** Values as people read them: durations as mm:ss, times in the centre's zone, money with enough digits. */

type Maybe<T> = T | null | undefined;

export const NOTHING = "–";

function two(value: number): string {
  return String(value).padStart(2, "0");
}

export function formatDuration(seconds: Maybe<number>): string {
  if (seconds === null || seconds === undefined) {
    return NOTHING;
  }
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`;
}

export function formatCount(value: Maybe<number>, locale: string): string {
  return value === null || value === undefined ? NOTHING : new Intl.NumberFormat(locale).format(value);
}

export function formatPercent(value: Maybe<number>, locale: string): string {
  if (value === null || value === undefined) {
    return NOTHING;
  }
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
  return `${number} %`;
}

/** A change with its sign: of counts in percent, of percentages in points, of seconds as a duration. */
export function formatSigned(unit: string, change: number, locale: string): string {
  const digits = unit === "seconds" ? 0 : unit === "money" ? 2 : 1;
  const size = Math.abs(change);
  const sign = Number(size.toFixed(digits)) === 0 ? "±" : change < 0 ? "−" : "+";
  if (unit === "seconds") {
    return `${sign}${formatDuration(size)}`;
  }
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(size);
  return `${sign}${number}${unit === "count" ? " %" : unit === "percent" ? " pp" : ""}`;
}

/** A mean of answers from 1 to 5. */
export function formatScore(value: Maybe<number>, locale: string): string {
  if (value === null || value === undefined) {
    return NOTHING;
  }
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
}

/** A call's requests cost fractions of a thousandth of a cent: show three digits of small amounts, not 0.00. */
export function formatMoney(amount: Maybe<number>, currency: string, locale: string): string {
  if (amount === null || amount === undefined) {
    return NOTHING;
  }
  const small = amount !== 0 && Math.abs(amount) < 0.01;
  const digits = small
    ? { maximumSignificantDigits: 3, minimumSignificantDigits: 3 }
    : { minimumFractionDigits: 4, maximumFractionDigits: 4 };
  return new Intl.NumberFormat(locale, { style: "currency", currency, ...digits }).format(amount);
}

/** Money in whole cents: sums, and means of many contacts. */
export function formatAmount(amount: Maybe<number>, currency: string, locale: string): string {
  if (amount === null || amount === undefined) {
    return NOTHING;
  }
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(amount);
}

/** What one contact costs of a category may be a hundredth of a cent. */
export function formatSmallAmount(amount: Maybe<number>, currency: string, locale: string): string {
  if (amount === null || amount === undefined) {
    return NOTHING;
  }
  return new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: 4 }).format(amount);
}

export function formatQuantity(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 }).format(value);
}

export function formatBytes(bytes: number, locale: string): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, "kB"] : [bytes / 1_000_000, "MB"];
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value)} ${unit}`;
}

export function formatTime(iso: Maybe<string>, zone: string, seconds = true): string {
  if (iso === null || iso === undefined) {
    return NOTHING;
  }
  const options: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone };
  return new Intl.DateTimeFormat("en-GB", seconds ? { ...options, second: "2-digit" } : options).format(new Date(iso));
}

export function formatDateTime(iso: Maybe<string>, zone: string, locale: string): string {
  if (iso === null || iso === undefined) {
    return NOTHING;
  }
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: zone }).format(new Date(iso));
  return `${date} ${formatTime(iso, zone)}`;
}

/** A calendar day (YYYY-MM-DD) in words. */
export function formatDay(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

/** The calendar day (YYYY-MM-DD) that it is in a time zone at a moment. */
export function dayIn(zone: string, moment: Date): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(moment);
}

export function shiftDay(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}

/** `damaged_part` as `Damaged part`: names from the centre's file that have no title of their own. */
export function humanise(key: string): string {
  const words = key.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
