/** A day's contacts, page after page along the API's cursor. */

import { useCallback, useContext, useEffect, useRef, useState } from "react";
import { ApiError } from "./client";
import { ApiContext } from "./context";
import type { ContactPage, ContactSummary } from "./types";

interface Pages {
  readonly contacts: readonly ContactSummary[];
  readonly more: boolean;
  readonly loading: boolean;
  readonly error: ApiError | null;
  readonly loadMore: () => void;
  readonly reload: () => void;
}

interface State {
  readonly day: string | null;
  readonly contacts: readonly ContactSummary[];
  readonly cursor: string | null;
  readonly loading: boolean;
  readonly error: ApiError | null;
}

function empty(day: string | null): State {
  return { day, contacts: [], cursor: null, loading: true, error: null };
}

export function usePages(day: string | null, limit: number): Pages {
  const api = useContext(ApiContext);
  const [stored, setState] = useState<State>(() => empty(day));
  const abort = useRef<AbortController | null>(null);
  const state = stored.day === day ? stored : empty(day);

  const load = useCallback(
    async (before: readonly ContactSummary[], cursor: string | null) => {
      if (day === null) {
        return;
      }
      abort.current?.abort();
      const current = new AbortController();
      abort.current = current;
      const query = new URLSearchParams({ day, limit: String(limit), ...(cursor === null ? {} : { cursor }) });
      try {
        const page = await api.get<ContactPage>(`/api/contacts?${query}`, current.signal);
        setState({ day, contacts: [...before, ...page.contacts], cursor: page.cursor, loading: false, error: null });
      } catch (error) {
        if (!current.signal.aborted) {
          const failure = error instanceof ApiError ? error : new ApiError(0, String(error));
          setState({ day, contacts: before, cursor, loading: false, error: failure });
        }
      }
    },
    [api, day, limit],
  );

  useEffect(() => {
    void load([], null);
    return () => abort.current?.abort();
  }, [load]);

  const loadNow = (before: readonly ContactSummary[], cursor: string | null): void => {
    setState({ ...state, loading: true, error: null });
    void load(before, cursor);
  };
  return {
    contacts: state.contacts,
    more: state.cursor !== null,
    loading: state.loading,
    error: state.error,
    loadMore: () => loadNow(state.contacts, state.cursor),
    reload: () => loadNow([], null),
  };
}
