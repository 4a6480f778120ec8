import { OktaAuth } from "@okta/okta-auth-js";
import { issuer } from "./issuer.js";

const endpoints = issuer + "/protocol/openid-connect";
const settings = {
  issuer,
  clientId: "single-page-app",
  redirectUri: "http://localhost:5173/callback",
  postLogoutRedirectUri: "http://localhost:5173/",
  scopes: ["openid", "profile", "email", "offline_access"],
  authorizeUrl: endpoints + "/auth",
  tokenUrl: endpoints + "/token",
  userinfoUrl: endpoints + "/userinfo",
  revokeUrl: endpoints + "/revoke",
  logoutUrl: endpoints + "/logout",
};

const okta = new OktaAuth(settings);
if (okta.isLoginRedirect()) {
  const { tokens } = await okta.token.parseFromUrl();
  okta.tokenManager.setTokens(tokens);
}
await okta.start(); // forgets what a sign-out left behind

window.app = {
  signIn: () => okta.signInWithRedirect(),
  person: async () => (await okta.tokenManager.getTokens()).accessToken && okta.getUser(),
  renew: async () => (await okta.tokenManager.get("accessToken")).accessToken !== (await okta.tokenManager.renew("accessToken")).accessToken,
  // To revoke, it sends Basic credentials without a colon, which RFC 7617 section 2 does not know and the provider refuses.
  signOut: () => okta.signOut({ revokeAccessToken: false, revokeRefreshToken: false }),
};
