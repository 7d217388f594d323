// Building a survey: questions are dragged, or moved by Alt and an arrow key; what is linked is copied; a colour says at
// once whether white words can be read on it. All of it works without this: by buttons, by marking, by saving.

const questions = () => document.getElementById("questions");
const list = () => document.querySelector("[data-questions]");

function say(text) {
  document.getElementById("announcements").textContent = text;
}

/** Let a question follow another, or lead; what comes back is the list as it stands. */
async function move(question, after) {
  const form = question.querySelector(".question-move");
  const said = new FormData(form);
  said.set("after", after);
  const response = await fetch(form.action, { method: "POST", body: said, headers: { "HX-Request": "true" } });
  if (!response.ok && response.status !== 409) return location.reload();
  await htmx.swap({ text: await response.text(), sourceElement: questions(), target: questions(), swap: "outerMorph" });
  return ready();
}

function ready() {
  const here = list();
  if (!here || !window.Sortable || Sortable.get(here)) return;
  here.dataset.ready = "";
  Sortable.create(here, {
    handle: ".question-grip",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
    onEnd: ({ item, oldIndex, newIndex }) => {
      if (oldIndex !== newIndex) move(item, item.previousElementSibling?.dataset.question ?? "");
    },
  });
}

document.addEventListener("keydown", (event) => {
  const step = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  const question = event.altKey && step && event.target.closest?.(".question");
  if (!question) return;
  event.preventDefault();
  question.querySelector(`[data-step="${step}"]`)?.click();
});

document.addEventListener("htmx:after:swap", () => {
  ready();
  const refusal = questions()?.dataset.refusal;
  if (refusal) say(refusal);
});
ready();

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
    say(button.dataset.copied);
    const label = button.querySelector("[data-label]");
    const before = label.textContent;
    label.textContent = button.dataset.copied;
    setTimeout(() => { label.textContent = before; }, 2_000);
  } catch {
    getSelection().selectAllChildren(document.getElementById(button.dataset.copies)); // to be copied by hand
  }
});

const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** How far white stands out from a colour, #rrggbb (WCAG 2.2): as feedback/brand.py reckons. */
function contrast(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => channel(parseInt(colour.slice(at, at + 2), 16) / 255));
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

document.querySelector("input[type=color]")?.addEventListener("input", ({ target }) => {
  const told = document.getElementById("contrast");
  const found = Math.floor(contrast(target.value) * 10) / 10;
  told.querySelector("strong").textContent = found.toFixed(1);
  const short = found < Number(told.dataset.least);
  told.querySelector("span").textContent = short ? told.dataset.short : told.dataset.enough;
  told.toggleAttribute("data-fails", short);
});
