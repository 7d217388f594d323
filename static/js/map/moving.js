// A touchpoint moves, comes or goes: seen at once, saved behind it, put back where the server refuses, and taken back
// by key, by the tool row or by the toast.

import { given, on, say, word } from "./page.js";
import { listOf, mark, nameOf, phaseOf, placeOf, put, lastOf, touchpoint } from "./places.js";
import { refresh } from "./following.js";
import { send } from "./sending.js";

const MOVED_BACK = 6_000;

/** Let a touchpoint follow `after` ("" for first) in `list`. It may stand there already, put there as a preview:
    `from` says where it stood before, for a move that changes nothing is not sent. */
export function move(card, list, after, from = placeOf(card)) {
  const { placement } = card.dataset;
  if (list === from.list && (after === from.after || after === placement)) return;
  const phase = phaseOf(list);
  const show = () => {
    const now = touchpoint(placement);
    if (!now) return;
    put(now, listOf(phase), after);
    mark(now, "saving");
  };
  show();
  send({
    address: card.querySelector(".touchpoint-grip").href,
    fields: () => ({ phase, after, version: touchpoint(placement)?.dataset.version ?? "" }),
    show,
    answered: (answer) => finish(placement, answer, () => move(touchpoint(placement), listOf(phase), after)),
  });
}

/** Let a touchpoint of the library stand behind `after` in `list`, as its last unless said otherwise. */
export function place(entry, list, after = lastOf(list)) {
  const phase = phaseOf(list);
  const shown = entry.cloneNode(true);
  shown.removeAttribute("id");
  const show = () => put(shown, listOf(phase), after);
  show();
  mark(shown, "saving");
  send({
    address: given.create,
    fields: () => ({ phase, after, touchpoint: entry.dataset.touchpoint }),
    show,
    answered: (answer) => {
      shown.remove();
      finish(answer.news?.placement, answer, () => place(entry, listOf(phase), after));
    },
  });
}

/** Take a touchpoint off this map. */
export function remove(card) {
  const { placement } = card.dataset;
  const show = () => {
    const now = touchpoint(placement);
    if (now) now.hidden = true;
  };
  const neighbour = card.nextElementSibling ?? card.previousElementSibling;
  show();
  neighbour?.querySelector(".touchpoint-name").focus();
  const { href } = card.querySelector(".touchpoint-grip");
  send({ address: new URL("../archive/", href).href, show, answered: (answer) => finish(placement, answer) });
}

// Said, or put back with the reason and an offer to try `again`.
async function finish(placement, { ok, news }, again) {
  if (!news) await refresh(); // refused without the map's present state: fetch it
  const card = placement && touchpoint(placement);
  if (card) {
    card.hidden = false;
    mark(card, "");
  }
  if (ok && news.saved) {
    say(news.say);
    return;
  }
  if (news) say(news.say, { now: true });
  if (card) flag(card);
  if (again && card) offerAgain(again);
}

function flag(card) {
  mark(card, "rejected", { forget: MOVED_BACK });
  const text = document.createElement("span");
  text.className = "touchpoint-flag";
  text.textContent = word("movedBack");
  card.append(text);
  setTimeout(() => text.remove(), MOVED_BACK);
}

function offerAgain(again) {
  const toast = document.querySelector("#toasts > [data-kind=error]:last-child");
  if (!toast || toast.querySelector("[data-again]")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.again = "";
  button.textContent = word("tryAgain");
  button.addEventListener("click", () => {
    toast.remove();
    again();
  });
  toast.querySelector("[data-toast-close]").before(button);
}

const travel = (address) => send({ address, answered: (answer) => finish(null, answer) });

/** What Ctrl with Z or Y does: take back, or do again; true when it did something. */
export function keyOfHistory({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (altKey || !(ctrlKey || metaKey)) return false;
  const wish = { z: shiftKey ? given.redo : given.undo, y: given.redo }[key.toLowerCase()];
  if (wish) travel(wish);
  return Boolean(wish);
}

const travels = (form) => [given.undo, given.redo].includes(form?.getAttribute("action"));

// Only the latest change can be taken back: an earlier toast must not offer it any more.
on("answered", ({ saved }) => {
  if (saved) for (const toast of document.querySelectorAll("[data-toast]")) if (travels(toast.querySelector("form"))) toast.remove();
});

// Before htmx, which listens on the form itself: every change of the map goes through one queue.
document.addEventListener(
  "submit",
  (event) => {
    if (!travels(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    event.target.closest("[data-toast]")?.remove();
    travel(event.target.getAttribute("action"));
  },
  true,
);
