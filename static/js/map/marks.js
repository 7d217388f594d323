// While a line is typed into quick add: what its @ and # will be taken for is shown, and names are suggested.

import { given, on, root } from "./page.js";

const MOST = 6;
const FIELD = ".quick-add [name=text]";
const chips = document.createElement("span");
const list = document.createElement("div");
chips.className = "quick-add-chips";
Object.assign(list, { id: "quick-add-names", className: "quick-add-names", role: "listbox", ariaLabel: given.suggestions });
let marks = null; // {"@": [[name, icon], …], "#": […]}

const active = () => list.querySelector("[aria-selected=true]");
const small = (text) => text.toLocaleLowerCase();

async function load() {
  marks ??= await fetch(given.marks).then((response) => (response.ok ? response.json() : null)).catch(() => null);
}

// The one that is called so, or the only one whose name begins so: as the server takes it.
function meant(mark, word) {
  const exact = marks[mark].filter(([name]) => small(name) === small(word));
  const begun = marks[mark].filter(([name]) => small(name).startsWith(small(word)));
  return [exact, begun].find((found) => found.length === 1)?.[0];
}

const symbol = (icon) => `<svg class="icon" aria-hidden="true"><use href="#icon-${icon}"></use></svg>`;

function chip(mark, word) {
  const found = word && meant(mark, word);
  if (!found) return null;
  const tag = document.createElement("span");
  tag.className = "tag";
  if (document.getElementById(`icon-${found[1]}`)) tag.innerHTML = symbol(found[1]);
  tag.append(found[0]);
  return tag;
}

function show(field) {
  const said = [...field.value.matchAll(/(?<=^|\s)([@#])([^@#*]*)/g)];
  chips.replaceChildren(...said.map(([, mark, word]) => chip(mark, word.trim())).filter(Boolean));
  field.form.querySelector("p:last-of-type").prepend(chips);
  suggest(field);
}

function suggest(field) {
  const [, mark, word] = field.value.slice(0, field.selectionStart).match(/(?:^|\s)([@#])([^@#*]*)$/) ?? [];
  const known = mark ? marks[mark].filter(([name]) => small(name).includes(small(word)) && small(name) !== small(word.trim())) : [];
  known.sort(([one], [other]) => small(other).startsWith(small(word)) - small(one).startsWith(small(word)));
  list.replaceChildren(
    ...known.slice(0, MOST).map(([name], index) => {
      const option = document.createElement("div");
      Object.assign(option, { id: `${list.id}-${index}`, role: "option", textContent: name, ariaSelected: "false" });
      return option;
    }),
  );
  list.hidden = !known.length;
  if (known.length) field.after(list);
  Object.assign(field, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: String(!list.hidden) });
  field.setAttribute("aria-controls", list.id);
  choose(field, null);
}

function choose(field, option) {
  for (const one of list.children) one.ariaSelected = String(one === option);
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

function take(field, option) {
  const caret = field.selectionStart;
  const before = field.value.slice(0, caret).replace(/([@#])[^@#*]*$/, `$1${option.textContent} `);
  field.value = before + field.value.slice(caret);
  field.setSelectionRange(before.length, before.length);
  show(field);
}

function close(field) {
  list.hidden = true;
  field.ariaExpanded = "false";
  choose(field, null);
}

root.addEventListener("focusin", ({ target }) => target.matches(FIELD) && load());
root.addEventListener("input", async ({ target }) => {
  if (!target.matches(FIELD)) return;
  await load();
  if (marks && target.isConnected) show(target);
});
root.addEventListener("focusout", ({ target }) => target.matches(FIELD) && close(target));
root.addEventListener("submit", () => (chips.replaceChildren(), (list.hidden = true)));

// Before the line's own keys: Enter takes the name that is chosen, Escape puts the names away.
root.addEventListener(
  "keydown",
  (event) => {
    const { target: field, key } = event;
    if (!field.matches(FIELD) || list.hidden) return;
    const all = [...list.children];
    const by = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (by) {
      const here = all.indexOf(active());
      choose(field, all.at(here < 0 ? (by > 0 ? 0 : -1) : (here + by) % all.length));
    } else if (key === "Escape") close(field);
    else if ((key === "Enter" || key === "Tab") && active()) take(field, active());
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
list.addEventListener("pointerdown", (event) => {
  event.preventDefault(); // the field keeps the focus
  const option = event.target.closest("[role=option]");
  if (option) take(list.previousElementSibling, option);
});
on("drawn", () => (list.hidden = true));
