// What pages can do more where scripts run: switch the theme, sort, filter, copy. Without it everything can be read.
(function () {
  "use strict";
  var root = document.documentElement;

  function themeSwitch(button) {
    function isDark() {
      return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    }
    function show() { button.setAttribute("aria-pressed", String(isDark())); }
    button.hidden = false;
    show();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("muster-theme", root.dataset.theme); } catch (_) { /* it holds for this page */ }
      show();
    });
  }

  function key(row, column) {
    var cell = row.cells[column];
    return cell.dataset.sort === undefined ? cell.textContent.trim() : cell.dataset.sort;
  }

  function compare(one, other) {
    var a = Number(one), b = Number(other);
    if (one !== "" && other !== "" && !isNaN(a) && !isNaN(b)) return a - b;
    return one.localeCompare(other, "en");
  }

  function sortBy(table, column, header) {
    var down = header.getAttribute("aria-sort") !== "descending" && header.classList.contains("n") ||
      header.getAttribute("aria-sort") === "ascending";
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows);
    rows.sort(function (one, other) { return (down ? -1 : 1) * compare(key(one, column), key(other, column)); });
    rows.forEach(function (row) { body.appendChild(row); });
    table.querySelectorAll("thead th").forEach(function (each) { each.removeAttribute("aria-sort"); });
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
  }

  function sortable(table) {
    table.querySelectorAll("thead th").forEach(function (header, column) {
      var button = document.createElement("button");
      button.type = "button";
      while (header.firstChild) button.appendChild(header.firstChild);
      header.appendChild(button);
      button.addEventListener("click", function () { sortBy(table, column, header); });
    });
  }

  function filter(input) {
    var items = document.querySelectorAll(input.dataset.filter);
    var box = input.closest(".filter"), status = box.querySelector("[role=status]");
    var texts = Array.prototype.map.call(items, function (item) { return item.textContent.toLowerCase(); });
    box.hidden = false;
    input.addEventListener("input", function () {
      var wanted = input.value.trim().toLowerCase(), shown = 0;
      items.forEach(function (item, index) {
        item.hidden = !texts[index].includes(wanted);
        shown += item.hidden ? 0 : 1;
      });
      status.textContent = wanted ? shown + " of " + items.length : "";
    });
  }

  function copy(button) {
    var status = button.parentElement.querySelector("[role=status]");
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", function () {
      var text = document.getElementById(button.dataset.copy).textContent;
      navigator.clipboard.writeText(text).then(
        function () { status.textContent = "Copied."; },
        function () { status.textContent = "The browser did not allow it."; });
    });
  }

  // A link into a page whose target is filtered away or inside a closed part still has to arrive.
  function reveal() {
    var target = document.getElementById(location.hash.slice(1)) ||
      document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var part = target; part; part = part.parentElement) {
      if (part.hidden && part.tagName === "ARTICLE") part.hidden = false;
      if (part.tagName === "DETAILS") part.open = true;
    }
    if (target) target.scrollIntoView();
  }

  document.querySelectorAll("#theme").forEach(themeSwitch);
  document.querySelectorAll("table[data-sortable]").forEach(sortable);
  document.querySelectorAll("[data-filter]").forEach(filter);
  document.querySelectorAll("[data-copy]").forEach(copy);
  addEventListener("hashchange", reveal);
  if (location.hash.length > 1) reveal();
})();
