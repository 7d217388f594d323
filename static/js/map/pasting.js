// Several lines pasted into quick add: shown as they will be taken, then added as one step.

import { given, root, say } from "./page.js";
import { send } from "./sending.js";

const dialog = document.getElementById("paste-dialog");

async function preview(fields) {
  const body = new URLSearchParams(fields);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const response = await fetch(given.paste, { method: "POST", body, headers: { "HX-Request": "true", "X-CSRFToken": token } });
  if (![200, 422].includes(response.status)) return;
  await htmx.swap({ text: await response.text(), sourceElement: dialog, target: dialog.querySelector("#paste"), swap: "outerMorph" });
  if (!dialog.open) dialog.showModal();
  (dialog.querySelector("[name=add]") ?? dialog.querySelector("textarea")).focus();
}

/** Show how these lines will be taken: `place` says where, as phase and after. */
export const paste = (text, place) => preview({ ...place, text });

dialog.addEventListener("submit", (event) => {
  event.preventDefault();
  const fields = new FormData(event.target, event.submitter);
  if (event.submitter?.name !== "add") {
    preview(fields);
    return;
  }
  dialog.close();
  send({
    address: given.paste,
    fields: () => fields,
    target: () => dialog.querySelector("#paste"),
    answered: ({ ok, news }) => {
      if (news) say(news.say, { now: !ok });
      if (!ok) dialog.showModal();
    },
  });
});

root.addEventListener("paste", (event) => {
  const { target: field, clipboardData } = event;
  const text = clipboardData.getData("text");
  if (!field.matches(".quick-add [name=text]") || !/\S\s*\n\s*\S/.test(text)) return;
  event.preventDefault();
  field.dispatchEvent(new CustomEvent("map:lines", { bubbles: true, detail: field.value + text }));
});
