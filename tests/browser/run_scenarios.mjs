/** Run a module's scenarios against a server; one JSON line each: `node run_scenarios.mjs MODULE BASE [NAME ...]`. */

import { launchBrowser } from "./browser.mjs";

const AT_ONCE = 3;
const NO_BROWSER = 3;

const [module, base, ...chosen] = process.argv.slice(2);
const { scenarios } = await import(`./${module}`);
const names = chosen.length > 0 ? chosen : Object.keys(scenarios);

async function runOne(browser, name) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  const faults = [];
  context.on("weberror", (fault) => faults.push(String(fault.error())));
  const started = performance.now();
  let error = null;
  try {
    await scenarios[name](context, base);
  } catch (failure) {
    error = failure instanceof Error ? (failure.stack ?? String(failure)) : String(failure);
  }
  await context.close();
  if (error === null && faults.length > 0) {
    error = `the page threw: ${faults.join("; ")}`;
  }
  console.log(JSON.stringify({ name, error, seconds: Math.round(performance.now() - started) / 1000 }));
}

let browser;
try {
  browser = await launchBrowser();
} catch (failure) {
  console.error(failure.message);
  process.exit(NO_BROWSER);
}
const waiting = [...names];
const work = async () => {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    await runOne(browser, name);
  }
};
await Promise.all(Array.from({ length: AT_ONCE }, work));
await browser.close();
