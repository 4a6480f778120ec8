// Drives clients for single-page apps in a real browser. Each app (apps/) has the same four buttons: signIn, person,
// renew, signOut. Prints a line for each thing that works; ends with 1 at the first that does not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import esbuild from "esbuild";
import puppeteer from "puppeteer-core";

const { ISSUER, APP, CHROMIUM, BUNDLES } = process.env;
// What each is called in package.json, where its app lives, and how the person's address is known.
const clients = [
  { name: "oidc-client-ts", origin: "http://localhost:3000" },
  { name: "react-oidc-context", origin: "http://localhost:3000" },
  { name: "angular-oauth2-oidc", origin: "http://localhost:4200" },
  { name: "@openid/appauth", app: "appauth-js", origin: "http://localhost:4200" },
  { name: "@okta/okta-auth-js", app: "okta-auth-js", origin: "http://localhost:5173", refreshes: true },
];

await esbuild.build({
  entryPoints: clients.map((c) => `apps/${c.app ?? c.name}.js`), outdir: BUNDLES, bundle: true, format: "esm", target: "es2022",
  logLevel: "error", define: { ISSUER: JSON.stringify(ISSUER), global: "window" },
});
const browser = await puppeteer.launch({
  executablePath: CHROMIUM, headless: true, protocolTimeout: 30000, args: [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    // The apps live where their settings say, on whatever port the judge has.
    "--host-resolver-rules=" + [...new Set(clients.map((c) => `MAP ${new URL(c.origin).host} ${APP}`))].join(", "),
  ],
});

async function signIn(page, known) {
  await page.evaluate(() => void window.app.signIn());
  if (!known) {
    await page.waitForSelector("#password");
    await page.type("#username", "jane");
    await page.type("#password", "jane");
    await page.click("button[value=sign-in]");
    await page.waitForSelector("button[value=approve]");
    await page.click("button[value=approve]");
  }
}

// person waits until the app is at home again and returns whom it knows.
async function person(page, origin) {
  await page.waitForFunction((o) => location.origin === o && window.app, {}, origin);
  return page.evaluate(() => window.app.person());
}

async function judge({ name, app, origin, refreshes }) {
  const { version } = JSON.parse(readFileSync(`../node_modules/${name}/package.json`));
  console.log(`== ${name} ${version}`);
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  try {
    await page.goto(`${origin}/choose?app=${app ?? name}`);
    assert.ok(!(await person(page, origin)), "somebody is signed in before anybody was");
    await signIn(page);
    const jane = await person(page, origin);
    assert.equal(jane?.sub, "user-jane");
    assert.equal(jane.email, "jane@example.com");
    console.log("ok  signs in with PKCE; discovery, token request and UserInfo across origins");
    const buttons = await page.evaluate(() => Object.keys(window.app));
    if (buttons.includes("renew")) {
      assert.equal(await page.evaluate(() => window.app.renew()), true);
      console.log("ok  renews the access token " + (refreshes ? "with a refresh token" : "in a hidden frame (prompt=none)"));
    }
    if (buttons.includes("signOut")) {
      await page.evaluate(() => { window.app.leaving = true; window.app.signOut(); });
      await page.waitForFunction((o) => location.href === o + "/" && window.app && !window.app.leaving, {}, origin);
      assert.ok(!(await person(page, origin)), "somebody is still signed in");
      await page.evaluate(() => void window.app.signIn());
      await page.waitForSelector("#password");
      console.log("ok  signs out: comes back, and the provider asks for the password again");
    }
  } catch (error) {
    console.log(`failed at ${page.url()}: ${error.stack} ${JSON.stringify(error)}\nthe page said:\n${said.join("\n")}`);
    throw error;
  } finally {
    await context.close();
  }
}

try {
  for (const client of clients) if (!process.argv[2] || client.name === process.argv[2]) await judge(client);
} finally {
  await browser.close();
}
