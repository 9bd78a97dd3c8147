/** The look of Lightning in one small sheet; nothing is fetched from anywhere. */
export const STYLES = `
*{box-sizing:border-box}
body{margin:0;background:#f3f3f3;color:#181818;font:13px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,Arial,sans-serif}
a{color:#0b5cab;text-decoration:none}
a:hover,a:focus-visible{text-decoration:underline}
:focus-visible{outline:2px solid #0176d3;outline-offset:2px}
.global{display:flex;align-items:center;gap:1rem;background:#fff;padding:.4rem 1rem;min-height:50px}
.search{flex:1;max-width:460px;margin:0 auto}
input[type=search]{width:100%;border:1px solid #747474;border-radius:4px;padding:.35rem .75rem;font:inherit;background:#fff}
.who{color:#5c5c5c;white-space:nowrap}
.tabs{display:flex;align-items:center;gap:1.25rem;background:#fff;border-bottom:3px solid #0176d3;padding:0 1rem;overflow-x:auto;white-space:nowrap}
.tabs strong{font-size:18px;font-weight:400;padding:.5rem .25rem}
.tabs a{color:#181818;padding:.65rem .25rem;border-top:3px solid transparent}
.tabs a[aria-current]{border-top-color:#0176d3;font-weight:600}
main{padding:.75rem;max-width:1500px;margin:0 auto}
.card{background:#fff;border:1px solid #c9c9c9;border-radius:4px;margin-bottom:.75rem;overflow:hidden}
.card>header{display:flex;align-items:center;gap:.75rem;padding:.75rem 1rem;flex-wrap:wrap}
.card>header .filter{margin-left:auto;width:260px;max-width:100%}
.icon{display:inline-flex;align-items:center;justify-content:center;width:32px;height:32px;border-radius:4px;color:#fff;font-weight:700;flex:none}
.eyebrow{color:#444;font-size:13px;line-height:1.2}
h1{font-size:18px;line-height:1.3;margin:0;font-weight:700;overflow-wrap:anywhere}
h2{font-size:14px;margin:0;font-weight:700}
.count{color:#5c5c5c;padding:0 1rem .5rem;margin:0}
table{width:100%;border-collapse:collapse}
th{background:#fafaf9;color:#444;font-weight:700;text-align:left;padding:.35rem 1rem;border-block:1px solid #e5e5e5;white-space:nowrap}
td{padding:.4rem 1rem;border-bottom:1px solid #e5e5e5;vertical-align:top;overflow-wrap:anywhere}
tbody tr:hover{background:#f3f3f3}
td .text{white-space:normal}
.text{white-space:pre-line}
.empty{color:#706e6b}
.none{padding:2rem 1rem;text-align:center;color:#5c5c5c;margin:0}
.pages{margin:0;display:flex;justify-content:space-between;padding:.6rem 1rem}
.highlights{display:flex;flex-wrap:wrap;gap:1rem 2rem;padding:.25rem 1rem .9rem;margin:0}
dt{color:#444;font-size:12px}
dd{margin:0;overflow-wrap:anywhere}
.record{display:grid;grid-template-columns:minmax(0,2fr) minmax(280px,1fr);gap:.75rem;align-items:start}
.section{padding:0 1rem 1rem}
.section h2{background:#f3f3f3;border-radius:4px;padding:.3rem .75rem;margin:.75rem 0}
.section dl{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem;margin:0}
.section dl>div{border-bottom:1px solid #e5e5e5;padding:.35rem .25rem;min-width:0}
.related li{list-style:none;border-top:1px solid #e5e5e5;padding:.5rem 1rem}
.related ul{margin:0;padding:0}
.related .facts{color:#444}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:.75rem;margin-bottom:.75rem}
.tile{display:flex;gap:.75rem;align-items:center;background:#fff;border:1px solid #c9c9c9;border-radius:4px;padding:.9rem 1rem;color:inherit}
.tile b{font-size:22px;line-height:1.1;display:block}
.check{display:inline-block;width:14px;height:14px;border:1px solid #747474;border-radius:2px;vertical-align:-2px;background:#fff}
.check.on::after{content:"";display:block;width:4px;height:8px;margin:0 auto;border:solid #0176d3;border-width:0 2px 2px 0;transform:rotate(45deg)}
@media (max-width:767px){
.who{display:none}
.record,.section dl{grid-template-columns:minmax(0,1fr)}
.card>header .filter{width:100%;margin:0}
thead{display:none}
table,tbody,tr,td{display:block}
tbody tr{border-bottom:1px solid #c9c9c9;padding:.4rem 0}
td{border:0;padding:.1rem 1rem;display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:.5rem}
td:has(.empty){display:none}
td::before{content:attr(data-label);color:#444}
}
`;
