"use strict";
const filters = document.getElementById("filters");
const box = document.getElementById("search");
const shown = document.getElementById("shown");
const groups = Array.from(document.querySelectorAll(".group"), (group) => ({
  group,
  findings: Array.from(group.querySelectorAll("ol.findings > li"), (item) => [
    item,
    (group.querySelector("h3").textContent + " " + item.textContent).toLowerCase(),
  ]),
}));
function filter() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = Array.from(filters.querySelectorAll("input:checked"), (input) => input.value);
  let count = 0;
  for (const { group, findings } of groups) {
    const wanted = chosen.includes(group.dataset.severity);
    let here = 0;
    for (const [item, text] of findings) {
      item.hidden = !wanted || !words.every((word) => text.includes(word));
      here += item.hidden ? 0 : 1;
    }
    group.hidden = here === 0;
    count += here;
  }
  shown.textContent = count.toLocaleString("en") + " shown";
}
filters.addEventListener("input", filter);
filters.addEventListener("submit", (event) => event.preventDefault());
filters.hidden = false;
filter();
