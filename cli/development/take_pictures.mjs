/** Take the pictures of the console in docs/images: `node take_pictures.mjs BASE FOLDER DAY`; see take_pictures.py. */

import { join } from "node:path";
import { launchBrowser } from "../../tests/browser/browser.mjs";

const [address, folder, day] = process.argv.slice(2);
const base = address.replace(/\/$/, "");
const MANAGER = { role: "manager", username: "manager" };
const TARGET = { figure: "average_handle_time_seconds", value: 150, reason: "Learns billing" };

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const token = `${encode({ alg: "none" })}.${encode({ username: MANAGER.username, "cognito:groups": [MANAGER.role] })}.`;

async function ask(path, method = "GET", body = undefined) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await fetch(base + path, { method, headers, body: body && JSON.stringify(body) });
  if (!answer.ok) {
    throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  }
  return answer.json();
}

/** The longest talk of the day in English that was transcribed, of a customer whom the centre knows. */
async function chooseContact() {
  const { contacts } = await ask(`/api/contacts?day=${day}&limit=100`);
  const talks = contacts.filter(({ outcome, language }) => outcome === "answered" && language === "en");
  for (const { contact_id: id } of talks.toSorted((one, other) => other.talk_seconds - one.talk_seconds)) {
    const { contact, transcript } = await ask(`/api/contacts/${id}`);
    if (contact.customer_name && transcript?.segments.length > 8) {
      return id;
    }
  }
  throw new Error(`no contact of ${day} is fit for a picture`);
}

const contactId = await chooseContact();
await ask("/api/targets/dae", "PUT", TARGET);

const SHOTS = {
  async live(page) {
    await page.goto(`${base}/live`);
    await page.getByRole("table", { name: "Contacts in progress" }).getByRole("row", { name: /Connected/ }).first().waitFor();
    await page.getByText("Today", { exact: true }).waitFor();
  },
  async contact(page) {
    await page.goto(`${base}/contacts/${contactId}`);
    await page.getByTestId("transcript").getByRole("button").nth(3).click();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("list", { name: "Timeline" }).getByText("Transcript analysed").waitFor({ state: "attached" });
    await page.getByRole("list", { name: "Why" }).first().scrollIntoViewIfNeeded();
    await page.evaluate(() => window.scrollTo(0, 0));
  },
  async flow(page) {
    await page.goto(`${base}/contacts/${contactId}`);
    const region = page.getByTestId("flow-region");
    await region.locator("svg").first().waitFor();
    await region.focus();
    for (let step = 0; step < 6; step += 1) {
      await page.keyboard.press("n");
    }
    return page.getByTestId("flow-panel");
  },
  async report(page) {
    await page.goto(`${base}/reports?period=day&on=${day}`);
    await page.getByRole("table", { name: "Whole centre" }).getByRole("row", { name: /Offered/ }).waitFor();
  },
  async scorecards(page) {
    await page.goto(`${base}/scorecards?period=day&on=${day}`);
    await page.getByTestId("own-target").waitFor();
  },
  async explain(page) {
    await page.goto(`${base}/explain?figure=abandonment_rate&scope=center&key=&day=${day}`);
    await page.getByTestId("explained-value").waitFor();
    await page.getByRole("table", { name: "Contacts behind it" }).getByRole("row").nth(3).waitFor();
  },
};

const browser = await launchBrowser();
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US", colorScheme: "light", reducedMotion: "reduce" });
await context.addInitScript((choice) => sessionStorage.setItem("trunkline.chosen", JSON.stringify(choice)), MANAGER);
for (const [name, open] of Object.entries(SHOTS)) {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const whole = await open(page);
  await page.waitForLoadState("networkidle", { timeout: 3000 }).catch(() => undefined); // the live page never rests
  await (whole ?? page).screenshot({ path: join(folder, `console-${name}.png`) });
  await page.close();
}
await browser.close();
