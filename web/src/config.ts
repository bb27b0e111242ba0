/** What the deployment tells the site: where the API is and how people sign in. */

export interface ChosenConfig {
  readonly auth: "chosen";
  readonly apiUrl: string;
}

export interface CognitoConfig {
  readonly auth: "cognito";
  readonly apiUrl: string;
  readonly userPoolClientId: string;
  /** Host of the hosted UI, or the prefix of an amazoncognito.com domain. */
  readonly domain: string;
  readonly region: string;
}

export type Config = ChosenConfig | CognitoConfig;

export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export function parseConfig(document: unknown): Config {
  if (typeof document !== "object" || document === null) {
    throw new ConfigError("/config.json: expected a JSON object");
  }
  const fields = document as Record<string, unknown>;
  const text = (key: string): string => {
    const value = fields[key];
    if (typeof value !== "string") {
      throw new ConfigError(`/config.json: "${key}" must be a string`);
    }
    return value;
  };
  const apiUrl = text("apiUrl").replace(/\/$/, "");
  switch (fields["auth"]) {
    case "chosen":
      return { auth: "chosen", apiUrl };
    case "cognito":
      return {
        auth: "cognito",
        apiUrl,
        userPoolClientId: text("userPoolClientId"),
        domain: text("domain"),
        region: text("region"),
      };
    default:
      throw new ConfigError('/config.json: "auth" must be "cognito" or "chosen"');
  }
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch("/config.json", { cache: "no-store" });
  if (!response.ok) {
    throw new ConfigError(`/config.json: HTTP ${response.status}`);
  }
  return parseConfig(await response.json());
}
