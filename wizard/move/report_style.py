"""How the report looks: on light and dark screens, narrow ones, and on paper."""

STYLE = """
:root { color-scheme: light dark; --paper: #faf9f6; --card: #fff; --ink: #24231f;
  --quiet: #67635a; --line: #e3dfd6; --good: #2d7150; --fair: #8a590c; --bad: #ad3a20; }
@media (prefers-color-scheme: dark) { :root { --paper: #1b1a18; --card: #242320;
  --ink: #ebe7de; --quiet: #a8a398; --line: #3b3833; --good: #82c8a2; --fair: #e4b25e;
  --bad: #f0937b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC",
  "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
main { max-width: 58rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
a { color: inherit; text-decoration-color: var(--quiet); text-underline-offset: .2em; }
:focus-visible { outline: 2px solid var(--fair); outline-offset: 2px; }
.from { margin: 0 0 .75rem; font-weight: 600; }
.from span, .quiet, time, .sums span, caption, footer { color: var(--quiet); }
.good { color: var(--good); } .bad { color: var(--bad); } .fair { color: var(--fair); }
.none { color: var(--quiet); }
h1 { margin: 0 0 1.5rem; padding: 1rem 1.25rem; background: var(--card);
  border: 1px solid var(--line); border-left: 5px solid var(--fair); border-radius: 8px;
  color: var(--ink); font-size: 1.25rem; line-height: 1.4; font-weight: 600; }
h1.good { border-left-color: var(--good); } h1.good, h1.fair { color: var(--ink); }
h2 { margin: 2.5rem 0 .6rem; font-size: 1.15rem; }
h3 { margin: 1.4rem 0 .3rem; font-size: 1rem; color: var(--quiet); }
p { margin: .5rem 0; }
code { font: .87em ui-monospace, Consolas, monospace; }
time { font-variant-numeric: tabular-nums; white-space: nowrap; }
table { min-width: 60%; border-collapse: collapse; background: var(--card);
  border: 1px solid var(--line); border-radius: 8px; }
caption { text-align: left; padding: 0 0 .5rem; }
table th, table td { padding: .5rem 1rem; text-align: right; font-weight: 400;
  font-variant-numeric: tabular-nums; }
table th:first-child { text-align: left; }
thead th { color: var(--quiet); font-size: .87rem; }
tbody th { font-weight: 650; } tbody th, tbody td { border-top: 1px solid var(--line); }
.looks { margin: 0; padding: 0; list-style: none; background: var(--card);
  border: 1px solid var(--line); border-radius: 8px; }
.looks > li { padding: .7rem 1rem; }
.looks > li + li { border-top: 1px solid var(--line); }
.looks > li > a { font-weight: 600; }
.looks ul { margin: .2rem 0 0; padding-left: 1.1rem; }
.post { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 .75rem;
  border-top: 1px solid var(--line); }
.post:target { background: color-mix(in srgb, var(--fair) 12%, transparent); }
.new { padding: .5rem 0; }
summary { cursor: pointer; padding: .5rem 0; }
.post summary { display: grid; gap: 0 .75rem; align-items: baseline;
  grid-template-columns: auto auto minmax(0, 1fr) auto auto; }
.post summary::before { content: "▸"; color: var(--quiet); width: 1ch; }
[open] > summary::before { content: "▾"; }
.post summary::-webkit-details-marker { display: none; }
summary b { font-weight: 600; } .sums { color: var(--quiet); }
.inside { padding: 0 0 1rem calc(1ch + .75rem); }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem .9rem;
  margin: 0 0 .5rem; } dt { color: var(--quiet); } dd { margin: 0; }
.photos { margin: .5rem 0; padding: 0; list-style: none; display: grid; gap: .5rem .9rem;
  grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); }
.photos .wide { grid-column: 1 / -1; }
.photos a { display: inline-flex; gap: .6rem; align-items: center; }
.photos img { width: 56px; height: 56px; object-fit: cover; border-radius: 4px;
  flex: none; }
.photos li { display: flex; gap: .6rem; align-items: center; }
footer { margin-top: 3rem; font-size: .87rem; }
@media (max-width: 40rem) { main { padding: 1.25rem .9rem 3rem; } table { width: 100%; }
  table th, table td { padding: .45rem .4rem; }
  table th:first-child { padding-left: .7rem; }
  .post summary { grid-template-columns: auto minmax(0, 1fr) auto; }
  .post summary time { grid-column: 2; font-size: .87rem; }
  .post summary b, .sums { grid-column: 2; } .post summary .sums { font-size: .87rem; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .35rem; } }
@media print { body { background: none; font-size: 10.5pt; } main { padding: 0; }
  h1, table, .looks { background: none; } .post, .looks > li { break-inside: avoid; }
  h2, h3 { break-after: avoid; } ::details-content { content-visibility: visible; }
  h1 { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
