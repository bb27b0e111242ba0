/** What somebody sees of the twin: nothing is prepared, calls come in while the console looks on. */

import assert from "node:assert/strict";

/** Note what must not be: errors in the browser's console, and requests to anywhere else. */
function watchForFaults(page, base) {
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== new URL(base).origin) {
      faults.push(`asked ${url.origin}`);
    }
  });
  return faults;
}

export const scenarios = {
  async a_call_is_seen_live_and_read_afterwards(context, base) {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const faults = watchForFaults(page, base);
    await page.goto(base);
    await page.getByRole("button", { name: "Open the console" }).click();

    const going = page.getByRole("table", { name: "Contacts in progress" });
    await going.getByRole("row", { name: /Connected/ }).first().getByRole("link").click();
    const timeline = page.getByRole("list", { name: "Timeline" });
    await timeline.getByText("Function route_call").waitFor();
    assert.ok((await timeline.getByRole("list", { name: "Why" }).getByRole("listitem").count()) > 0);

    const lines = page.getByTestId("transcript").getByRole("button");
    await lines.nth(2).waitFor();
    await timeline.getByText("Transcript analysed").waitFor();
    await lines.nth(2).click();
    await page.locator("[aria-current=true]").and(lines.nth(2)).waitFor();
    const position = await page.getByTestId("audio").evaluate((audio) => audio.currentTime);
    assert.ok(position > 2, `the recording stands at ${position} s`);
    assert.match(await page.getByTestId("bill-total").textContent(), /^\$\d+\.\d{4}$/);
    assert.deepEqual(faults, []);
  },
};
