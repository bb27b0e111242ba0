/** Who is signed in, and the token that says so to the API. */

export type Role = "agent" | "supervisor" | "manager";

export const ROLES: readonly Role[] = ["supervisor", "agent", "manager"];

export interface Session {
  /** Bearer token for the API; null when nobody is signed in any more. */
  token(): Promise<string | null>;
  /** Start over: the hosted UI's sign-in page, or the role chooser. */
  signIn(): void;
  signOut(): void;
}
