import "@angular/compiler"; // nothing here was compiled beforehand
import { provideHttpClient } from "@angular/common/http";
import { createApplication } from "@angular/platform-browser";
import { OAuthService, provideOAuthClient } from "angular-oauth2-oidc";
import { issuer } from "./issuer.js";

const settings = {
  issuer,
  redirectUri: window.location.origin + "/callback",
  clientId: "angular-client",
  responseType: "code",
  scope: "openid profile email",
  disablePKCE: false,
  showDebugInformation: true,
  silentRefreshRedirectUri: window.location.origin + "/callback",
  useSilentRefresh: true,
  postLogoutRedirectUri: window.location.origin + "/",
};

if (window.parent !== window) {
  window.parent.postMessage("#" + location.search, location.origin); // the hidden frame of a renewal
} else {
  const application = await createApplication({ providers: [provideHttpClient(), provideOAuthClient()] });
  const oauth = application.injector.get(OAuthService);
  oauth.configure(settings);
  await oauth.loadDiscoveryDocumentAndTryLogin();
  window.app = {
    signIn: () => oauth.initCodeFlow(),
    person: async () => oauth.hasValidIdToken() && (await oauth.loadUserProfile()).info,
    renew: async () => {
      const before = oauth.getAccessToken();
      await oauth.silentRefresh();
      return oauth.getAccessToken() !== before;
    },
    signOut: () => oauth.logOut(),
  };
}
