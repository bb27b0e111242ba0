/** GET requests to the console API, with the session's token. */

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
  const request = async (path: string, signal?: AbortSignal): Promise<Response> => {
    const token = await session.token();
    if (token === null) {
      session.signIn();
      throw new ApiError(401, "Signed out");
    }
    try {
      return await fetch(`${apiUrl}${path}`, {
        headers: { Authorization: `Bearer ${token}`, Accept: "application/json" },
        cache: "no-store",
        signal: signal ?? null,
      });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") {
        throw error;
      }
      throw new ApiError(0, String(error));
    }
  };
  return {
    async get<T>(path: string, signal?: AbortSignal): Promise<T> {
      const response = await request(path, signal);
      if (response.status === 401) {
        session.signIn();
      }
      if (!response.ok) {
        throw new ApiError(response.status, await errorMessage(response));
      }
      return (await response.json()) as T;
    },
  };
}
