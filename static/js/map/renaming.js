// A name is changed where it stands: Enter and leaving save it, Escape does not. What the server does not take stays in
// its field, beside the reason.

import { focusOn, given, mark, nameOf, on, root, say, tell, touchpoint, word } from "./page.js";
import { hold } from "./following.js";
import { send } from "./sending.js";

const template = document.getElementById("rename");
let open = null; // {thing, form, was}

// What can be named so: where it is found again once the map was drawn, where its name stands, and how it is sent.
const ofTouchpoint = (placement) => ({
  find: () => touchpoint(placement),
  name: (card) => card.querySelector(".touchpoint-name"),
  home: (card) => card.querySelector(".row-name") ?? card,
  back: (card) => focusOn(card),
  address: (card) => new URL("../rename/", card.querySelector(".touchpoint-grip").href).href,
  version: (card) => card.dataset.edition,
  field: "name",
  label: word("name"),
  most: 200,
});
const ofPhase = (id) => ({
  find: () => document.getElementById(id),
  name: (phase) => phase.querySelector("h2"),
  home: (phase) => phase.querySelector(".phase-head"),
  back: (phase) => phase.querySelector(".quick-add summary").focus({ preventScroll: true }),
  address: (phase) => new URL(`../phases/${phase.dataset.phase}/label/`, new URL(given.bulk, location)).href,
  version: (phase) => phase.dataset.version,
  field: "label",
  label: word("phaseName"),
  most: 80,
});

/** Let the name of a touchpoint be changed in place. */
export const rename = (card) => start(ofTouchpoint(card.dataset.placement));

/** Let the name of a phase be changed in place. */
export const renamePhase = (phase) => start(ofPhase(phase.id));

function start(thing, { text, why } = {}) {
  if (open) close();
  const there = thing.find();
  if (!there) return;
  tell("renaming");
  const form = template.content.firstElementChild.cloneNode(true);
  const was = thing.name(there).textContent;
  const { name: field } = form.elements;
  Object.assign(field, { value: text ?? was, maxLength: thing.most });
  field.setAttribute("aria-label", thing.label);
  open = { thing, form, was };
  thing.home(there).append(form);
  if (why) complain(why);
  else field.select();
  field.focus({ preventScroll: true });
  there.scrollIntoView({ block: "nearest", inline: "nearest" });
  hold(true);
  // Whatever happens in the field is not the map's: its arrows walk, its pointer drags.
  for (const name of ["pointerdown", "mousedown", "touchstart", "dblclick"]) form.addEventListener(name, (event) => event.stopPropagation());
  form.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key !== "Escape") return;
    close();
    thing.back(thing.find());
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (save()) thing.back(thing.find());
  });
  form.addEventListener("focusout", () => setTimeout(() => open?.form === form && form.isConnected && document.hasFocus() && !form.contains(document.activeElement) && save()));
}

function complain(why) {
  const { form } = open;
  const error = form.querySelector(".field-error");
  [error.hidden, error.textContent] = [false, why];
  const { name: field } = form.elements;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", error.id);
}

function close() {
  const { form } = open;
  open = null;
  form.remove();
  hold(false);
}

// Whether there is nothing more to be done in the field.
function save() {
  const { thing, form, was } = open;
  const text = form.elements.name.value.trim();
  const again = form.elements.name.hasAttribute("aria-invalid");
  if (!text && thing.field === "name") {
    complain(word("needsName"));
    return false;
  }
  close();
  if (text === was && !again) return true;
  const show = () => {
    const there = thing.find();
    if (there && text) thing.name(there).textContent = text;
    if (there?.matches(".touchpoint")) mark(there, "saving");
  };
  show();
  send({
    address: thing.address(thing.find()),
    fields: () => ({ [thing.field]: text, version: thing.version(thing.find()) }),
    show,
    answered: ({ ok, news }) => {
      const there = thing.find();
      if (there?.matches(".touchpoint")) mark(there, "");
      if (there && !ok && !news) thing.name(there).textContent = was;
      if (news) say(news.say, { now: !ok });
      if (news && !ok) start(thing, { text, why: news.why });
    },
  });
  return true;
}

// Where the server's drawing has taken the field away, it comes back as it was.
on("drawn", () => {
  const there = open?.thing.find();
  if (!there || open.form.isConnected) return;
  const caret = open.form.elements.name.selectionStart;
  open.thing.home(there).append(open.form);
  open.form.elements.name.focus({ preventScroll: true });
  open.form.elements.name.setSelectionRange(caret, caret);
});

root.addEventListener("dblclick", ({ target }) => {
  const title = target.closest(".phase-head h2");
  const card = target.closest(".phase .touchpoint:has(.touchpoint-grip)");
  if (title) renamePhase(title.closest(".phase"));
  else if (card && !target.closest(".touchpoint-grip, .cell")) rename(card);
});
