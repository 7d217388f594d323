// Writing in a lane: double click, Enter or F2 on a cell opens it, Enter saves, Escape leaves it, going elsewhere saves.
// A cell that somebody else wrote in meanwhile keeps both texts: theirs is drawn, one's own stays in the field.

import { nameOf, on, root, say, standing, step, word } from "./page.js";
import { hold } from "./following.js";
import { send } from "./sending.js";

let writing = null; // {id, form} of the cell that is open

/** Send what one field of a touchpoint on this map is to say; `was` is what it said when it was opened. */
export function write(card, { field, was, text, show }, again = () => {}) {
  const { href } = card.querySelector(".touchpoint-grip");
  send({
    address: new URL("../cell/", href).href,
    fields: () => ({ field, was, text }),
    show,
    answered: ({ ok, news }) => {
      if (news) say(news.say, { now: !ok });
      if (!ok) again(news?.say ?? "");
    },
  });
}

const cardOf = (cell) => document.getElementById(cell.dataset.of);
const textOf = (cell) => cell.querySelector("[data-text]")?.dataset.text ?? "";

function open(cell, { text = textOf(cell), reason = "" } = {}) {
  if (cell.querySelector("textarea") || !cardOf(cell)?.querySelector(".touchpoint-grip")) return;
  const form = document.getElementById("cell-form").content.firstElementChild.cloneNode(true);
  const field = form.querySelector("textarea");
  const was = textOf(cell);
  field.value = text;
  field.setAttribute("aria-label", `${nameOf(cardOf(cell))}, ${cell.dataset.label ?? cell.parentElement.getAttribute("aria-label")}`);
  form.querySelector("[role=alert]").textContent = reason;
  cell.append(form);
  cell.dataset.state = "open";
  writing = { id: cell.id, form };
  field.focus();
  hold(true); // others' changes wait for the end of the sentence
  let isOpen = true; // closing takes the focus away, which would save
  const close = () => {
    isOpen = false;
    form.remove();
    delete document.getElementById(cell.id)?.dataset.state;
    if (writing?.form === form) writing = null;
  };
  const save = () => {
    if (!isOpen) return;
    const wanted = field.value.trim();
    close();
    if (wanted === was) return hold(false);
    cell.querySelector("[data-text]").textContent = wanted;
    const { id } = cell;
    write(cardOf(cell), { field: cell.dataset.field, was, text: wanted }, (why) => open(document.getElementById(id), { text: wanted, reason: why }));
    hold(false);
  };
  // A drawing that takes the field away is no going elsewhere: it comes back below.
  field.addEventListener("blur", () => setTimeout(() => form.isConnected && save()));
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close(), hold(false);
    else if (event.key === "Enter" && !event.shiftKey) save();
    else return;
    event.preventDefault();
    document.getElementById(cell.id)?.focus();
  });
}

const cellOf = ({ target }) => (target.matches?.("textarea") ? null : target.closest?.(".cell[data-field]"));

root.addEventListener("dblclick", (event) => cellOf(event) && open(cellOf(event)));
root.addEventListener("keydown", (event) => {
  const cell = cellOf(event);
  if (!cell || event.target !== cell || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" || event.key === "F2") open(cell);
  else if (step(event.key)) walk(cell, step(event.key));
  else return;
  event.preventDefault();
});

const laneOf = (cell) => cell.dataset.lane ?? cell.parentElement.dataset.lane;
const cells = () => [...root.querySelectorAll(".cell[data-field]")];

function walk(cell, by) {
  const lane = cells().filter((other) => laneOf(other) === laneOf(cell));
  lane[lane.indexOf(cell) + by]?.focus();
}

// One tab stop in each lane of a phase.
function rove() {
  const seen = new Set();
  for (const cell of cells()) {
    const lane = `${laneOf(cell)} ${cell.closest(".phase").id}`;
    cell.tabIndex = seen.has(lane) ? -1 : 0;
    seen.add(lane);
  }
}
on("drawn", () => {
  rove();
  const cell = writing && !writing.form.isConnected && document.getElementById(writing.id);
  if (!cell) return;
  cell.append(writing.form);
  cell.dataset.state = "open";
  writing.form.querySelector("textarea").focus({ preventScroll: true });
});
rove();

// Lanes are shown, hidden, put in order and added in place, and needs are linked beside the map: forms whose answers are
// drawn as those of every other change.
const dialog = document.getElementById("needs-dialog");

async function ask({ href }, cell) {
  const response = await fetch(href, { headers: { "HX-Request": "true" } });
  if (!response.ok) return location.assign(href);
  dialog.querySelector("h2").textContent = `${cell.parentElement.dataset.label}: ${nameOf(document.getElementById(cell.dataset.of))}`;
  await htmx.swap({ text: await response.text(), sourceElement: dialog, target: dialog.lastElementChild, swap: "innerHTML" });
  dialog.showModal();
}

root.addEventListener("click", (event) => {
  const link = event.target.closest(".cell-link");
  if (!link) return;
  event.preventDefault();
  ask(link, link.closest(".cell"));
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("#lanes form, #needs-dialog form");
  if (!form) return;
  event.preventDefault();
  const said = new FormData(form, event.submitter);
  dialog.close();
  send({
    address: event.submitter?.getAttribute("formaction") ?? form.action,
    fields: () => said,
    answered: ({ ok, news }) => {
      if (news) say(news.say, { now: !ok });
      if (ok && form.id === "lanes-add") form.reset();
    },
  });
});

dialog.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close]")) return;
  event.preventDefault();
  dialog.close();
});
