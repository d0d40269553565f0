// Runs audits of Lighthouse in one browser.
// Standard input: JSON {chromium, flags, categories, visits: [{address, form, meant}]}, where
// categories names kinds of audits, form is "mobile" or "desktop" and meant lists audits that fail on
// purpose; standard output: JSON, one list of "audit: title" a visit, empty where all of it is 100.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const installed = createRequire(pathToFileURL(process.env.NODE_PATH + "/"));
const load = async (name) => (await import(pathToFileURL(installed.resolve(name)))).default;
const [lighthouse, puppeteer] = [await load("lighthouse"), await load("puppeteer-core")];

const SCREENS = {
  mobile: { mobile: true, width: 360, height: 740, deviceScaleFactor: 2, disabled: false },
  desktop: { mobile: false, width: 1280, height: 900, deviceScaleFactor: 1, disabled: false },
};
// Speed is measured elsewhere, so nothing waits for the network or the processor to calm down.
const SETTINGS = {
  pauseAfterFcpMs: 0,
  pauseAfterLoadMs: 0,
  networkQuietThresholdMs: 0,
  cpuQuietThresholdMs: 0,
  ignoreStatusCode: true,
  disableStorageReset: true,
  disableFullPageScreenshot: true,
  logLevel: "error",
};

const given = JSON.parse(readFileSync(0, "utf8"));
const browser = await puppeteer.launch({ executablePath: given.chromium, args: given.flags });
try {
  const [page] = await browser.pages();
  const found = [];
  for (const { address, form, meant } of given.visits) {
    const screen = { formFactor: form, screenEmulation: SCREENS[form] };
    const flags = { ...SETTINGS, ...screen, onlyCategories: given.categories, skipAudits: meant };
    const { lhr } = await lighthouse(address, flags, undefined, page);
    const wrong = Object.values(lhr.audits).filter((audit) => audit.score !== null && audit.score < 1);
    const short = Object.values(lhr.categories).filter((category) => category.score !== 1);
    found.push([
      ...wrong.map((audit) => `${audit.id}: ${audit.title}`),
      ...short.map((category) => `${category.id}: ${category.score}`),
      ...(lhr.runtimeError ? [lhr.runtimeError.message] : []),
      ...(meant.includes("http-status-code") ? [] : lhr.runWarnings.map(String)),
    ]);
  }
  process.stdout.write(JSON.stringify(found));
} finally {
  await browser.close();
}
