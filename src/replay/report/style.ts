/** Colours of nine series that keep apart for the colour-blind too, each against its ground (Okabe and Ito, adapted). */
const LIGHT = '#00639c #c55a00 #00795c #a3487d #5b5b5b #8a6d00 #1d8ec7 #7a3fa0 #b3261e'.split(' ');
const DARK = '#6cb6f2 #f2a154 #4fc9a4 #e29cc5 #b5b5b5 #e6cf52 #9ad4f5 #c4a0e8 #f28b82'.split(' ');

function series(colours: readonly string[]): string {
  return colours.map((colour, index) => `.s${index}{fill:${colour};background:${colour}}`).join('');
}

export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--ink:#1b1b1b;--soft:#555;--line:#d0d0d0;--box:#f4f5f7}
${series(LIGHT)}
@media (prefers-color-scheme:dark){:root{--ground:#16181b;--ink:#eceff1;--soft:#b0b6bb;--line:#3c4146;--box:#22262a}
${series(DARK)}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.7rem;line-height:1.2}h2{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:1rem}
h3{font-size:1.05rem;margin:1.6rem 0 .4rem}.lead{max-width:44rem}
.notice{background:var(--box);border-left:4px solid var(--soft);padding:.6rem .9rem;max-width:44rem}
.figures{display:flex;flex-wrap:wrap;gap:.75rem;padding:0;list-style:none}
.figures li{background:var(--box);padding:.7rem 1rem;border-radius:.4rem;flex:1 1 11rem}
.figures strong{display:block;font-size:1.6rem}.figures span{color:var(--soft)}
figure{margin:0}svg{width:100%;height:auto;display:block}
svg text{fill:var(--ink);font-size:12px}svg line{stroke:var(--line)}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;padding:0;margin:.3rem 0;list-style:none}
.key i{display:inline-block;width:.8rem;height:.8rem;margin-right:.4rem;border-radius:.15rem}
.scroll{overflow-x:auto}.scroll svg{min-width:40rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
:focus-visible{outline:3px solid currentColor;outline-offset:2px}
table{border-collapse:collapse;margin:.5rem 0}caption{text-align:left;color:var(--soft)}
th,td{vertical-align:top;padding:.25rem .7rem;border-bottom:1px solid var(--line);text-align:left}td{text-align:right;font-variant-numeric:tabular-nums}
summary{cursor:pointer;color:var(--soft)}
@media print{details{display:none}.scroll{overflow:visible}.scroll svg{min-width:0}th,td{padding:.15rem .35rem;font-size:.85em;overflow-wrap:anywhere}figure,tr,li{break-inside:avoid}h2,h3{break-after:avoid}}
`;
