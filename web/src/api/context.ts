/** What every page may ask for: the API, who asks, and the centre. */

import { createContext, useContext } from "react";
import type { Api } from "./client";
import type { Center, Me } from "./types";

export const ApiContext = createContext<Api>({
  get: () => Promise.reject(new Error("No API is provided here")),
  download: () => Promise.reject(new Error("No API is provided here")),
  send: () => Promise.reject(new Error("No API is provided here")),
});

export interface Workplace {
  readonly me: Me;
  readonly center: Center;
}

export const WorkplaceContext = createContext<Workplace | null>(null);

export function useWorkplace(): Workplace {
  const workplace = useContext(WorkplaceContext);
  if (workplace === null) {
    throw new Error("No workplace is provided here");
  }
  return workplace;
}
