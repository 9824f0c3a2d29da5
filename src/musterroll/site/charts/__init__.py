"""Charts as static SVG, made from Vega-Lite when the site is built."""
