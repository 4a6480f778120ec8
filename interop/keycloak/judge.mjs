// Drives Keycloak's JavaScript adapter in a real browser through all that it
// does with a provider. Prints a line for each thing that works; ends with 1 at
// the first that does not.
import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";

const { PROVIDER, APP, CHROMIUM } = process.env;
const browser = await puppeteer.launch({ executablePath: CHROMIUM, headless: true, protocolTimeout: 30000, args: [
  "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });

// visit opens the app with a plan in a browser of its own, or in the one given.
async function visit(plan, context) {
  context ??= await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  await page.goto(APP + "/silent.html");
  await page.evaluate((p) => sessionStorage.setItem("plan", JSON.stringify(p)), { url: PROVIDER, ...plan });
  await page.goto(APP + "/");
  return { page, context };
}

// state waits until the adapter is ready and returns what the app shows.
async function state(page) {
  await page.waitForFunction(() => document.title === "An app made for Keycloak" && document.getElementById("state").textContent !== "starting");
  return page.$eval("#state", (e) => e.textContent);
}

async function signIn(page) {
  await page.waitForSelector("#password");
  await page.type("#username", "erin");
  await page.type("#password", "erin");
  await page.click("button[value=sign-in]");
  await page.waitForSelector("button[value=approve]");
  await page.click("button[value=approve]");
}

async function signedIn(plan) {
  const { page, context } = await visit({ init: { onLoad: "login-required" }, ...plan });
  await signIn(page);
  assert.equal(await state(page), "in");
  return { page, context };
}

const done = (what) => console.log("ok  " + what);

// A browser in which nobody is signed in.
for (const [what, plan] of Object.entries({
  "check-sso, nobody is there": { init: { onLoad: "check-sso" } },
  "check-sso with a silent page, nobody is there": { init: { onLoad: "check-sso" }, silent: true },
  "no frame that watches, nobody is there": { init: { onLoad: "check-sso", checkLoginIframe: false } },
})) {
  const { page, context } = await visit(plan);
  assert.equal(await state(page), "out");
  await context.close();
  done(what);
}

{
  const { page, context } = await signedIn({});
  done("login-required, with PKCE, and the answer in the fragment");
  const seen = await page.evaluate(async () => {
    const k = window.keycloak;
    const first = k.token;
    return {
      subject: k.subject, roles: k.realmAccess?.roles, editor: k.hasRealmRole("editor"), admin: k.hasRealmRole("admin"),
      nonce: typeof k.idTokenParsed.nonce, refreshEnds: k.refreshTokenParsed.exp > Date.now() / 1000,
      info: await k.loadUserInfo(), renewed: await k.updateToken(-1), other: k.token !== first, address: location.href,
    };
  });
  assert.equal(seen.subject, "user-erin");
  assert.deepEqual(seen.roles, ["user", "editor"]);
  assert.equal(seen.editor, true);
  assert.equal(seen.admin, false);
  assert.equal(seen.nonce, "string");
  assert.equal(seen.info.sub, "user-erin");
  assert.equal(seen.address, APP + "/");
  done("roles, claims, UserInfo");
  assert.equal(seen.renewed && seen.other && seen.refreshEnds, true);
  done("updateToken renews");
  for (const [what, plan] of Object.entries({
    "check-sso finds the session": { init: { onLoad: "check-sso" } },
    "check-sso with a silent page finds the session": { init: { onLoad: "check-sso" }, silent: true },
    "login-required does not ask again": { init: { onLoad: "login-required", responseMode: "query" } },
  })) {
    const next = await visit(plan, context);
    assert.equal(await state(next.page), "in");
    await next.page.close();
    done(what);
  }
  await page.evaluate(() => sessionStorage.setItem("plan", JSON.stringify({ ...JSON.parse(sessionStorage.getItem("plan")), init: { onLoad: "check-sso" } })));
  await Promise.all([page.waitForNavigation(), page.evaluate(() => void window.keycloak.logout({ redirectUri: location.origin + "/" }))]);
  assert.equal(await state(page), "out");
  assert.equal(page.url(), APP + "/");
  done("logout comes back and ends the session");
  await context.close();
}

{
  const { page, context } = await signedIn({ init: { onLoad: "login-required", logoutMethod: "POST" } });
  await page.evaluate(() => sessionStorage.setItem("plan", JSON.stringify({ ...JSON.parse(sessionStorage.getItem("plan")), init: { onLoad: "check-sso" } })));
  await Promise.all([page.waitForNavigation(), page.evaluate(() => void window.keycloak.logout({ redirectUri: location.origin + "/" }))]);
  assert.equal(await state(page), "out");
  await context.close();
  done("logout by POST");
}

for (const [what, plan] of Object.entries({
  "the answer in the query": { init: { onLoad: "login-required", responseMode: "query" } },
  "the /auth prefix of old versions": { url: PROVIDER + "/auth" },
  "the implicit flow, for a client that is registered for it": { clientId: "keycloak-legacy", init: { onLoad: "login-required", flow: "implicit" } },
  "the hybrid flow, likewise": { clientId: "keycloak-legacy", init: { onLoad: "login-required", flow: "hybrid" } },
})) {
  const { context } = await signedIn(plan);
  await context.close();
  done(what);
}

await browser.close();
