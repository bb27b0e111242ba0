/** Which figure somebody asks about, of whom and of when; and the address that asks. */

export interface Asked {
  /** A figure's key, with its convention or percentile where it has one: `service_level.c`. */
  readonly figure: string;
  readonly scope: "queue" | "agent" | "center" | "department" | "channel";
  /** The queue, agent, department or channel; empty for the whole centre. */
  readonly key: string;
  /** First day, `YYYY-MM-DD`; without it and without `start`, today. */
  readonly day?: string | undefined;
  /** Last day, where there are several. */
  readonly to?: string | undefined;
  /** Start of an interval instead of days. */
  readonly start?: string | undefined;
}

const OPTIONAL = ["day", "to", "start"] as const;

/** The part of a figure's key before its convention or percentile. */
export function figureKey(figure: string): string {
  return figure.split(".")[0] ?? figure;
}

export function figurePart(figure: string): string | null {
  return figure.split(".")[1] ?? null;
}

export function askedQuery(asked: Asked): string {
  const query = new URLSearchParams({ figure: asked.figure, scope: asked.scope });
  if (asked.key !== "") {
    query.set("key", asked.key);
  }
  for (const name of OPTIONAL) {
    const value = asked[name];
    if (value !== undefined && !(name === "to" && value === asked.day)) {
      query.set(name, value);
    }
  }
  return query.toString();
}

export function explainHref(asked: Asked): string {
  return `/explain?${askedQuery(asked)}`;
}

/** A formula with the counters' values in the place of their names. */
export function fillFormula(
  formula: string,
  counters: Readonly<Record<string, number>>,
  show: (counter: string, value: number) => string,
): string {
  return formula.replaceAll(/[a-z_]{2,}/g, (name) => {
    const value = counters[name];
    return value === undefined ? name : show(name, value);
  });
}
