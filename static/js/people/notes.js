// What is said of a persona: notes are added by Enter, carried by mouse and touch, and moved by keys. What a drag does
// the menu of each note does without it; the server has the last word.

const words = document.getElementById("note-words").dataset;
const announce = document.getElementById("announcements");
const OFF = ["htmx:response:error", "htmx:error"];
let lifted = null; // {note, list, before}: where it lay when it was picked up

const listOf = (note) => note.closest(".note-list");
const nameOf = (list) => list.closest(".notes").querySelector(".notes-name").textContent.trim();
const placeOf = (note) => [...listOf(note).children].indexOf(note) + 1;
const group = (list) => [...document.querySelectorAll(`.note-list[data-group=${list.dataset.group}]`)];

function say(word, note) {
  const list = listOf(note);
  const told = { note: note.querySelector(".note-text")?.textContent, list: nameOf(list), place: placeOf(note), count: list.children.length };
  announce.textContent = words[word].replace(/\{(\w+)\}/g, (_all, key) => told[key]);
}

function putBack({ note, list, before }) {
  delete note.dataset.state;
  list.insertBefore(note, before?.parentElement === list ? before : null);
}

// The note's own form carries it to the server; until the answer is there it lies where it was dropped.
function send(from) {
  const { note } = from;
  const form = note.querySelector("[data-note-move]");
  form.elements.to.value = listOf(note).dataset.kind;
  form.elements.after.value = note.previousElementSibling?.dataset.note ?? "";
  note.dataset.state = "saving"; // until its list is drawn anew
  const hadFocus = note.contains(document.activeElement);
  const ended = new AbortController();
  const { signal } = ended;
  for (const name of OFF) form.addEventListener(name, () => (ended.abort(), putBack(from)), { signal });
  document.addEventListener("htmx:after:swap", () => (ended.abort(), hadFocus && document.getElementById(note.id)?.focus()), { signal });
  form.requestSubmit();
}

function makeDraggable(list) {
  if (Sortable.get(list)) return;
  let cancelled = false;
  const onEscape = (event) => {
    if (event.key !== "Escape") return;
    cancelled = true;
    document.dispatchEvent(new PointerEvent("pointerup")); // ends the carrying as letting go would
  };
  Sortable.create(list, {
    group: list.dataset.group,
    draggable: ".note",
    forceFallback: true,
    fallbackOnBody: true,
    fallbackTolerance: 4,
    delay: 250,
    delayOnTouchOnly: true,
    touchStartThreshold: 8,
    filter: "a, button, summary, input, textarea, select, form",
    preventOnFilter: false,
    ghostClass: "note-slot",
    onStart: () => {
      cancelled = false;
      document.addEventListener("keydown", onEscape, true);
    },
    onEnd({ item, from, oldDraggableIndex }) {
      document.removeEventListener("keydown", onEscape, true);
      const others = [...from.querySelectorAll(":scope > .note")].filter((note) => note !== item);
      const origin = { note: item, list: from, before: others[oldDraggableIndex] ?? null };
      if (cancelled) putBack(origin);
      else if (listOf(item) !== from || placeOf(item) !== oldDraggableIndex + 1) send(origin);
    },
  });
}

function lift(note) {
  lifted = { note, list: listOf(note), before: note.nextElementSibling };
  note.dataset.state = "lifted";
  say("lifted", note);
}

function drop(keep) {
  const from = lifted;
  lifted = null;
  delete from.note.dataset.state;
  const stayed = listOf(from.note) === from.list && from.note.nextElementSibling === from.before;
  if (!keep) putBack(from);
  say(keep ? "dropped" : "cancelled", from.note);
  from.note.focus();
  if (keep && !stayed) send(from);
}

const STEPS = {
  ArrowUp: (note) => note.previousElementSibling?.before(note),
  ArrowDown: (note) => note.nextElementSibling?.after(note),
  ArrowLeft: (note) => across(note, -1),
  ArrowRight: (note) => across(note, 1),
  Home: (note) => listOf(note).prepend(note),
  End: (note) => listOf(note).append(note),
};

function across(note, step) {
  const lists = group(listOf(note));
  lists[lists.indexOf(listOf(note)) + step]?.append(note);
}

const ACTS = {
  " ": lift,
  m: (note) => note.querySelector("summary").click(),
  F2: (note) => note.querySelector("[data-note-edit]").click(),
  ArrowUp: (note) => note.previousElementSibling?.focus(),
  ArrowDown: (note) => note.nextElementSibling?.focus(),
};

document.addEventListener("keydown", (event) => {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (!target.matches?.(".note[tabindex]") || ctrlKey || metaKey || altKey) return;
  if (lifted) {
    if (key in STEPS) {
      STEPS[key](lifted.note);
      lifted.note.focus();
      say("moved", lifted.note);
    } else if (key === "Enter" || key === " ") drop(true);
    else if (key === "Escape") drop(false);
    else return;
  } else if (key in ACTS) ACTS[key](target);
  else return;
  event.preventDefault();
});

document.addEventListener("focusout", ({ target }) => {
  if (lifted?.note === target) setTimeout(() => lifted?.note === target && document.activeElement !== target && drop(false));
});

// A field that was sent is empty again, for the next note. Many lines at once become as many notes.
document.addEventListener("htmx:after:request", ({ target, detail }) => {
  if (target.matches?.("[data-note-add]") && detail.ctx.response?.raw.ok) target.querySelector(".note-input").value = "";
});

document.addEventListener("paste", (event) => {
  const form = event.target.closest?.("[data-note-add]");
  const text = event.clipboardData?.getData("text") ?? "";
  if (!form || !/\S\s*\n\s*\S/.test(text)) return;
  event.preventDefault();
  const field = form.querySelector(".note-input");
  const lines = Object.assign(document.createElement("textarea"), { name: "text", hidden: true, value: text });
  field.disabled = true;
  form.append(lines);
  form.requestSubmit();
  lines.remove();
  field.disabled = false;
  field.focus();
});

// The first field of a form that came in place of what it edits
document.addEventListener("htmx:after:swap", () => {
  const field = document.querySelector(".fact-form:not([data-met]), .note-form:not([data-met])");
  if (!field) return;
  field.dataset.met = ""; // a summary of errors is read first: the frame sees to that
  if (!field.querySelector("[data-error-summary]")) field.querySelector("input:not([type=hidden]), textarea, select")?.focus();
});

const ready = () => document.querySelectorAll(".note-list").forEach(makeDraggable);
document.addEventListener("htmx:after:swap", ready);
ready();
