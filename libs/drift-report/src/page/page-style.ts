/**
 * Style sheet of the pages. Colours of data are vermilion and bluish green of Okabe and Ito (2008), told apart under every common kind
 * of colour blindness, darkened or lightened until text keeps 4.5:1 (WCAG 2.2, 1.4.3) and graphics 3:1 (1.4.11) to their paper.
 */
export const pageStyle = `
:root{color-scheme:light dark;--paper:#f6f7f8;--card:#fff;--ink:#1b2026;--muted:#57606a;--line:#d9dee3;--soft:#eef1f4;
--reference:#8593a3;--current:#c44e00;--drifted:#a53f00;--drifted-soft:#fdf0e7;--stable:#00694b;--stable-soft:#e8f5f0;--undecided:#0a58a6;--undecided-soft:#e9f1fb}
@media (prefers-color-scheme:dark){:root{--paper:#0e1216;--card:#161b21;--ink:#e6eaee;--muted:#9da7b1;--line:#303841;--soft:#1f262d;
--reference:#7d8b9b;--current:#ff8f4a;--drifted:#ff9c63;--drifted-soft:#2c1c12;--stable:#4cc9a0;--stable-soft:#10261f;--undecided:#7fb6f7;--undecided-soft:#13243a}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:1160px;padding:1.5rem clamp(.9rem,3vw,2.2rem) 3rem;background:var(--paper);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
h1,h2,h3{line-height:1.25;text-wrap:balance;margin:0}
h2{font-size:1.2rem;margin:2.6rem 0 .5rem}
h3{font-size:1rem}section>h3{margin-top:1.4rem}
p{margin:.35rem 0;max-width:78ch}
a{color:inherit;text-underline-offset:.2em}
code{font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.muted,small{color:var(--muted)}
small{font-size:.85em;font-weight:400}
.defs{position:absolute}
.icon{width:1.05em;height:1.05em;flex:none;fill:currentColor}
.on{fill:none;stroke:var(--card);stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
.product{color:var(--muted);font-size:.88rem;margin:0 0 .7rem}
.banner{border-left:6px solid;border-radius:4px 10px 10px 4px;padding:1.1rem 1.3rem 1.2rem}
.banner .word{display:flex;align-items:center;gap:.5rem;font-size:1.05rem;font-weight:650}
.banner h1{font-size:clamp(1.25rem,3.4vw,1.7rem);font-weight:600;margin:.35rem 0 .5rem;color:var(--ink);text-wrap:pretty;max-width:44em}
.banner p{color:var(--ink)}
.drifted{color:var(--drifted)}.stable{color:var(--stable)}.insufficient-data{color:var(--undecided)}
.banner.drifted{background:var(--drifted-soft)}.banner.stable{background:var(--stable-soft)}.banner.insufficient-data{background:var(--undecided-soft)}
.verdict{display:inline-flex;align-items:center;gap:.35em;font-weight:600;white-space:nowrap;vertical-align:bottom}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;padding:0;margin:1rem 0 0;font-size:.88rem}
nav a{display:inline-block;padding:.25rem 0}
.steps{padding-left:1.4rem;margin:.4rem 0;max-width:80ch}
.steps li{padding:.15rem 0 .15rem .2rem}
.steps li::marker{font-weight:650}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,330px),1fr));gap:1rem;padding:0;margin:.8rem 0;list-style:none}
.card,.panel{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.9rem 1rem}
.card{display:flex;flex-direction:column;gap:.3rem;margin:0;break-inside:avoid}
.card p{margin:0}
.card .direction{font-size:1.02rem;font-weight:600}
.card dl{display:flex;flex-wrap:wrap;gap:.1rem 1rem;margin:.2rem 0 0;font-size:.85rem}
.card dl div{display:flex;gap:.35em}
dt{color:var(--muted)}dd{margin:0}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(118px,1fr));gap:.9rem;margin:1rem 0 0}
.facts dd{font-size:1.15rem;font-weight:600}
.facts dt{font-size:.85rem}
.small{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.2rem;font-size:.88rem;margin:.5rem 0}
@media (max-width:520px){.small{grid-template-columns:1fr;gap:0}.small dd{margin-bottom:.5rem}}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;font-size:.85rem;color:var(--muted);margin:.4rem 0;padding:0;list-style:none}
.legend li{display:flex;align-items:center;gap:.45em}
.legend svg{width:26px;height:12px}
.chart{display:block;width:100%;max-width:460px;height:auto;overflow:visible}
.chart text{fill:var(--muted);font:11px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;unicode-bidi:plaintext}
.chart .strong{fill:var(--ink)}
.chart .name{fill:var(--ink);font-size:12px}
.axis{stroke:var(--muted);fill:none;stroke-width:1}.grid{stroke:var(--line);fill:none;stroke-width:1}
.reference-fill{fill:var(--reference);fill-opacity:.55}.reference-line{stroke:var(--reference);fill:none;stroke-width:2;stroke-dasharray:3 3}
.current-line{fill:none}.current-fill{fill:var(--current);fill-opacity:.16}.current-line{stroke:var(--current);stroke-width:2;stroke-linejoin:round}
.reference-solid{fill:var(--reference)}.current-solid{fill:var(--current)}.refused-solid{fill:var(--undecided)}
.limit{stroke:var(--ink);fill:none;stroke-width:1.2;stroke-dasharray:5 3}
.arrow{stroke:var(--ink);fill:none;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px;margin:.7rem 0}
.scroll:focus-visible,summary:focus-visible,a:focus-visible{outline:2px solid var(--undecided);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.88rem;overflow-wrap:normal}
caption{text-align:left;padding:.6rem .9rem;color:var(--muted);font-size:.85rem}
th,td{text-align:left;vertical-align:top;padding:.42rem .8rem;border-top:1px solid var(--line);font-weight:400;max-width:26rem}
thead th{border-top:0;border-bottom:1px solid var(--line);color:var(--muted);font-weight:600;font-size:.82rem;vertical-align:bottom}
tbody th{font-weight:600;min-width:8.5rem;overflow-wrap:anywhere}
@media (max-width:640px){tbody th{position:sticky;left:0;background:var(--card);max-width:9.5rem;border-right:1px solid var(--line)}}
td bdi{overflow-wrap:anywhere}
tbody tr:first-child>*{border-top:0}
.beside{display:grid;gap:0 1rem;align-items:start}.beside>*{min-width:0}.beside .panel{margin:.7rem 0}
@media (min-width:900px){.beside{grid-template-columns:360px 1fr}}
.number{text-align:right;white-space:nowrap}
.meter{width:72px;height:10px;margin-top:.4em;flex:none;margin-right:.6em}
.meter .track{fill:var(--soft)}.meter .mark{stroke:var(--ink);stroke-width:1.5}.apart{display:flex;justify-content:space-between}
.phrase{min-width:11rem}
.plain{list-style:none;padding:0;margin:0}
.plain li+li{margin-top:.15rem}
details{margin:.7rem 0}
summary{cursor:pointer;padding:.3rem 0;font-weight:600;width:fit-content}
footer{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:.5rem}
@media print{
:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--muted:#444;--line:#bbb;--soft:#eee;--reference:#8593a3;--current:#c44e00;--drifted:#a53f00;--drifted-soft:#fff;--stable:#00694b;--stable-soft:#fff;--undecided:#0a58a6;--undecided-soft:#fff}
body{max-width:none;padding:0;font-size:9.5pt;line-height:1.4;print-color-adjust:exact;-webkit-print-color-adjust:exact}
p,li{orphans:3;widows:3}
nav{display:none}h2,h3,caption,summary,.legend{break-after:avoid}h2+p,h3+p{break-after:avoid}tr,.banner,.steps li,.card,.panel,.chart,.small>*{break-inside:avoid}
h2{font-size:13pt;margin-top:1.6rem}.banner{padding:.7rem 1rem}.banner h1{font-size:16pt}
.facts{grid-template-columns:repeat(8,auto);gap:.5rem 1rem}.facts dd{font-size:11pt}.facts dt{font-size:8pt}
.cards{grid-template-columns:1fr 1fr;gap:.6rem}.card,.panel{padding:.5rem .7rem}
.scroll{overflow:visible;border:0}caption{padding:.4rem 0}table{font-size:8pt}th,td{padding:.2rem .4rem}
table:not(:has(tbody tr:nth-child(9))){break-inside:avoid}thead{break-after:avoid}tbody tr:first-child{break-before:avoid}
summary{list-style:none;padding:0}summary::-webkit-details-marker{display:none}
details::details-content{content-visibility:visible;display:block;height:auto}
}
@page{margin:14mm 13mm 16mm}
@page{@bottom-left{content:"Assay drift report";font:8pt system-ui,sans-serif;color:#444}@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#444}}
`;
