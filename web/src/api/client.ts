/** Requests to the console API, with the session's token. */

import type { Session } from "../auth/session";

export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface Api {
  get<T>(path: string, signal?: AbortSignal): Promise<T>;
  /** A file, such as a table as CSV. */
  download(path: string): Promise<Blob>;
  /** Change something: PUT a document, or DELETE what is there. */
  send<T>(method: "PUT" | "DELETE", path: string, body?: unknown): Promise<T>;
}

async function errorMessage(response: Response): Promise<string> {
  try {
    const body = (await response.json()) as { message?: unknown };
    return typeof body.message === "string" ? body.message : response.statusText;
  } catch {
    return response.statusText;
  }
}

export function createApi(apiUrl: string, session: Session): Api {
  const request = async (path: string, init: RequestInit): Promise<Response> => {
    const token = await session.token();
    if (token === null) {
      session.signIn();
      throw new ApiError(401, "Signed out");
    }
    try {
      return await fetch(`${apiUrl}${path}`, {
        ...init,
        headers: { Authorization: `Bearer ${token}`, Accept: "application/json", ...init.headers },
        cache: "no-store",
      });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") {
        throw error;
      }
      throw new ApiError(0, String(error));
    }
  };
  const succeed = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await request(path, init);
    if (response.status === 401) {
      session.signIn();
    }
    if (!response.ok) {
      throw new ApiError(response.status, await errorMessage(response));
    }
    return response;
  };
  const answer = async <T>(path: string, init: RequestInit): Promise<T> =>
    (await (await succeed(path, init)).json()) as T;
  return {
    download: async (path) => (await succeed(path, { headers: { Accept: "text/csv" } })).blob(),
    get: (path, signal) => answer(path, { signal: signal ?? null }),
    send: (method, path, body) =>
      answer(path, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
      }),
  };
}
