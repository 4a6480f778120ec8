"""Reads the HAR files that are named with mitmproxy's own importer, and compares what it made of them with the files."""

import json
import sys

from mitmproxy import version
from mitmproxy.io import FlowReader


def judge(name):
    with open(name, encoding="utf-8") as file:
        entries = json.load(file)["log"]["entries"]
    with open(name, "rb") as file:
        flows = list(FlowReader(file).stream())
    if len(flows) != len(entries):
        yield f"{len(flows)} flows of {len(entries)} entries"
    for flow, entry in zip(flows, entries):
        asked, answer = entry["request"], entry["response"]
        for what, got, want in (
            ("method", flow.request.method, asked["method"]),
            ("url", flow.request.url, asked["url"]),
            ("body", flow.request.get_text(), asked.get("postData", {}).get("text", "")),
            ("form", list(flow.request.urlencoded_form.items(multi=True)), form(asked)),
            ("headers", sent(flow.request.headers.items(multi=True)), sent(pairs(asked["headers"]))),
            ("status", flow.response.status_code, answer["status"]),
            ("answer", flow.response.get_text(), answer["content"].get("text", "")),
            ("its headers", sent(flow.response.headers.items(multi=True)), sent(pairs(answer["headers"]))),
        ):
            if got != want:
                yield f"{entry['_step']}: {what} is {got!r}, want {want!r}"


def pairs(fields):
    return [(field["name"], field["value"]) for field in fields]


def sent(headers):
    """The headers but the length of the body, which mitmproxy counts by itself."""
    return [(name, value) for name, value in headers if name.lower() != "content-length"]


def form(asked):
    post = asked.get("postData", {})
    return pairs(post.get("params", []))


wrong = 0
for name in sys.argv[1:]:
    for fault in judge(name):
        wrong += 1
        print(f"{name}: {fault}")
print(f"mitmproxy {version.VERSION}: {len(sys.argv) - 1} files read, {wrong} faults")
sys.exit(1 if wrong else 0)
