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
// Above what Django writes over each row there is nothing to read.
for (const cell of document.querySelectorAll("th.original:empty")) {
  const plain = document.createElement("td");
  plain.className = cell.className;
  cell.replaceWith(plain);
}
// After Select2, which waits for the same moment.
django.jQuery(nameAll);
django.jQuery(document).on("formset:added", nameAll);
