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

  async a_figure_is_asked_for_its_contacts_and_an_agent_gets_a_target(context, base) {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const faults = watchForFaults(page, base);
    await page.goto(base);
    await page.getByRole("button", { name: "Open the console" }).click();
    await page.getByRole("link", { name: "Figures", exact: true }).click();
    await page.getByRole("button", { name: "Contacts", exact: true }).click();
    const definition = page.getByTestId("definition");
    await definition.getByText("Contacts that reached the centre").waitFor();
    await definition.getByRole("link", { name: "Contacts behind it" }).click();
    const behind = page.getByRole("table", { name: "Contacts behind it" });
    for (let tries = 0; !(await page.getByText("The contacts add up to the counters.").isVisible()); tries += 1) {
      assert.ok(tries < 15, "the contacts do not add up to the counters");
      await page.waitForTimeout(1000);
      await page.reload();
      await behind.waitFor();
    }
    const value = Number(await page.getByTestId("explained-value").textContent());
    assert.equal(await behind.getByRole("row").count(), value > 0 ? value + 2 : 2);

    const day = new URL(page.url()).searchParams.get("day");
    await page.goto(`${base}/reports?period=day${day === null ? "" : `&on=${day}`}`);
    await page.getByRole("table", { name: "Whole centre" }).getByRole("row", { name: /Offered/ }).waitFor();

    await page.goto(`${base}/scorecards`);
    const card = page.getByTestId("card").filter({ hasText: "Mina Park" });
    await card.getByRole("button", { name: /Change the target of Mina Park for Handle time/ }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("New target").fill("400");
    await form.getByLabel("Reason").fill("Learns billing");
    await form.getByRole("button", { name: "Save" }).click();
    await card.getByTestId("own-target").getByText("Learns billing").waitFor();
    await card.getByRole("button", { name: /Change the target of Mina Park for Handle time/ }).click();
    await form.getByRole("button", { name: "Remove the own target" }).click();
    await card.getByTestId("own-target").waitFor({ state: "detached" });
    assert.deepEqual(faults, []);
  },
};
