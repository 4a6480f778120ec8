// An app as the documentation of keycloak-js writes one. What it is to do is in
// sessionStorage, because its address is compared by the provider as it is.
import Keycloak from "./keycloak.js";

const plan = JSON.parse(sessionStorage.getItem("plan"));
const keycloak = new Keycloak({ url: plan.url, realm: "demo", clientId: plan.clientId ?? "keycloak-app" });
window.keycloak = keycloak;
try {
  const init = { redirectUri: location.origin + "/", ...plan.init };
  if (plan.silent) init.silentCheckSsoRedirectUri = location.origin + "/silent.html";
  await keycloak.init(init);
  document.getElementById("state").textContent = keycloak.authenticated ? "in" : "out";
} catch (error) {
  document.getElementById("state").textContent = "failed: " + (error?.message ?? JSON.stringify(error));
}
