import {
  AuthorizationNotifier, AuthorizationRequest, AuthorizationServiceConfiguration, BaseTokenRequestHandler, BasicQueryStringUtils,
  DefaultCrypto, FetchRequestor, LocalStorageBackend, RedirectRequestHandler, TokenRequest,
} from "@openid/appauth";
import { issuer } from "./issuer.js";

const settings = {
  client_id: "mobile-pkce-client",
  redirect_uri: "http://localhost:4200/callback",
  scope: "openid profile email",
  response_type: "code",
};

class Query extends BasicQueryStringUtils {
  parse(address) { return super.parse(address, false); } // the answer is in the query, not in the fragment
}

const configuration = await AuthorizationServiceConfiguration.fetchFromIssuer(issuer, new FetchRequestor());
const browser = new RedirectRequestHandler(new LocalStorageBackend(), new Query(), window.location, new DefaultCrypto());
const notifier = new AuthorizationNotifier();
browser.setAuthorizationNotifier(notifier);
let tokens;
notifier.setAuthorizationListener(async (request, response, error) => {
  if (!response) throw new Error(error?.error);
  tokens = new BaseTokenRequestHandler(new FetchRequestor()).performTokenRequest(configuration, new TokenRequest({
    client_id: settings.client_id, redirect_uri: settings.redirect_uri, grant_type: "authorization_code", code: response.code,
    extras: { code_verifier: request.internal.code_verifier },
  }));
});
await browser.completeAuthorizationRequestIfPossible();

window.app = {
  signIn: () => browser.performAuthorizationRequest(configuration, new AuthorizationRequest(settings)),
  person: async () => {
    if (!tokens) return undefined;
    const { accessToken } = await tokens;
    const answer = await fetch(configuration.userInfoEndpoint, { headers: { Authorization: `Bearer ${accessToken}` } });
    return answer.json();
  },
};
