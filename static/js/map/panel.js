// The side panel: a click on a touchpoint opens its scorecard beside the map, C or a click on the number of its comments
// what is said about it, and an address that ends in #comment-… that comment. Without script all are pages of their own.

import { isPlain, mayEdit, on, root, singleKeys } from "./page.js";

const SECOND_CLICK = 220;
const panel = document.getElementById("panel");
let opener = null;
let turn = 0;

// Who may rename by a double click is given the time for the second one.
async function open(card, { address = `${card.querySelector(".touchpoint-name").pathname}panel/`, at = "panel-title", patience = 0 } = {}) {
  const mine = ++turn;
  const waited = new Promise((resolve) => setTimeout(resolve, patience));
  const [response] = await Promise.all([fetch(address, { headers: { "HX-Request": "true" } }), waited]);
  if (mine !== turn) return;
  if (!response.ok) return location.assign(address.replace("panel/", ""));
  await htmx.swap({ text: await response.text(), sourceElement: panel, target: panel, swap: "innerHTML" });
  opener = (card ?? root.querySelector(`.touchpoint[data-touchpoint="${subject()}"]`))?.id;
  panel.scrollTop = 0;
  const part = document.getElementById(at) ?? document.getElementById("panel-title");
  part.closest("details:not([open])")?.setAttribute("open", "");
  part.focus({ preventScroll: at === "panel-title" });
}

const subject = () => panel.querySelector("#talk")?.dataset.touchpoint;

/** Open what is said about a touchpoint. */
export const talk = (card) => open(card, { at: "talk-text" });

on("renaming", () => {
  turn += 1;
  panel.replaceChildren();
});

function close() {
  panel.replaceChildren();
  document.getElementById(opener)?.querySelector(".touchpoint-name").focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".phase :is(.touchpoint-name, .touchpoint-talk)");
  if (link && isPlain(event) && !event.defaultPrevented) {
    event.preventDefault();
    const card = link.closest(".touchpoint");
    if (link.matches(".touchpoint-talk")) talk(card);
    else if (event.detail < 2) open(card, { patience: mayEdit && event.detail ? SECOND_CLICK : 0 });
  } else if (event.target.closest("[data-close-panel]")) close();
});

root.addEventListener("keydown", (event) => {
  const { key, target, defaultPrevented, ctrlKey, metaKey, altKey } = event;
  if (key.toLowerCase() !== "c" || defaultPrevented || ctrlKey || metaKey || altKey || !singleKeys()) return;
  if (!target.matches(".touchpoint-name")) return;
  event.preventDefault();
  talk(target.closest(".touchpoint"));
});

panel.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  event.preventDefault();
  close();
});

// Numbers settle in the open panel, too.
document.body.addEventListener("etappe:news", ({ detail }) => {
  const form = panel.querySelector(".scorecard-period form");
  if (form && (detail.resync || String(detail.touchpoint) === subject()) && !panel.contains(document.activeElement?.closest("select, input"))) {
    htmx.trigger(form, "submit");
  }
});

// A link to a comment, as notices have it.
function comment() {
  const [, id] = location.hash.match(/^#comment-(\d+)$/) ?? [];
  if (id) open(null, { address: panel.dataset.comment.replace("/0/", `/${id}/`), at: `comment-${id}` });
}
addEventListener("hashchange", comment);
comment();
