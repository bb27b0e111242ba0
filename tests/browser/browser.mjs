/** A headless Chromium: the one named by the environment, the one in npm's packages, or the system's. */

import { access } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

const SYSTEM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

async function findOnPath(names) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names) {
      const file = join(folder, name);
      if (await access(file).then(() => true, () => false)) {
        return file;
      }
    }
  }
  return null;
}

/** The packaged browser; where the system lacks a library of it (NSS, Expat), with the package's own. */
async function launchPackaged() {
  const entry = require.resolve("@sparticuz/chromium");
  const { default: packaged, inflate } = await import(pathToFileURL(entry).href);
  const executablePath = await packaged.executablePath();
  try {
    return await launchAt(executablePath);
  } catch {
    const libraries = join(await inflate(join(dirname(entry), "..", "bin", "al2023.tar.br")), "lib");
    return launchAt(executablePath, { ...process.env, LD_LIBRARY_PATH: libraries });
  }
}

async function launchAt(executablePath, env = process.env) {
  return chromium.launch({ executablePath, env, args: ["--no-sandbox"] });
}

/** @returns a browser and what it is; throws with the reasons when there is none. */
export async function launchBrowser() {
  if (process.env.TRUNKLINE_CHROMIUM) {
    return launchAt(process.env.TRUNKLINE_CHROMIUM);
  }
  const reasons = [];
  try {
    return await launchPackaged();
  } catch (error) {
    reasons.push(`@sparticuz/chromium: ${String(error).split("\n")[0]}`);
  }
  const system = await findOnPath(SYSTEM_NAMES);
  if (system === null) {
    throw new Error(`no Chromium: ${reasons.join("; ")}; none of ${SYSTEM_NAMES.join(", ")} on PATH`);
  }
  return launchAt(system);
}
