import { UserManager } from "oidc-client-ts";
import { issuer } from "./issuer.js";

const settings = {
  authority: issuer,
  client_id: "react-client",
  redirect_uri: "http://localhost:3000/callback",
  response_type: "code",
  scope: "openid profile email",
  loadUserInfo: true,
  post_logout_redirect_uri: "http://localhost:3000/",
};

const manager = new UserManager(settings);
if (location.pathname === "/callback") await manager.signinCallback(); // in the hidden frame of a renewal, too

window.app = {
  signIn: () => manager.signinRedirect(),
  person: async () => (await manager.getUser())?.profile,
  renew: async () => (await manager.getUser()).access_token !== (await manager.signinSilent()).access_token,
  signOut: () => manager.signoutRedirect(),
};
