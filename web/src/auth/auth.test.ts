import { expect, test } from "vitest";
import { parseConfig } from "../config";
import { unsignedToken } from "./chosen";
import { codeChallenge, hostedUi } from "./cognito";

const COGNITO = { auth: "cognito", apiUrl: "", userPoolClientId: "client", domain: "redline", region: "us-east-1" } as const;

test("the code challenge is that of RFC 7636, appendix B", async () => {
  const challenge = await codeChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  expect(challenge).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
});

test("a domain's prefix and a domain of one's own both lead to the hosted UI", () => {
  expect(hostedUi(COGNITO)).toBe("https://redline.auth.us-east-1.amazoncognito.com");
  expect(hostedUi({ ...COGNITO, domain: "login.example.com" })).toBe("https://login.example.com");
});

test("the chosen role travels as the claims that Cognito would give", () => {
  const [, claims = "", signature] = unsignedToken({ role: "agent", username: "대호" }).split(".");
  const bytes = Uint8Array.from(atob(claims.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual({ username: "대호", "cognito:groups": ["agent"] });
  expect(signature).toBe("");
});

test("a configuration that lacks something says what", () => {
  expect(() => parseConfig({ auth: "cognito", apiUrl: "" })).toThrow('"userPoolClientId" must be a string');
  expect(() => parseConfig({ auth: "none", apiUrl: "" })).toThrow('"auth" must be "cognito" or "chosen"');
  expect(parseConfig({ auth: "chosen", apiUrl: "https://api.example.com/" }).apiUrl).toBe("https://api.example.com");
});
