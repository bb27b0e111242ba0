/** Sign-in of the offline twin: a role is chosen, and an unsigned token says which. */

import type { Role, Session } from "./session";

const KEY = "trunkline.chosen";

export interface Choice {
  readonly role: Role;
  readonly username: string;
}

function encodePart(value: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** An RFC 7519 unsecured token: only a server on the loopback interface may believe it. */
export function unsignedToken(choice: Choice): string {
  const header = encodePart({ alg: "none", typ: "JWT" });
  const claims = encodePart({ username: choice.username, "cognito:groups": [choice.role] });
  return `${header}.${claims}.`;
}

export function storedChoice(): Choice | null {
  const stored = sessionStorage.getItem(KEY);
  return stored === null ? null : (JSON.parse(stored) as Choice);
}

export function storeChoice(choice: Choice | null): void {
  if (choice === null) {
    sessionStorage.removeItem(KEY);
  } else {
    sessionStorage.setItem(KEY, JSON.stringify(choice));
  }
}

export function chosenSession(choice: Choice, choose: (choice: Choice | null) => void): Session {
  return {
    token: () => Promise.resolve(unsignedToken(choice)),
    signIn: () => choose(null),
    signOut: () => choose(null),
  };
}
