// Charts to point at and to zoom into. Vega, which draws them, is loaded when somebody asks for the first one.
(function () {
  "use strict";
  var charts = window.musterCharts = {};
  var loaded = {};

  function load(address) {
    loaded[address] = loaded[address] || new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.appendChild(script);
    });
    return loaded[address];
  }

  // The colours of the page's theme, where the chart names those of a file.
  function themed(chart) {
    var style = getComputedStyle(document.documentElement), text = JSON.stringify(chart.specification);
    Object.keys(chart.colours).forEach(function (colour) {
      text = text.split('"' + colour + '"').join(JSON.stringify(style.getPropertyValue(chart.colours[colour]).trim()));
    });
    return JSON.parse(text);
  }

  function tooltip(box) {
    return function (_, event, item, value) {
      if (value !== null && item && item.isVoronoi) value = item.datum.tooltip;  // that of the mark next to the pointer
      box.textContent = "";
      box.hidden = value === null || value === undefined || value === "";
      if (box.hidden) return;
      var lines = typeof value === "object" ? Object.keys(value).map(function (name) { return name + ": " + value[name]; }) : [String(value)];
      lines.forEach(function (line) {
        var part = document.createElement("div");
        part.textContent = line;
        box.appendChild(part);
      });
      box.style.left = Math.max(0, Math.min(event.clientX + 14, document.documentElement.clientWidth - box.offsetWidth - 8)) + "px";
      box.style.top = event.clientY + 14 + "px";
    };
  }

  function draw(place, name) {
    var box = document.createElement("div"), plot = document.createElement("div");
    box.className = "tip";
    box.hidden = true;
    place.textContent = "";
    place.append(plot, box);
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", charts[name].title);
    var view = new vega.View(vega.parse(themed(charts[name]), null, { ast: true }), {
      renderer: "svg", container: plot, hover: true, expr: vega.expressionInterpreter,
      tooltip: tooltip(box), loader: { load: function () { return Promise.reject(new Error("nothing is loaded")); } },
      logLevel: vega.None
    });
    return view.runAsync();
  }

  // What is seen now, at twice its size, with title and notes.
  function save(view, name) {
    return view.toCanvas(2).then(function (canvas) {
      canvas.toBlob(function (pixels) {
        var link = document.createElement("a");
        link.href = URL.createObjectURL(pixels);
        link.download = name + ".png";
        link.click();
        setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
      });
    });
  }

  function explore(button) {
    var place = document.getElementById(button.getAttribute("aria-controls"));
    var status = button.parentElement.querySelector("[role=status]");
    var saver = button.parentElement.querySelector("[data-save]"), shown = null;
    saver.addEventListener("click", function () { save(shown, button.dataset.name); });
    button.hidden = false;
    button.addEventListener("click", function () {
      var is_open = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!is_open));
      place.hidden = is_open;
      saver.hidden = true;
      if (is_open) { status.textContent = ""; return; }
      status.textContent = "Loading…";
      load(button.dataset.engine).then(function () { return load(button.dataset.explore); })
        .then(function () { return draw(place, button.dataset.name); })
        .then(function (view) { shown = view; saver.hidden = false; status.textContent = button.dataset.hint; })
        .catch(function () { status.textContent = "It could not be drawn here; the picture and the table say the same."; });
    });
  }

  document.querySelectorAll("[data-explore]").forEach(explore);
})();
