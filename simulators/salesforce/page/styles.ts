import { FORM_STYLES } from "./form-styles";

/** The look of Lightning in one small sheet; nothing is fetched from anywhere. */
export const STYLES = `
*{box-sizing:border-box}
body{margin:0;background:#f3f3f3;color:#181818;font:13px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,Arial,sans-serif}
a{color:#0b5cab;text-decoration:none}
a:hover,a:focus-visible{text-decoration:underline}
:focus-visible{outline:2px solid #0176d3;outline-offset:2px}
main:focus{outline:none}
.hidden,.skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip:focus{position:absolute;z-index:9;background:#fff;padding:.5rem 1rem}
.global{display:flex;align-items:center;gap:1rem;background:#fff;padding:.4rem 1rem;min-height:50px}
.badge{background:#f3f3f3;border-radius:10px;padding:.05rem .6rem;color:#444;font-size:12px;white-space:nowrap}
.search{flex:1;max-width:460px;margin:0 auto}
input[type=search]{width:100%;border:1px solid #747474;border-radius:4px;padding:.35rem .75rem;font:inherit;background:#fff}
.tabs{display:flex;align-items:center;gap:1.25rem;background:#fff;border-bottom:3px solid #0176d3;padding:0 1rem;overflow-x:auto;white-space:nowrap}
.tabs strong{font-size:18px;font-weight:400;padding:.5rem .25rem}
.tabs a{color:#181818;padding:.65rem .25rem;border-top:3px solid transparent}
.tabs a:hover{text-decoration:none;border-top-color:#aacbff}
.tabs a[aria-current]{border-top-color:#0176d3;font-weight:600}
.who{position:relative;flex:none}
.who summary{list-style:none;display:flex;align-items:center;gap:.5rem;cursor:pointer;border-radius:4px;padding:.2rem .35rem}
.who summary::-webkit-details-marker{display:none}
.avatar{display:inline-flex;align-items:center;justify-content:center;width:30px;height:30px;border-radius:50%;background:#014486;color:#fff;font-size:11px;font-weight:700}
.menu{position:absolute;right:0;top:calc(100% + .35rem);z-index:5;width:280px;background:#fff;border:1px solid #c9c9c9;border-radius:4px;box-shadow:0 2px 6px #0003;padding:1rem;display:grid;gap:.5rem}
.menu p{margin:0;color:#5c5c5c;font-size:12px}
main{padding:.75rem;max-width:1500px;margin:0 auto}
.card{background:#fff;border:1px solid #c9c9c9;border-radius:4px;margin-bottom:.75rem;overflow:hidden}
.card>header{display:flex;align-items:center;gap:.75rem;padding:.75rem 1rem;flex-wrap:wrap}
.card>header .filter{margin-left:auto;width:260px;max-width:100%}
.card>header>div:not(.actions){min-width:0}
.actions{display:flex;gap:.5rem;margin-left:auto;flex-wrap:wrap}
.filter+.actions{margin-left:0}
.icon{display:inline-flex;align-items:center;justify-content:center;width:32px;height:32px;border-radius:4px;color:#fff;font-weight:700;flex:none}
td .icon{width:20px;height:20px;font-size:11px;vertical-align:middle}
.eyebrow{color:#444;font-size:13px;line-height:1.2}
h1{font-size:18px;line-height:1.3;margin:0;font-weight:700;overflow-wrap:anywhere}
h1.alone{padding:.75rem 1rem 0}
h2{font-size:14px;margin:0;font-weight:700}
.count{color:#5c5c5c;padding:0 1rem .5rem;margin:0}
table{width:100%;border-collapse:collapse}
th{background:#fafaf9;color:#444;font-weight:700;text-align:left;padding:.35rem 1rem;border-block:1px solid #e5e5e5;white-space:nowrap}
th a{color:inherit;display:block}
td{padding:.4rem 1rem;border-bottom:1px solid #e5e5e5;vertical-align:top;overflow-wrap:anywhere}
td.select{width:2.5rem;padding-right:0}
td.select input{margin:.2rem 0 0}
td form{margin:0}
tbody tr:hover{background:#f3f3f3}
td .text{white-space:normal}
.text{white-space:pre-line}
.empty{color:#706e6b}
.facts{color:#5c5c5c}
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
.related .none{padding:.75rem 1rem 1rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:.75rem;margin-bottom:.75rem}
.tile{display:flex;gap:.75rem;align-items:center;background:#fff;border:1px solid #c9c9c9;border-radius:4px;padding:.9rem 1rem;color:inherit}
.tile b{font-size:22px;line-height:1.1;display:block}
.check{display:inline-block;width:14px;height:14px;border:1px solid #747474;border-radius:2px;vertical-align:-2px;background:#fff}
.check.on::after{content:"";display:block;width:4px;height:8px;margin:0 auto;border:solid #0176d3;border-width:0 2px 2px 0;transform:rotate(45deg)}
.toast{display:flex;align-items:center;justify-content:center;gap:1rem;width:fit-content;max-width:calc(100% - 1.5rem);margin:.75rem auto 0;padding:.7rem 1rem;border-radius:4px;color:#fff;background:#396547;box-shadow:0 2px 4px #0003;overflow-wrap:anywhere}
.toast.error{background:#ba0517}
.toast form{margin:0}
.toast a,.toast .link{color:#fff;text-decoration:underline}
.toast .close{font-size:20px;line-height:1;text-decoration:none;padding:0 .25rem}
${FORM_STYLES}
@media (max-width:767px){
.who .name,.badge{display:none}
.tiles{grid-template-columns:1fr 1fr}
.tabs{gap:.9rem}
.record,.section dl{grid-template-columns:minmax(0,1fr)}
.card>header .filter{width:100%;margin:0;order:3}
.card>header .actions{margin-left:auto}
thead{display:none}
table,tbody,tr,td{display:block}
tbody tr{border-bottom:1px solid #c9c9c9;padding:.4rem 0;position:relative}
td{border:0;padding:.1rem 1rem;display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:.5rem}
td:has(.empty){display:none}
td::before{content:attr(data-label);color:#444}
td.select{position:absolute;right:0;top:.4rem;display:block;width:auto;padding:0 1rem;z-index:1}
td.select::before{content:none}
td.select input{width:20px;height:20px}
.selectable td:nth-child(2){padding-right:3rem}
}
`;
