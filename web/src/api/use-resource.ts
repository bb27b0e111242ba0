/** A resource of the API as React state: loaded once, again on demand, or every few seconds. */

import { useCallback, useContext, useEffect, useState } from "react";
import { ApiContext } from "./context";
import { ApiError } from "./client";

export interface Resource<T> {
  readonly data: T | null;
  /** The latest failure; data of before it may still be there. */
  readonly error: ApiError | null;
  readonly loading: boolean;
  /** performance.now() at which `data` arrived. */
  readonly receivedAt: number | null;
  readonly reload: () => void;
}

interface State<T> {
  readonly path: string | null;
  readonly data: T | null;
  readonly error: ApiError | null;
  readonly loading: boolean;
  readonly receivedAt: number | null;
}

function empty<T>(path: string | null): State<T> {
  return { path, data: null, error: null, loading: path !== null, receivedAt: null };
}

/** Load `path`; with `everyMs`, load it again that long after each answer while the page is visible. */
export function useResource<T>(path: string | null, everyMs?: number): Resource<T> {
  const api = useContext(ApiContext);
  const [state, setState] = useState<State<T>>(() => empty(path));
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (path === null) {
      return undefined;
    }
    const abort = new AbortController();
    let timer: number | undefined;
    let asking = false;
    const load = async (): Promise<void> => {
      if (asking) {
        return;
      }
      asking = true;
      window.clearTimeout(timer);
      setState((now) => (now.path === path ? { ...now, loading: true } : empty(path)));
      try {
        const data = await api.get<T>(path, abort.signal);
        setState({ path, data, error: null, loading: false, receivedAt: performance.now() });
      } catch (error) {
        if (abort.signal.aborted) {
          return;
        }
        const failure = error instanceof ApiError ? error : new ApiError(0, String(error));
        setState((now) => ({ ...now, error: failure, loading: false }));
      } finally {
        asking = false;
      }
      if (everyMs !== undefined && !abort.signal.aborted && !document.hidden) {
        timer = window.setTimeout(load, everyMs);
      }
    };
    const resume = (): void => {
      if (!document.hidden && everyMs !== undefined) {
        void load();
      }
    };
    void load();
    document.addEventListener("visibilitychange", resume);
    return () => {
      abort.abort();
      window.clearTimeout(timer);
      document.removeEventListener("visibilitychange", resume);
    };
  }, [api, path, everyMs, round]);

  const reload = useCallback(() => setRound((value) => value + 1), []);
  const current = state.path === path ? state : empty<T>(path);
  return { data: current.data, error: current.error, loading: current.loading, receivedAt: current.receivedAt, reload };
}
