what differs from happy.sh
- state=af0ifjsldkj # secret
- code=SplxlOBeZQQYbYS6WxSbIA # secret
- code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk # secret
+ state=$(random) # secret
+ code=${CODE:?say it with CODE=… in front of sh} # secret
+ code_verifier=$(random) # secret
