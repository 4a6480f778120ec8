"use strict";
// Puts what is asked into the list as it comes. It writes texts only, never HTML.
(() => {
  const at = document.getElementById("requests");
  const rows = document.getElementById("rows");
  const state = document.getElementById("state");
  const button = document.getElementById("pause");
  const none = document.getElementById("none");
  const most = Number(at.dataset.most);
  let paused = false;
  let waiting = [];

  const cell = (row, ...parts) => {
    const td = document.createElement("td");
    td.append(...parts);
    row.append(td);
  };
  const element = (name, text, of) => {
    const e = document.createElement(name);
    e.textContent = text;
    if (of) e.className = of;
    return e;
  };
  const english = (reason) => { // as the client got it
    const e = element("small", reason);
    e.lang = "en";
    return e;
  };
  const row = (r) => {
    const tr = document.createElement("tr");
    tr.className = r.bad ? "bad" : "well";
    cell(tr, r.time);
    cell(tr, element("b", r.status), ...(r.bad ? [" ", element("span", at.dataset.refused, "mark")] : []));
    cell(tr, element("code", r.method + " " + r.path));
    cell(tr, r.client || "");
    cell(tr, (r.rule || "") + (r.spec ? " (" + r.spec + ")" : ""), ...(r.reason ? [english(r.reason)] : []));
    return tr;
  };
  const show = () => {
    if (waiting.length > 0) none.hidden = true;
    for (const r of waiting) rows.prepend(row(r));
    while (rows.rows.length > most) rows.deleteRow(-1);
    waiting = [];
  };
  const say = () => { state.textContent = paused ? at.dataset.paused : at.dataset.live; };

  button.hidden = false;
  button.addEventListener("click", () => {
    paused = !paused;
    button.textContent = paused ? at.dataset.resume : at.dataset.pause;
    if (!paused) show();
    say();
  });

  const stream = new EventSource(at.dataset.stream + "?after=" + at.dataset.last);
  stream.addEventListener("open", say);
  stream.addEventListener("error", () => { state.textContent = at.dataset.lost; });
  stream.addEventListener("message", (event) => {
    waiting = [...waiting, ...JSON.parse(event.data)].slice(-most);
    if (!paused) show();
  });
})();
