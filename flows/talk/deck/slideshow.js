"use strict";
(() => {
  const main = document.querySelector("main");
  const all = [...document.querySelectorAll("section")];
  const veil = document.getElementById("veil");
  const tally = document.getElementById("tally");
  const clock = document.getElementById("clock");
  const state = all.map((s) => ({ view: "plain", hands: Array(Number(s.dataset.choices || 0)).fill(0) }));
  let at = 0, zoom = 0, cover = "", spot = false, typed = null, began = 0;

  const views = (i) => [...all[i].querySelectorAll(".view")];
  const has = (name) => views(at).some((v) => v.classList.contains(name));
  const asks = () => state[at].hands.length > 0;

  function show() {
    all.forEach((s, i) => {
      s.classList.toggle("now", i === at);
      views(i).forEach((v) => v.classList.toggle("on", v.classList.contains(state[i].view)));
    });
    views(at).forEach((v) => { v.firstElementChild.style.transform = zoom ? `scale(${1.25 ** zoom})` : ""; });
    veil.style.display = cover || spot ? "block" : "none";
    veil.style.background = cover || (spot ? veil.dataset.spot || "rgba(0,0,0,.7)" : "");
    tally.classList.toggle("on", typed !== null || (asks() && state[at].hands.some((n) => n > 0)));
    tally.textContent = typed !== null ? typed + "_" : main.dataset.hands + " " + state[at].hands.map((n, i) => `${i + 1}: ${n}`).join(" · ");
    location.replace("#" + (at + 1));
  }

  function move(to) {
    if (to < 0 || to >= all.length || to === at) return;
    began = began || Date.now();
    at = to; zoom = 0;
    if (!asks()) state[at].view = "plain";
  }

  function forward() {
    if (asks() && state[at].view === "plain") { state[at].view = "answered"; began = began || Date.now(); } else move(at + 1);
  }

  const turn = (name) => { if (has(name)) state[at].view = state[at].view === name ? "plain" : name; };
  const overview = (on) => { main.classList.toggle("all", on); all[at].scrollIntoView({ block: "nearest" }); };

  function leave() {
    if (cover) cover = "";
    else if (spot) spot = false;
    else if (main.classList.contains("all")) overview(false);
    else if (zoom) zoom = 0;
    else if (!asks()) state[at].view = "plain";
  }

  const keys = {
    ArrowRight: forward, " ": forward, PageDown: forward, ArrowDown: forward, Enter: forward,
    ArrowLeft: () => move(at - 1), PageUp: () => move(at - 1), ArrowUp: () => move(at - 1),
    Home: () => move(0), End: () => move(all.length - 1),
    b: () => { cover = cover === "#000" ? "" : "#000"; }, ".": () => keys.b(),
    w: () => { cover = cover === "#fff" ? "" : "#fff"; }, ",": () => keys.w(),
    o: () => overview(!main.classList.contains("all")),
    g: () => { typed = ""; },
    t: () => turn("opened"), c: () => turn("later"),
    "+": () => { zoom = Math.min(zoom + 1, 4); }, "=": () => keys["+"](), "-": () => { zoom = Math.max(zoom - 1, 0); },
    l: () => { spot = !spot; },
    n: () => document.body.classList.toggle("notes"),
    f: () => { document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(); },
    F5: () => { began = Date.now(); document.documentElement.requestFullscreen(); },
    Escape: leave,
    Backspace: () => { if (asks() && state[at].view === "plain") state[at].hands.fill(0); else move(at - 1); },
  };

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    if (typed !== null) {
      if (/^\d$/.test(key) && typed.length < 3) typed += key;
      else { if (key === "Enter") move(Number(typed) - 1); typed = null; }
    } else if (cover && !["b", "w", ".", ",", "Escape"].includes(key)) cover = "";
    else if (/^[1-9]$/.test(key) && asks() && state[at].view === "plain" && key <= state[at].hands.length) state[at].hands[key - 1]++;
    else if (key === "F5" && e.shiftKey) { at = 0; keys.F5(); } else if (keys[key]) {
      if (main.classList.contains("all") && key === "Enter") overview(false); else keys[key]();
    } else return;
    e.preventDefault();
    show();
  });
  document.addEventListener("mousemove", (e) => {
    if (!spot) return;
    veil.dataset.spot = `radial-gradient(circle at ${e.clientX}px ${e.clientY}px, transparent 11vh, rgba(0,0,0,.75) 12vh)`;
    veil.style.background = cover || veil.dataset.spot;
  });
  all.forEach((s, i) => s.addEventListener("click", () => { if (main.classList.contains("all")) { overview(false); move(i); show(); } }));
  setInterval(() => {
    const seconds = began ? Math.floor((Date.now() - began) / 1000) : 0;
    clock.textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  }, 500);
  at = Math.min(Math.max(Number(location.hash.slice(1)) || 1, 1), all.length) - 1;
  show();
})();
