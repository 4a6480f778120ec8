import { createElement as e, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { AuthProvider, useAuth } from "react-oidc-context";
import { issuer } from "./issuer.js";

const settings = {
  authority: issuer,
  client_id: "react-client",
  redirect_uri: "http://localhost:3000/callback",
  post_logout_redirect_uri: "http://localhost:3000/",
  scope: "openid profile email",
  loadUserInfo: true,
  onSigninCallback: () => history.replaceState({}, "", "/"),
};

function Page() {
  const auth = useAuth();
  useEffect(() => {
    if (auth.isLoading) return;
    window.app = {
      signIn: () => auth.signinRedirect(),
      person: async () => auth.user?.profile,
      renew: async () => auth.user.access_token !== (await auth.signinSilent()).access_token,
      signOut: () => auth.signoutRedirect(),
    };
  }, [auth]);
  return e("p", null, auth.error ? auth.error.message : auth.isAuthenticated ? "in" : "out");
}

createRoot(document.getElementById("root")).render(e(AuthProvider, settings, e(Page)));
