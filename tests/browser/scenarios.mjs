/** What somebody does with the console, by name. Each gets a fresh browser context and the server's address. */

import assert from "node:assert/strict";

export const SAMPLE = "/contacts/5f0c2b1e-7a54-4f6d-9b3c-2f1f6f4f8a10";
const OTHERS = "/contacts/0b7d1c35-4a5e-49a1-8a7b-93d2a1c5e6f7";

/** Open a page as somebody, as if the role had been chosen before. */
async function openAs(context, address, role, { username = role, language = "en" } = {}) {
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  await page.addInitScript(
    ([choice, chosenLanguage]) => {
      sessionStorage.getItem("trunkline.chosen") ?? sessionStorage.setItem("trunkline.chosen", choice);
      localStorage.getItem("trunkline.language") ?? localStorage.setItem("trunkline.language", chosenLanguage);
    },
    [JSON.stringify({ role, username }), language],
  );
  await page.goto(address);
  return page;
}

/** A table; one whose cells are buttons is a grid to those who walk it by keys. */
const table = (page, name) => page.getByRole("table", { name }).or(page.getByRole("grid", { name }));
const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const problem = (page, status) => page.locator(`[data-testid=problem][data-status="${status}"]`);
const position = (page) => page.getByTestId("audio").evaluate((audio) => audio.currentTime);

export const scenarios = {
  async live_shows_queues_agents_and_contacts(context, base) {
    const page = await openAs(context, `${base}/live`, "supervisor");
    await table(page, "Queues").getByRole("row", { name: /Orders\s+Waiting, Orders: 2/ }).waitFor();
    await table(page, "Agents").getByRole("row", { name: /Walt Brennan\s+Ringing/ }).waitFor();
    assert.equal(await table(page, "Contacts in progress").getByRole("row").count(), 9);
    await table(page, "Agents").getByText("Lunch", { exact: true }).waitFor();
  },

  async live_marks_ghosts_and_tells_how_old_its_news_is(context, base) {
    const page = await openAs(context, `${base}/live`, "supervisor");
    const hana = table(page, "Agents").getByRole("row", { name: /Hana Lee/ });
    await hana.getByText("Ghost", { exact: true }).waitFor();
    await hana.getByText("available, but not heard of any more").waitFor();
    await page.getByRole("list", { name: "Age of the data" }).getByText(/^00:\d\d$/).first().waitFor();
    await page.getByTestId("age-contacts").getByText(/00:0[4-9]/).waitFor();
  },

  async live_asks_again_until_it_is_paused(context, base) {
    const page = await openAs(context, `${base}/live`, "supervisor");
    let asked = 0;
    page.on("request", (request) => (asked += request.url().endsWith("/api/live") ? 1 : 0));
    await page.waitForRequest(/api\/live/);
    await page.waitForRequest(/api\/live/);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Paused").waitFor();
    await page.waitForTimeout(300);
    const before = asked;
    await page.waitForTimeout(2600);
    assert.equal(asked, before);
    await page.getByTestId("age").getByText(/\d s old/).waitFor();
  },

  async contact_plays_and_marks_what_is_heard(context, base) {
    const page = await openAs(context, base + SAMPLE, "supervisor");
    const lines = page.getByTestId("transcript").getByRole("button");
    await page.getByTestId("play").click();
    const heard = page.locator("[aria-current=true]");
    await lines.nth(0).and(heard).waitFor();
    assert.ok((await position(page)) > 0.5);
    await lines.nth(5).click();
    await lines.nth(5).and(heard).waitFor();
    assert.ok((await position(page)) > 20);
    assert.equal(await lines.and(heard).count(), 1);
    await page.getByTestId("play").click();
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
    await page.getByRole("slider", { name: "Position in the recording" }).press("Home");
    await page.getByTestId("clock").getByText("00:00 / 00:36").waitFor();
    assert.equal(await position(page), 0);
  },

  async contact_tells_its_course_and_its_bill(context, base) {
    const page = await openAs(context, base + SAMPLE, "supervisor");
    const timeline = page.getByRole("list", { name: "Timeline" });
    await timeline.getByText("Function identify_caller").waitFor();
    const reasons = timeline.getByRole("list", { name: "Why" }).getByRole("listitem");
    assert.deepEqual(await reasons.allTextContents(), [
      "menu choice muscle_cars",
      "not a VIP: priority 5",
      "one caller waits and one agent is free",
    ]);
    await page.getByRole("radio", { name: "Pipeline" }).or(page.getByRole("button", { name: "Pipeline" })).click();
    assert.equal(await timeline.locator("> li").count(), 2);
    const total = await page.getByTestId("bill-total").textContent();
    assert.match(total, /^\$0\.\d{4}$/);
    await page.getByText("Damaged part").first().waitFor();
  },

  async contact_shows_its_way_through_the_flow(context, base) {
    const page = await openAs(context, base + SAMPLE, "supervisor");
    const panel = page.getByTestId("flow-panel");
    const visited = panel.locator(".cf-visited");
    await visited.first().waitFor();
    const steps = await visited.evaluateAll((cards) =>
      cards.map((card) => [card.dataset.action, card.querySelector(".cf-step").textContent]),
    );
    assert.deepEqual(Object.fromEntries(steps), {
      log: "1", voice: "2", greeting: "3", notice: "4", "identify-caller": "5", record: "6", "check-hours": "7",
      "menu-main": "8", "menu-technical": "9", "route-call": "10", queue: "11", transfer: "12",
    });
    const taken = await panel
      .locator(".cf-line.cf-taken .cf-edge")
      .evaluateAll((edges) => edges.map(({ dataset }) => `${dataset.from} ${dataset.to}`));
    assert.ok(taken.includes("menu-main menu-technical"));
    assert.ok(!taken.includes("menu-main again"));
    await panel.getByText("1 step is not in the flow as it is now.").waitFor();
  },

  async flow_is_walked_and_zoomed_by_keyboard(context, base) {
    const page = await openAs(context, base + SAMPLE, "supervisor");
    const region = page.getByTestId("flow-region");
    const step = page.getByTestId("flow-step");
    await step.getByText("Step 1 of 13").waitFor();
    await region.focus();
    const width = () => region.locator("svg").evaluate((svg) => svg.getBoundingClientRect().width);
    const before = await width();
    for (const key of "++++nnnnnnnnn") {
      await page.keyboard.press(key);
    }
    await step.getByText("Step 10 of 13").waitFor();
    await step.getByText("route-call").waitFor();
    assert.ok((await width()) > before);
    assert.ok(await region.evaluate((element) => element.scrollLeft > 0));
    await page.keyboard.press("0");
    await page.waitForFunction(() => {
      const { scrollWidth, clientWidth } = document.querySelector(".tl-flow-region");
      return scrollWidth <= clientWidth;
    });
  },

  async flow_speaks_the_language_and_goes_dark(context, base) {
    const page = await openAs(context, base + SAMPLE, "supervisor", { language: "ko" });
    const svg = page.getByTestId("flow-region").locator("svg");
    await svg.locator("text", { hasText: "입력 받기" }).first().waitFor();
    assert.equal(await svg.getAttribute("data-theme"), "light");
    await page.getByRole("button", { name: "어두운 화면" }).click();
    await page.locator(".tl-flow-region svg[data-theme=dark]").waitFor();
  },

  async flow_picture_is_only_a_picture(context, base) {
    await context.route("**/api/flows/*", async (route) => {
      const response = await route.fetch();
      const drawing = await response.json();
      const bad = '<script>window.harmed=1</script><foreignObject><b xmlns="http://www.w3.org/1999/xhtml">b</b></foreignObject>';
      drawing.svg = drawing.svg.replace("</svg>", `${bad}<g onclick="window.harmed=1"><a href="javascript:window.harmed=1"/></g></svg>`);
      await route.fulfill({ response, json: drawing });
    });
    const page = await openAs(context, base + SAMPLE, "supervisor");
    await page.locator(".tl-flow-region .cf-visited").first().waitFor();
    const harmful = page.locator(".tl-flow-region :is(script, foreignObject, a, b, [onclick])");
    assert.equal(await harmful.count(), 0);
    assert.equal(await page.evaluate(() => window.harmed), undefined);
  },

  async words_of_the_flow_stay_in_their_boxes(context, base) {
    const page = await openAs(context, base + SAMPLE, "supervisor");
    await page.locator(".tl-flow-region .cf-visited").first().waitFor();
    const outside = await page.locator(".tl-flow-region .cf-card").evaluateAll((cards) =>
      cards.flatMap((card) => {
        const box = card.querySelector(".cf-shape").getBBox();
        return [...card.querySelectorAll("text")]
          .filter((text) => {
            const words = text.getBBox();
            return words.x < box.x || words.x + words.width > box.x + box.width || words.y + words.height > box.y + box.height + 1;
          })
          .map((text) => text.textContent);
      }),
    );
    assert.deepEqual(outside, []);
  },

  async recording_of_one_channel_has_one_lane_and_no_shares(context, base) {
    await context.route("**/api/contacts/*", async (route) => {
      const response = await route.fetch();
      const detail = await response.json();
      for (const segment of detail.transcript.segments) {
        segment.speaker = "unknown";
      }
      await route.fulfill({ response, json: detail });
    });
    const page = await openAs(context, base + SAMPLE, "supervisor");
    await page.getByText("who speaks cannot be told apart").waitFor();
    assert.equal(await page.locator(".tl-lane").count(), 1);
    assert.match(await page.getByTestId("transcript").getByRole("button").first().textContent(), /Speaker/);
  },

  async abandoned_contact_says_that_nothing_was_recorded(context, base) {
    const page = await openAs(context, base + OTHERS, "supervisor");
    await page.getByText("Nothing was recorded: the contact did not reach an agent.").waitFor();
    assert.equal(await page.getByTestId("play").count(), 0);
  },

  async language_switch_is_complete_and_remembered(context, base) {
    const page = await openAs(context, `${base}/live`, "supervisor");
    await heading(page, "Live").waitFor();
    await page.getByRole("button", { name: /Language/ }).click();
    await page.getByRole("menuitem", { name: "한국어" }).click();
    await heading(page, "실시간").waitFor();
    await table(page, "대기열").getByRole("row", { name: /주문/ }).waitFor();
    await page.reload();
    await heading(page, "실시간").waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "ko");
  },

  async dark_mode_is_remembered(context, base) {
    const page = await openAs(context, `${base}/live`, "supervisor");
    await page.getByRole("button", { name: "Dark mode" }).click();
    await page.reload();
    await page.getByRole("button", { name: "Light mode" }).waitFor();
    assert.equal(await page.locator("body.awsui-dark-mode").count(), 1);
  },

  async day_lists_its_contacts_page_by_page_and_filters_them(context, base) {
    const page = await openAs(context, `${base}/contacts`, "supervisor");
    const rows = table(page, "Contacts").getByRole("row");
    await rows.nth(50).waitFor();
    assert.equal(await rows.count(), 51);
    await page.getByRole("button", { name: "Load 50 more" }).click();
    await rows.nth(100).waitFor();
    await page.getByRole("searchbox").or(page.getByPlaceholder(/Find a customer/)).first().fill("0177");
    await page.waitForFunction(() => document.querySelectorAll("tbody tr").length < 10);
    await table(page, "Contacts").getByText("Abandoned").first().waitFor();
    await page.getByRole("button", { name: "Previous day" }).click();
    await page.getByText("No contact on this day.").waitFor();
    assert.match(page.url(), /day=2026-11-19/);
  },

  async figures_show_five_conventions_and_mark_the_default(context, base) {
    const page = await openAs(context, `${base}/figures`, "manager");
    const conventions = table(page, "Service level, five conventions");
    await conventions.getByRole("row", { name: /^\(c\).*Default.*%/ }).waitFor();
    assert.equal(await conventions.getByRole("row").count(), 6);
    await table(page, "By queue").getByRole("row", { name: /Total.*172/ }).waitFor();
  },

  async figure_is_asked_what_it_means_and_which_contacts_are_behind_it(context, base) {
    const page = await openAs(context, `${base}/figures?day=2026-11-20`, "supervisor");
    const offered = await table(page, "By queue").getByRole("row", { name: /Orders/ }).getByRole("button").first().textContent();
    await page.getByRole("button", { name: "Service level", exact: true }).focus();
    await page.keyboard.press("Enter");
    const definition = page.getByTestId("definition");
    await definition.getByText("Share of contacts that were answered in time").waitFor();
    await definition.getByText("100 × (answered_in_target + abandoned_in_target) / (answered + abandoned)").waitFor();
    await definition.getByText("Convention (c)").waitFor();
    await definition.getByText(/^By arrival/).waitFor();
    await page.keyboard.press("Escape");
    await definition.waitFor({ state: "detached" });
    await table(page, "By queue").getByRole("button", { name: `Offered, Orders: ${offered}` }).click();
    await definition.getByRole("link", { name: "Contacts behind it" }).click();
    await heading(page, "Offered").waitFor();
    await page.getByText("Orders · Nov 20, 2026").waitFor();
    await page.getByText("The contacts add up to the counters.").waitFor();
    assert.equal(await page.getByTestId("explained-value").textContent(), offered);
    const behind = table(page, "Contacts behind it");
    assert.equal(await behind.getByRole("row").count(), Number(offered) + 2);
    await behind.getByRole("row").nth(1).getByRole("link").click();
    await heading(page, /\+1415555/).or(page.getByRole("heading", { level: 1 })).first().waitFor();
    assert.match(page.url(), /\/contacts\//);
  },

  async live_figure_is_asked_what_it_means(context, base) {
    const page = await openAs(context, `${base}/live`, "supervisor");
    await page.getByRole("button", { name: "Ghosts", exact: true }).click();
    const definition = page.getByTestId("definition");
    await definition.getByText("Agents who are available and not to be reached").waitFor();
    await definition.getByText("Of this moment").waitFor();
    await definition.getByRole("link", { name: "Who is behind it now" }).waitFor();
    await page.keyboard.press("Escape");
    await table(page, "Queues").getByRole("button", { name: "Waiting, Orders: 2" }).click();
    await definition.getByText("Callers on the line who are queued").waitFor();
  },

  async cases_behind_a_resolution_tell_how_they_were_judged(context, base) {
    const page = await openAs(context, `${base}/explain?figure=first_contact_resolution_percent&day=2026-11-20`, "supervisor");
    await heading(page, "First contact resolution “no further contact”").waitFor();
    await page.getByText("The cases add up to what the night counted.").waitFor();
    await table(page, "Cases behind it").getByRole("row", { name: /Provisional\s+open until Nov 27, 2026/ }).first().waitFor();
  },

  async contacts_behind_a_rate_are_told_apart_by_what_they_count_in(context, base) {
    const page = await openAs(context, `${base}/explain?figure=abandonment_rate&scope=center&day=2026-11-20`, "supervisor");
    const behind = table(page, "Contacts behind it");
    await behind.getByRole("row").nth(5).waitFor();
    await page.getByRole("button", { name: /Counts in/ }).click();
    await page.getByRole("option", { name: "Abandoned" }).click();
    const outcomes = async () => new Set(await behind.locator("tbody tr td:nth-child(2)").allTextContents());
    await page.waitForFunction(() => document.querySelectorAll("tbody tr").length < 60);
    assert.deepEqual(await outcomes(), new Set(["Abandoned", ""]));
  },

  async agent_asks_for_the_own_contacts_behind_a_figure(context, base) {
    const page = await openAs(context, `${base}/figures?day=2026-11-20`, "agent", { username: "walt" });
    await page.getByRole("button", { name: "Answered", exact: true }).first().click();
    await page.getByTestId("definition").getByRole("link").click();
    const behind = table(page, "Contacts behind it");
    await behind.getByText("***0142").waitFor();
    await page.goto(`${base}/explain?figure=answered&scope=agent&key=mina&day=2026-11-20`);
    await problem(page, 403).waitFor();
  },

  async report_tells_value_interval_and_change_of_a_week(context, base) {
    const page = await openAs(context, `${base}/reports`, "manager");
    await heading(page, "Reports").waitFor();
    await page.getByRole("button", { name: "Week", exact: true }).click();
    await page.getByText("Nov 16, 2026 – Nov 22, 2026, compared with").waitFor();
    await page.getByText("Still running").waitFor();
    await table(page, "Whole centre").getByRole("row", { name: /Service level .*\d – .* %/ }).waitFor();
    await page.getByText(/for 1,204 contacts/).waitFor();
    await page.getByRole("button", { name: "Previous period" }).click();
    await page.getByText("Nov 9, 2026 – Nov 15, 2026").first().waitFor();
    await page.getByRole("tab", { name: "Agents" }).click();
    await table(page, "Agents").getByRole("link", { name: "Details: Walt Brennan" }).click();
    await table(page, "Walt Brennan").getByRole("row", { name: /Occupancy/ }).waitFor();
    assert.match(page.url(), /period=week.*on=2026-11-09.*of=agents.*key=walt/);
    const file = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download CSV" }).click();
    assert.equal((await file).suggestedFilename(), "report-week-2026-11-09.csv");
  },

  async supervisor_sets_an_agents_target_with_a_reason_and_removes_it(context, base) {
    const page = await openAs(context, `${base}/scorecards`, "supervisor");
    const card = page.getByTestId("card").filter({ hasText: "Theo Grant" });
    await card.getByRole("button", { name: "Change the target of Theo Grant for Handle time" }).click();
    const form = page.getByRole("dialog");
    const save = form.getByRole("button", { name: "Save" });
    await form.getByLabel("New target").fill("360");
    assert.ok(await save.isDisabled());
    await form.getByLabel("Reason").fill("Learns billing");
    await save.click();
    await card.getByTestId("own-target").getByText("Learns billing").waitFor();
    await card.getByText("at most 06:00").waitFor();
    const own = await openAs(context, `${base}/scorecards`, "agent", { username: "theo" });
    await heading(own, "My scorecard").waitFor();
    await own.getByText("Learns billing").waitFor();
    assert.equal(await own.getByTestId("card").count(), 1);
    assert.equal(await own.getByRole("button", { name: /Change the target/ }).count(), 0);
    await card.getByRole("button", { name: "Change the target of Theo Grant for Handle time" }).click();
    await form.getByRole("button", { name: "Remove the own target" }).click();
    await card.getByText("at most 05:00").waitFor();
  },

  async role_change_hides_what_an_agent_may_not_see(context, base) {
    const page = await openAs(context, `${base}/contacts`, "supervisor");
    await table(page, "Contacts").getByRole("row").nth(50).waitFor();
    await page.getByRole("button", { name: /Account/ }).click();
    await page.getByRole("menuitem", { name: "Change role" }).click();
    await page.getByRole("radio", { name: /Agent/ }).check();
    await page.getByRole("button", { name: /Agent/ }).click();
    await page.getByRole("option", { name: /Walt Brennan/ }).click();
    await page.getByTestId("enter").click();
    await heading(page, /My contacts/).waitFor();
    await table(page, "Contacts").getByText("***0142").waitFor();
    const agents = await table(page, "Contacts").locator("tbody tr td:nth-child(5)").allTextContents();
    assert.deepEqual(new Set(agents), new Set(["Walt Brennan"]));
    await page.goto(base + SAMPLE);
    await page.getByTestId("transcript").waitFor();
    assert.equal(await page.getByTestId("bill-total").count(), 0);
  },

  async agent_is_refused_another_agents_contact(context, base) {
    const page = await openAs(context, base + OTHERS, "agent", { username: "walt" });
    await problem(page, 403).getByText("Agents see their own work only.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Try again" }).count(), 0);
  },

  async unknown_addresses_say_so(context, base) {
    const page = await openAs(context, `${base}/nowhere`, "supervisor");
    await problem(page, 404).getByText("There is no such page").waitFor();
    await page.goto(`${base}/contacts/unknown`);
    await problem(page, 404).getByText("No such contact").waitFor();
    await page.getByRole("button", { name: "Go to Live" }).click();
    await heading(page, "Live").waitFor();
  },

  async failed_request_can_be_tried_again(context, base) {
    let broken = true;
    await context.route("**/api/contacts?*", (route) => (broken ? route.abort() : route.continue()));
    const page = await openAs(context, `${base}/contacts`, "supervisor");
    await problem(page, 0).getByText("The API did not answer.").waitFor();
    broken = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await table(page, "Contacts").getByRole("row").nth(50).waitFor();
  },

  async lost_connection_marks_the_live_picture_as_old(context, base) {
    const page = await openAs(context, `${base}/live`, "supervisor");
    await table(page, "Queues").waitFor();
    await context.route("**/api/live", (route) => route.abort());
    await page.getByText("The picture is not current").waitFor();
    await table(page, "Queues").getByText("Orders").waitFor();
    await context.unroute("**/api/live");
    await page.getByText("The picture is not current").waitFor({ state: "detached" });
  },

  async cloud_sign_in_exchanges_a_code_with_pkce(context, base) {
    const config = { auth: "cognito", apiUrl: "", userPoolClientId: "c1", domain: "login.example.com", region: "us-east-1" };
    const claims = Buffer.from(JSON.stringify({ username: "ada", "cognito:groups": ["manager"] })).toString("base64url");
    let asked = null;
    let exchanged = null;
    await context.route("**/config.json", (route) => route.fulfill({ json: config }));
    await context.route("https://login.example.com/oauth2/authorize?*", (route) => {
      asked = new URL(route.request().url()).searchParams;
      const back = `${asked.get("redirect_uri")}?code=abc&state=${asked.get("state")}`;
      return route.fulfill({ contentType: "text/html", body: `<script>location.replace(${JSON.stringify(back)})</script>` });
    });
    await context.route("https://login.example.com/oauth2/token", (route) => {
      exchanged = new URLSearchParams(route.request().postData() ?? "");
      const json = { access_token: `e30.${claims}.`, refresh_token: "r", expires_in: 3600 };
      return route.fulfill({ json, headers: { "access-control-allow-origin": "*" } });
    });
    const page = await context.newPage();
    page.setDefaultTimeout(45_000);
    await page.goto(`${base}/figures`);
    await heading(page, "Figures").waitFor();
    await page.getByRole("button", { name: /Account/ }).waitFor();
    assert.equal(new URL(page.url()).pathname, "/figures");
    assert.equal(asked.get("code_challenge_method"), "S256");
    assert.equal(exchanged.get("code"), "abc");
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(exchanged.get("code_verifier")));
    assert.equal(Buffer.from(digest).toString("base64url"), asked.get("code_challenge"));
  },
};
