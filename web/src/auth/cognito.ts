/**
 * Sign-in by Amazon Cognito's hosted UI: authorization code with PKCE.
 *
 * Source: Amazon Cognito developer guide, "Using PKCE in authorization code grants", "The token issuer
 * endpoint", "The managed login sign-out endpoint".
 */

import type { CognitoConfig } from "../config";
import type { Session } from "./session";

const TOKENS = "trunkline.tokens";
const PENDING = "trunkline.sign_in";
const EXPIRY_MARGIN_SECONDS = 60;

interface Tokens {
  readonly access: string;
  readonly refresh: string | null;
  readonly expiresAt: number;
}

interface Pending {
  readonly state: string;
  readonly verifier: string;
  readonly returnTo: string;
}

export class SignInError extends Error {
  override readonly name = "SignInError";
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

export async function codeChallenge(verifier: string): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

export function hostedUi(config: CognitoConfig): string {
  const { domain, region } = config;
  const host = domain.replace(/^https:\/\//, "");
  return host.includes(".") ? `https://${host}` : `https://${host}.auth.${region}.amazoncognito.com`;
}

/** The one address that the user pool's client has to allow, for sign-in and for sign-out. */
function redirectUri(): string {
  return `${window.location.origin}/`;
}

async function requestTokens(config: CognitoConfig, grant: Record<string, string>): Promise<Tokens> {
  const response = await fetch(`${hostedUi(config)}/oauth2/token`, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ client_id: config.userPoolClientId, ...grant }),
  });
  if (!response.ok) {
    throw new SignInError(`The token endpoint answered HTTP ${response.status}`);
  }
  const body = (await response.json()) as { access_token: string; refresh_token?: string; expires_in: number };
  const tokens = {
    access: body.access_token,
    refresh: body.refresh_token ?? grant["refresh_token"] ?? null,
    expiresAt: Date.now() / 1000 + body.expires_in,
  };
  sessionStorage.setItem(TOKENS, JSON.stringify(tokens));
  return tokens;
}

function storedTokens(): Tokens | null {
  const stored = sessionStorage.getItem(TOKENS);
  return stored === null ? null : (JSON.parse(stored) as Tokens);
}

async function redirectToSignIn(config: CognitoConfig): Promise<void> {
  const returnTo = window.location.pathname + window.location.search;
  const pending: Pending = { state: randomText(), verifier: randomText(), returnTo };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const query = new URLSearchParams({
    response_type: "code",
    client_id: config.userPoolClientId,
    redirect_uri: redirectUri(),
    scope: "openid profile",
    state: pending.state,
    code_challenge: await codeChallenge(pending.verifier),
    code_challenge_method: "S256",
  });
  window.location.assign(`${hostedUi(config)}/oauth2/authorize?${query}`);
}

/** Exchange the code that the hosted UI sent us back with; null when this visit is no return from it. */
async function completeSignIn(config: CognitoConfig): Promise<Tokens | null> {
  const query = new URLSearchParams(window.location.search);
  const code = query.get("code");
  const stored = sessionStorage.getItem(PENDING);
  const refusal = query.get("error_description") ?? query.get("error");
  if (refusal !== null && stored !== null) {
    sessionStorage.removeItem(PENDING);
    throw new SignInError(refusal);
  }
  if (code === null || stored === null) {
    return null;
  }
  sessionStorage.removeItem(PENDING);
  const pending = JSON.parse(stored) as Pending;
  if (query.get("state") !== pending.state) {
    throw new SignInError("The answer of the sign-in page does not belong to this window: sign in again");
  }
  const tokens = await requestTokens(config, {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri(),
    code_verifier: pending.verifier,
  });
  window.history.replaceState(null, "", pending.returnTo);
  return tokens;
}

/** A session once somebody is signed in; null while the browser is on its way to the hosted UI. */
export async function cognitoSession(config: CognitoConfig): Promise<Session | null> {
  let tokens = (await completeSignIn(config)) ?? storedTokens();
  let renewal: Promise<Tokens | null> | null = null;

  const renew = async (refreshToken: string): Promise<Tokens | null> => {
    try {
      return await requestTokens(config, { grant_type: "refresh_token", refresh_token: refreshToken });
    } catch (error) {
      if (error instanceof SignInError) {
        sessionStorage.removeItem(TOKENS);
        return null;
      }
      throw error;
    }
  };

  const session: Session = {
    async token() {
      if (tokens !== null && tokens.expiresAt - Date.now() / 1000 < EXPIRY_MARGIN_SECONDS) {
        renewal ??= tokens.refresh === null ? Promise.resolve(null) : renew(tokens.refresh);
        tokens = await renewal.finally(() => {
          renewal = null;
        });
      }
      return tokens?.access ?? null;
    },
    signIn() {
      sessionStorage.removeItem(TOKENS);
      void redirectToSignIn(config);
    },
    signOut() {
      sessionStorage.removeItem(TOKENS);
      const query = new URLSearchParams({ client_id: config.userPoolClientId, logout_uri: redirectUri() });
      window.location.assign(`${hostedUi(config)}/logout?${query}`);
    },
  };
  if ((await session.token()) === null) {
    await redirectToSignIn(config);
    return null;
  }
  return session;
}
