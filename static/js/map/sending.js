// Changes travel to the server one after the other. What the page shows meanwhile is laid over whatever the server
// answers, until its own answer is there. A change that meets no server waits and is tried again: none is dropped.

import { on, root, say, takeIn, tell, word } from "./page.js";

const WAITING = new Set([502, 503, 504]); // the house is there, but not able to answer now
const PATIENCE = 15_000;
const queue = [];
let attempts = 0;
let timer = 0;
let working = false;

/** Whether changes are still on their way. */
export const pending = () => queue.length > 0;

/** Send a change to `address`. `fields()` is asked when its turn comes, `show()` lays it over the page again after each
    drawing, `answered({ok, status, news, text})` hears how it ended; `news` is what the server says of the map, or null. */
export function send({ address, fields = () => ({}), show = () => {}, answered = () => {}, target = () => null }) {
  queue.push({ address, fields, show, answered, target });
  tell("sending");
  work();
}

async function work() {
  if (working || !queue.length) return;
  working = true;
  clearTimeout(timer);
  const [change] = queue;
  const answer = await post(change);
  working = false;
  if (!answer) {
    wait();
    return;
  }
  attempts = 0;
  document.getElementById("map-offline").hidden = true;
  queue.shift();
  await settle(change, answer);
  if (queue.length) work();
  else tell("sent", answer);
}

async function post({ address, fields }) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  try {
    const response = await fetch(address + location.search, { // what comes back is drawn as it is looked at
      method: "POST",
      body: new URLSearchParams(fields()),
      headers: { "HX-Request": "true", "X-CSRFToken": token },
      signal: AbortSignal.timeout(PATIENCE),
      keepalive: true, // whoever leaves the page at once has not lost it
    });
    if (WAITING.has(response.status)) return null;
    const { ok, status, headers } = response;
    const news = JSON.parse(headers.get("HX-Trigger") ?? "{}")["etappe:map"] ?? null;
    return { ok, status, news, redirect: headers.get("HX-Redirect"), text: await response.text() };
  } catch {
    return null; // no connection, or one that broke midway: whether it was saved, the next try will tell
  }
}

async function settle(change, answer) {
  const { news, status, text, redirect } = answer;
  if (redirect) location.assign(redirect);
  if (news) tell("answered", news);
  if (news || status === 422) await takeIn(text, status === 422 ? change.target() : null);
  else document.dispatchEvent(new CustomEvent("htmx:response:error", { detail: { ctx: { response: { status } } } }));
  await change.answered(answer);
}

function wait() {
  attempts += 1;
  const offline = document.getElementById("map-offline");
  const text = word("waiting", { count: queue.length });
  if (offline.hidden) say(text);
  offline.querySelector("[data-text]").textContent = text;
  offline.hidden = false;
  timer = setTimeout(work, Math.min(30_000, 1000 * 2 ** (attempts - 1)) * (0.75 + Math.random() / 2));
}

on("drawn", () => queue.forEach((change) => change.show()));
addEventListener("online", work);
document.getElementById("map-offline").addEventListener("click", ({ target }) => target.closest("button") && work());
addEventListener("beforeunload", (event) => pending() && event.preventDefault());

// "Saving…" is said only where it takes a while; afterwards, when it was saved.
const saved = root.querySelector("#saved");
let slow = 0;
on("sending", () => {
  clearTimeout(slow);
  slow = setTimeout(() => (saved.dataset.state = "saving"), 400);
});
on("sent", ({ ok }) => {
  clearTimeout(slow);
  delete saved.dataset.state;
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (ok) saved.querySelector("[data-text]").textContent = word("saved", { time });
});
