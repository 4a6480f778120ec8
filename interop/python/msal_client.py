"""MSAL as a confidential client of a provider that is not Microsoft's, over TLS; REQUESTS_CA_BUNDLE names the CA.

Prints the address that the person has to visit, reads the address that the provider sent the browser to,
and then a line for each thing that works.
"""

import os
import sys
from urllib.parse import parse_qsl, urlsplit

import msal

settings = {
    "client_id": "spring-client-app",
    "client_credential": "spring-client-secret",
    "oidc_authority": os.environ["ISSUER"],
}


def check(what, result, *names):
    if any(name not in result for name in names):
        sys.exit(f"{what}: {result}")
    print("ok ", what, flush=True)


print("==", "msal", msal.__version__, flush=True)
client = msal.ConfidentialClientApplication(**settings)
flow = client.initiate_auth_code_flow(["email"], redirect_uri="http://127.0.0.1:8484/callback")
print("visit", flow["auth_uri"], flush=True)
answer = dict(parse_qsl(urlsplit(sys.stdin.readline().strip()).query))
tokens = client.acquire_token_by_auth_code_flow(flow, answer)
check("signs in with PKCE over TLS, the ID token checked", tokens, "access_token", "id_token_claims")
if tokens["id_token_claims"]["sub"] != "user-jane":
    sys.exit("the ID token is somebody else's")
account = client.get_accounts()[0]
check("finds the token in its cache", client.acquire_token_silent(["email"], account), "access_token")
check("renews it with the refresh token", client.acquire_token_silent(["email"], account, force_refresh=True), "access_token")

service = msal.ConfidentialClientApplication(**{**settings, "client_id": "my-service-client", "client_credential": "my-service-secret"})
check("gets a token for a service", service.acquire_token_for_client(["read:invoices"]), "access_token")
