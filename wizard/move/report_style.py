"""How the report looks: on light and dark screens, narrow ones, and on paper."""

STYLE = """
:root { color-scheme: light dark; --paper: #faf9f6; --card: #fff; --ink: #24231f;
  --quiet: #6d6960; --line: #e3dfd6; --good: #2d7150; --fair: #9a6410; --bad: #ad3a20; }
@media (prefers-color-scheme: dark) { :root { --paper: #1b1a18; --card: #242320;
  --ink: #ebe7de; --quiet: #a19c91; --line: #3b3833; --good: #82c8a2; --fair: #e4b25e;
  --bad: #f0937b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC",
  "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
main { max-width: 58rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
a { color: inherit; text-decoration-color: var(--quiet); text-underline-offset: .2em; }
.from { margin: 0 0 .75rem; font-weight: 600; }
.from span, .quiet, .numbers span, time { color: var(--quiet); }
h1 { margin: 0 0 1.5rem; padding: 1rem 1.25rem; background: var(--card);
  border: 1px solid var(--line); border-left: 5px solid var(--fair); border-radius: 8px;
  font-size: 1.3rem; line-height: 1.4; font-weight: 600; overflow-wrap: anywhere; }
h1.good { border-left-color: var(--good); }
h2 { margin: 2.25rem 0 .6rem; font-size: 1.05rem; }
.numbers { display: grid; gap: .75rem;
  grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); }
.numbers > div { background: var(--card); border: 1px solid var(--line);
  border-radius: 8px; padding: .8rem 1rem; }
.numbers b { font-size: 1.6rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.numbers span { display: block; font-size: .87rem; }
.bar { display: flex; gap: 2px; height: 6px; margin: .35rem 0 .5rem; overflow: hidden;
  border-radius: 3px; background: var(--line); }
.bar i { min-width: 3px; background: var(--quiet); }
.bar .good { background: var(--good); } .bar .bad { background: var(--bad); }
td.good { color: var(--good); } td.bad { color: var(--bad); } td.fair { color: var(--fair); }
.looks { margin: 0; padding: 0; list-style: none; background: var(--card);
  border: 1px solid var(--line); border-radius: 8px; }
.looks > li { padding: .7rem 1rem; overflow-wrap: anywhere; }
.looks > li + li { border-top: 1px solid var(--line); }
.looks > li > a { font-weight: 600; }
.looks ul { margin: .2rem 0 0; padding-left: 1.1rem; color: var(--quiet); }
code { font: .87em ui-monospace, Consolas, monospace; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; padding: 1.1rem 0 .3rem; font-weight: 650; color: var(--quiet); }
td { padding: .5rem 1rem .5rem 0; border-top: 1px solid var(--line);
  vertical-align: top; white-space: nowrap; }
td:nth-child(2) { width: 99%; white-space: normal; overflow-wrap: anywhere; }
td:last-child { padding-right: 0; }
time { font-variant-numeric: tabular-nums; }
tr:target td { background: color-mix(in srgb, var(--fair) 14%, transparent); }
main > p:last-child { margin-top: 2.5rem; font-size: .87rem; }
@media (max-width: 40rem) { tr { display: block; padding: .5rem 0;
  border-top: 1px solid var(--line); } tr.year { border: 0; }
  td, td:nth-child(2) { display: inline; border: 0; padding: 0 .6rem 0 0; }
  td:nth-child(2) { font-weight: 600; } td:first-child, td:nth-child(2) { display: block; } }
@media print { body { background: none; font-size: 10.5pt; } main { padding: 0; }
  h1, .numbers > div, .looks { background: none; } tr, .looks > li { break-inside: avoid; }
  .year { break-after: avoid; }
  .bar, h1 { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
