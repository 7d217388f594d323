// Imports: a file dropped on its field, files that are too large, and long lists of columns searched and ticked.
const field = document.querySelector('input[type="file"][data-limit]');

function refuseLarge() {
  const warning = document.querySelector("[data-too-large]");
  const large = [...field.files].some((file) => file.size > Number(field.dataset.limit));
  warning.hidden = !large;
  field.setCustomValidity(large ? warning.textContent.trim() : "");
  field.form.querySelector(".button-primary").disabled = large;
}

if (field) {
  const zone = field.closest("[data-dropzone]");
  field.addEventListener("change", refuseLarge);
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.dataset.over = "";
    });
  }
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => delete zone.dataset.over);
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    refuseLarge();
  });
}

// What is searched stays searched when the list comes back from the server.
const search = { text: "", mapped: false };
const rows = () => [...document.querySelectorAll(".columns tbody tr")];
const tick = (row) => row.querySelector('[name="columns"]');

function narrow() {
  let shown = 0;
  for (const row of rows()) {
    const fits = row.dataset.name.toLowerCase().includes(search.text) && (!search.mapped || "mapped" in row.dataset);
    row.hidden = !fits;
    shown += fits;
  }
  const none = document.querySelector("[data-no-columns]");
  if (none) none.hidden = shown > 0;
}

function count() {
  const line = document.querySelector("[data-ticked]");
  if (!line) return;
  line.dataset.none ??= line.textContent;
  const ticked = rows().filter((row) => tick(row).checked).length;
  if (ticked === 0) line.textContent = line.dataset.none;
  else line.textContent = ticked === 1 ? line.dataset.one : line.dataset.many.replace("{}", ticked);
}

function wake() {
  for (const part of document.querySelectorAll("[data-column-search], [data-column-mapped], [data-tick-all]")) {
    part.hidden = false;
  }
  narrow();
  count();
}

document.addEventListener("input", (event) => {
  if (event.target.closest("[data-column-search]")) {
    search.text = event.target.value.trim().toLowerCase();
    narrow();
  } else if (event.target.closest("[data-column-mapped]")) {
    search.mapped = event.target.checked;
    narrow();
  } else if (event.target.matches("[data-tick-all]")) {
    for (const row of rows()) if (!row.hidden) tick(row).checked = event.target.checked;
    count();
  } else if (event.target.name === "columns") count();
});
document.addEventListener("htmx:after:swap", wake);
wake();
