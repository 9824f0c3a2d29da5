// Lists that can be asked for a part of them. What was asked stands in the address, so that it can be sent to somebody.
(function () {
  "use strict";

  function facets(form) {
    var items = Array.prototype.slice.call(document.querySelectorAll(form.dataset.facets));
    var groups = Array.prototype.slice.call(document.querySelectorAll(form.dataset.groups));
    var fields = Array.prototype.filter.call(form.elements, function (field) { return field.name; });
    var status = form.querySelector("[role=status]");
    var texts = null;

    function asked() {
      var wanted = {};
      fields.forEach(function (field) { if (field.value.trim()) wanted[field.name] = field.value.trim(); });
      return wanted;
    }

    function fits(item, index, wanted) {
      return Object.keys(wanted).every(function (name) {
        if (name === "text") return texts[index].includes(wanted.text.toLowerCase());
        var told = item.closest("[data-" + name + "]");
        return told !== null && (" " + told.dataset[name] + " ").includes(" " + wanted[name] + " ");
      });
    }

    function show() {
      var wanted = asked(), is_asked = Object.keys(wanted).length > 0, shown = 0;
      if (wanted.text && !texts) texts = items.map(function (item) { return item.textContent.toLowerCase(); });
      items.forEach(function (item, index) {
        item.hidden = !fits(item, index, wanted);
        shown += item.hidden ? 0 : 1;
      });
      groups.forEach(function (group) {
        var first = group.querySelector(form.dataset.facets);
        group.hidden = is_asked && first !== null && !items.some(function (item) { return !item.hidden && group.contains(item); });
        if (group.tagName === "DETAILS") group.open = is_asked ? !group.hidden : group.dataset.open === "true";
      });
      status.textContent = is_asked ? shown.toLocaleString("en") + " of " + items.length.toLocaleString("en") + " shown" : "";
    }

    function tell() {
      var state = new URLSearchParams(asked()).toString();
      try { history.replaceState(null, "", state ? "#" + state : location.pathname + location.search); }
      catch (_) { location.replace("#" + state); }
    }

    function read() {
      var state = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
      fields.forEach(function (field) { field.value = state.get(field.name) || ""; });
      show();
    }

    groups.forEach(function (group) { if (group.tagName === "DETAILS") group.dataset.open = String(group.open); });
    form.hidden = false;
    form.addEventListener("input", function () { show(); tell(); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(function () { show(); tell(); }); });
    addEventListener("hashchange", read);
    if (location.hash.includes("=")) read();
  }

  document.querySelectorAll("[data-facets]").forEach(facets);
})();
