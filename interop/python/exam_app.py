"""A web app with a login by Authlib, as an exam examines one: PORT is where it listens, ISSUER who signs people in."""

import os

from authlib.integrations.flask_client import OAuth
from flask import Flask, redirect, session, url_for
from werkzeug.serving import make_server

app = Flask(__name__)
app.secret_key = os.urandom(32)
oauth = OAuth(app)
oauth.register(
    "idp", client_id="web", client_secret="web-secret",
    server_metadata_url=os.environ["ISSUER"] + "/.well-known/openid-configuration",
    client_kwargs={"scope": "openid profile", "code_challenge_method": "S256"},
)


@app.get("/login")
def login():
    return oauth.idp.authorize_redirect(url_for("callback", _external=True))


@app.get("/callback")
def callback():
    token = oauth.idp.authorize_access_token()  # checks state, the ID token, its nonce and at_hash
    session["name"] = oauth.idp.userinfo(token=token)["name"]
    return redirect("/")


@app.get("/")
def home():
    return "Hello " + session["name"] if "name" in session else redirect("/login")


make_server("127.0.0.1", int(os.environ["PORT"]), app).serve_forever()
