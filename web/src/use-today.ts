/** The centre's present day. The API's clock decides, because the twin's centre lives in a time of its own. */

import { useState } from "react";
import { useWorkplace } from "./api/context";
import type { Live } from "./api/types";
import { useResource } from "./api/use-resource";
import { dayIn } from "./format";
import { useQueryParameter } from "./router";

interface ChosenDay {
  /** The day asked for in the address, else today; null until today is known. */
  readonly day: string | null;
  readonly today: string;
  readonly chooseDay: (day: string) => void;
}

export function useChosenDay(): ChosenDay {
  const { center } = useWorkplace();
  const [asked, setAsked] = useQueryParameter("day");
  const live = useResource<Live>("/api/live");
  const [browserNow] = useState(() => new Date());
  const known = live.data !== null || live.error !== null;
  const today = dayIn(center.time_zone, live.data === null ? browserNow : new Date(live.data.at));
  return {
    day: asked ?? (known ? today : null),
    today,
    chooseDay: (day) => setAsked(day === today ? null : day),
  };
}
