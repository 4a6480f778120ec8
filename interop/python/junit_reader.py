"""A test suite that is not in Go asks the control server why its login failed. CONTROL and KEY are what serve printed."""

import json
import os
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from junitparser import JUnitXml


def told(path):
    return urlopen(Request(os.environ["CONTROL"] + path, headers={"Authorization": "Bearer " + os.environ["KEY"]})).read()


try:  # with a name that would end an element, and one that would be taken for a control sequence
    urlopen(os.environ["ISSUER"] + "/protocol/openid-connect/auth?response_type=code&client_id=%3C/x%3E%1B%5B31m")
except HTTPError as refused:
    assert refused.code == 400, refused

(suite,) = JUnitXml.fromstring(told("/report.xml?stack=python"))
assert suite.tests == 1 and suite.failures == 1, suite.tostring()
(case,) = suite
(failure,) = case.result
assert failure.type == "client-unknown" and "What to change" in failure.text, suite.tostring()
assert all(ord(c) >= 32 or c == "\n" for c in failure.text), repr(failure.text)

(login,) = json.loads(told("/logins?stack=python"))["logins"]
assert login["causes"][0]["id"] == failure.type and login["causes"][0]["cure_in_stack"], login
print(failure.type, "-", failure.message)
