"""A web app as the documentation of Authlib writes one, and a service beside it. Prints where it listens."""

import logging
import os

import authlib
from authlib.integrations.flask_client import OAuth
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask, jsonify, redirect, session, url_for
from werkzeug.serving import make_server

ISSUER = os.environ["ISSUER"]
settings = {
    "client_id": "spring-client-app",
    "client_secret": "spring-client-secret",
    "server_metadata_url": ISSUER + "/.well-known/openid-configuration",
    "client_kwargs": {"scope": "openid profile email offline_access", "code_challenge_method": "S256"},
}

app = Flask(__name__)
app.secret_key = "a key for the cookie"
oauth = OAuth(app)
oauth.register("grantwalk", **settings)


@app.get("/login")
def login():
    return oauth.grantwalk.authorize_redirect(url_for("callback", _external=True))


@app.get("/callback")
def callback():
    token = oauth.grantwalk.authorize_access_token()  # checks state, the ID token, its nonce and at_hash
    session["token"] = {name: token[name] for name in ("access_token", "refresh_token")}
    return redirect("/me")


@app.get("/me")
def me():
    return oauth.grantwalk.userinfo(token={"access_token": session["token"]["access_token"], "token_type": "Bearer"})


@app.get("/renew")
def renew():
    metadata = oauth.grantwalk.load_server_metadata()
    client = OAuth2Session(settings["client_id"], settings["client_secret"])
    first = session["token"]
    second = client.refresh_token(metadata["token_endpoint"], refresh_token=first["refresh_token"])
    known = client.introspect_token(metadata["introspection_endpoint"], token=second["access_token"]).json()
    client.revoke_token(metadata["revocation_endpoint"], token=second["refresh_token"], token_type_hint="refresh_token")
    forgotten = client.introspect_token(metadata["introspection_endpoint"], token=second["access_token"]).json()
    return jsonify(
        other=first["access_token"] != second["access_token"] and first["refresh_token"] != second["refresh_token"],
        active=known["active"], after_revocation=forgotten["active"],
    )


@app.get("/service/<method>")
def service(method):
    metadata = oauth.grantwalk.load_server_metadata()
    client = OAuth2Session("my-service-client", "my-service-secret", scope="read:invoices", token_endpoint_auth_method=method)
    return jsonify(client.fetch_token(metadata["token_endpoint"], grant_type="client_credentials"))


logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = make_server("127.0.0.1", 0, app)
print("version", authlib.__version__)
print("listening", server.port, flush=True)
server.serve_forever()
