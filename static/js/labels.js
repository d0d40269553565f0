// What the admin's own scripts and templates leave without a name. Select2 makes inputs without
// one, and lists with a button in them, which is left out where each choice has one of its own.

const name = (element, label) => {
  label.id ||= `${label.htmlFor}_label`;
  const own = element.getAttribute("aria-labelledby") ?? "";
  if (!own.includes(label.id)) element.setAttribute("aria-labelledby", `${label.id} ${own}`.trim());
};

const nameAll = () => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = select.labels[0];
    const parts = select.nextElementSibling?.querySelectorAll(
      ".select2-search__field, .select2-selection--single, .select2-selection__rendered[role]",
    );
    if (label && parts) for (const part of parts) name(part, label);
  }
};

for (const select of document.querySelectorAll("select[multiple].admin-autocomplete")) {
  select.dataset.allowClear = "false";
}
// Rows have their names in a column of their own, and boxes that delete them.
for (const cell of document.querySelectorAll("th.original:empty")) {
  const head = document.createElement("span");
  head.className = "visually-hidden";
  head.textContent = "Eintrag";
  cell.append(head);
}
for (const row of document.querySelectorAll(".tabular tr.has_original")) {
  const record = row.querySelector("td.original p")?.textContent.trim() ?? "";
  row.querySelector("td.delete input")?.setAttribute("aria-label", `Löschen: ${record}`);
}
// After Select2, which waits for the same moment.
django.jQuery(nameAll);
django.jQuery(document).on("formset:added", nameAll);
