/** What every figure means: asked for once, when somebody first wants to know. */

import { useContext, useEffect, useState } from "react";
import type { Api } from "./client";
import { ApiContext } from "./context";
import type { Definition } from "./types";

export type Definitions = ReadonlyMap<string, Definition>;

const asked = new WeakMap<Api, Promise<Definitions>>();

function load(api: Api): Promise<Definitions> {
  const known = asked.get(api);
  if (known !== undefined) {
    return known;
  }
  const loading = api.get<{ readonly figures: readonly Definition[] }>("/api/definitions").then(
    ({ figures }) => new Map(figures.flatMap((each) => [each.key, ...each.also].map((key) => [key, each] as const))),
  );
  asked.set(api, loading);
  loading.catch(() => asked.delete(api));
  return loading;
}

/** Definitions by the figure's key; null until they are there, or if they cannot be had. */
export function useDefinitions(): { readonly definitions: Definitions | null; readonly failed: boolean } {
  const api = useContext(ApiContext);
  const [definitions, setDefinitions] = useState<Definitions | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let current = true;
    load(api).then(
      (loaded) => current && setDefinitions(loaded),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [api]);
  return { definitions, failed };
}
