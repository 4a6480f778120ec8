// Opens the root page of a server in Chromium and has axe-core look for what keeps people out (WCAG 2.2, A and AA).
// PICTURES=folder keeps what was looked at.
import assert from "node:assert/strict";
import axe from "axe-core";
import puppeteer from "puppeteer-core";

const { ADDRESS, CHROMIUM, PICTURES } = process.env;
const browser = await puppeteer.launch({
  executablePath: CHROMIUM, headless: true, protocolTimeout: 30000,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function open(width, scheme, scripts = true) {
  const page = await browser.newPage();
  page.setDefaultTimeout(20000);
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  await page.setViewport({ width, height: 900 });
  await page.setJavaScriptEnabled(scripts);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(ADDRESS + "/");
  return { page, said };
}

// asks makes requests at the provider, from outside of the page.
async function asks(client) {
  const at = ADDRESS + "/realms/demo";
  await fetch(at + "/.well-known/openid-configuration");
  await fetch(`${at}/protocol/openid-connect/auth?client_id=${client}`);
}

const press = (page, at) => page.$eval(at, (button) => button.click());
const newest = (page) => page.$eval("#rows tr:first-child", (row) => row.innerText.replaceAll("\t", " "));
const shows = (page, n) => page.waitForFunction((n) => document.querySelectorAll("#rows tr").length >= n, { polling: 100 }, n); // also of a page in the background

try {
  await asks("<script>alert(1)</script>");
  for (const scheme of ["light", "dark"]) {
    for (const width of [390, 1280]) {
      const { page, said } = await open(width, scheme);
      await page.waitForFunction(() => document.getElementById("state").textContent.startsWith("Live"), { polling: 100 });
      const before = (await page.$$("#rows tr")).length;
      await asks("nobody");
      await shows(page, before + 2);
      assert.match(await newest(page), /400.*\/auth.*client_id belongs to a registered client/s);
      if (PICTURES) await page.screenshot({ path: `${PICTURES}/root-${scheme}-${width}.png`, fullPage: true });
      await page.$$eval("details", (all) => all.forEach((details) => { details.open = true; }));
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => window.axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      }));
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" ")}`), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `at ${width} pixels the page is ${wide} too wide`);
      if (PICTURES && width === 1280) await page.screenshot({ path: `${PICTURES}/root-${scheme}-open.png`, fullPage: true });
      assert.deepEqual(said, []);
      await page.close();
    }
  }
  console.log("ok  axe-core finds nothing, in light and dark, at 390 and 1280 pixels");

  const { page } = await open(1280, "light");
  await page.waitForFunction(() => document.getElementById("state").textContent.startsWith("Live"), { polling: 100 });
  await press(page, "#pause");
  const paused = (await page.$$("#rows tr")).length;
  const other = await open(1280, "light"); // a second page hears of it, so the first one has, too
  await other.page.waitForFunction(() => document.getElementById("state").textContent.startsWith("Live"), { polling: 100 });
  await asks("while-paused");
  await shows(other.page, paused + 2);
  assert.equal((await page.$$("#rows tr")).length, paused);
  await press(page, "#pause");
  await shows(page, paused + 2);
  await press(page, "#only-bad");
  const seen = await page.$$eval("#rows tr", (all) => all.filter((row) => row.checkVisibility()).map((row) => row.className));
  assert.ok(seen.length > 0 && seen.every((name) => name === "bad"), seen.join());
  console.log("ok  the list waits while it is paused, and shows refusals alone");

  const bare = await open(1280, "light", false);
  assert.match(await bare.page.$eval("#rows tr:first-child", (row) => row.textContent), /refused/);
  assert.equal(await bare.page.$eval("#pause", (button) => button.hidden), true);
  console.log("ok  works without script");
} finally {
  await browser.close();
}
