// What others change comes by itself: the page hears that there is news, and fetches the map by an ordinary GET.
// It waits while its own changes travel, while something is carried, and while somebody types. More changes than a person
// can follow wait until they ask for them.

import { focusOn, mark, on, phaseOf, root, say, takeIn, tell, touchpoints, word } from "./page.js";
import { pending } from "./sending.js";

const TYPING = 1_500;
const MANY = 5;
const bar = document.getElementById("map-news");
let wanted = false;
let fetching = false;
let etag = "";
let typed = 0;
let held = false;
let newest = 0; // the latest revision that an answer has told of

const shows = ({ journey, revision, touchpoint, thread, subject, resync }) =>
  resync ||
  thread || subject || // whose it is the server knows; where nothing of it stands here, it answers 304
  (String(journey) === root.dataset.journey && revision > Number(root.dataset.revision)) ||
  (touchpoint && root.querySelector(`.touchpoint[data-touchpoint="${touchpoint}"]`)) ||
  root.matches(`[data-below~="${touchpoint ? `touchpoint-${touchpoint}` : revision && `journey-${journey}`}"]`);

/** Hold news back while something is carried; let them in afterwards. */
export function hold(on) {
  held = on;
  tell("held", { begins: on });
  if (!held) follow();
}

/** Fetch the map as it is now, looked at as the address says, and draw what differs; unasked only where that is little. */
export async function refresh({ asked = true } = {}) {
  const address = location.pathname + location.search;
  const response = await fetch(address, { headers: { "HX-Request": "true", ...(etag && { "If-None-Match": etag }) } });
  if (response.status === 304) return;
  if (response.status === 404 || response.redirected) location.reload(); // no longer ours to see
  if (!response.ok) return;
  const text = await response.text();
  if (held || Number(text.match(/data-revision="(\d+)"/)[1]) < Math.max(newest, Number(root.dataset.revision))) {
    wanted = true; // picked up, or overtaken by an answer, while it was on its way
    return;
  }
  if (address !== location.pathname + location.search) return; // looked at otherwise meanwhile
  const before = seen(root);
  const many = asked ? 0 : differing(before, seen(new DOMParser().parseFromString(text, "text/html")));
  if (many > MANY) return announce(many);
  bar.hidden = true;
  etag = response.headers.get("ETag") ?? "";
  await takeIn(text, root);
  const changed = touchpoints().filter((card) => before.get(card.id) !== look(card) && !card.dataset.state);
  for (const card of changed) mark(card, "changed", { forget: 3_000 });
  return changed;
}

const look = (card) => [phaseOf(card.parentElement), card.dataset.version, card.textContent].join();
const seen = (map) => new Map([...map.querySelectorAll(".phase .touchpoint")].map((card) => [card.id, look(card)]));
const differing = (before, after) => [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id)).length;

function announce(many) {
  const text = word("news", { count: many });
  if (bar.hidden) say(text);
  bar.querySelector("[data-text]").textContent = text;
  bar.hidden = false;
}

bar.addEventListener("click", async ({ target }) => {
  if (!target.closest("button")) return;
  const [first] = (await refresh()) ?? [];
  if (first) focusOn(first); // they asked to be shown
});

async function follow() {
  if (!wanted || held || fetching || pending()) return;
  const pause = typed + TYPING - Date.now();
  if (pause > 0) {
    setTimeout(follow, pause);
    return;
  }
  wanted = false;
  fetching = true;
  let patience = 0;
  try {
    await refresh({ asked: false });
  } catch {
    wanted = true; // no connection: the stream or the poll will ring again
    patience = 5_000;
  }
  fetching = false;
  if (wanted && navigator.onLine) setTimeout(follow, patience);
}

document.body.addEventListener("etappe:news", ({ detail }) => {
  wanted ||= Boolean(shows(detail));
  follow();
});
document.addEventListener("input", () => (typed = Date.now()));
// Own changes are on the page already, unless others changed something in between.
on("answered", ({ revision }) => {
  newest = Math.max(newest, revision);
  const known = Number(root.dataset.revision);
  if (revision > known + 1) wanted = true;
  else root.dataset.revision = Math.max(known, revision);
});
on("sent", follow);
