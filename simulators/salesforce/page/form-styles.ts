/** How buttons, forms and the merge table look. */
export const FORM_STYLES = `
.button{display:inline-block;background:#fff;border:1px solid #747474;border-radius:4px;padding:.3rem 1rem;font:inherit;color:#0b5cab;cursor:pointer;white-space:nowrap}
.button:hover{background:#f3f3f3;text-decoration:none}
.button.brand{background:#0176d3;border-color:#0176d3;color:#fff}
.button.brand:hover{background:#014486}
.button:disabled{opacity:.6}
.link{background:none;border:0;padding:0;font:inherit;cursor:pointer}
.window{max-width:980px;margin-inline:auto;overflow:visible;box-shadow:0 2px 3px #0000001a}
.window.narrow{max-width:520px}
.window>header{border-bottom:1px solid #e5e5e5}
.window form{margin:0}
.legend{margin:0 0 0 auto;color:#5c5c5c}
abbr[title=required]{color:#ba0517;text-decoration:none}
fieldset{border:0;margin:0;min-width:0}
.window fieldset.section{margin-top:.75rem;padding:0 1rem .25rem}
fieldset legend{width:100%;background:#f3f3f3;border-radius:4px;padding:.3rem .75rem;margin:0 0 .75rem;font-size:14px;font-weight:700}
.address{display:grid;gap:.75rem;min-width:0}
.fields{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:.75rem 2rem;align-items:start}
.field{min-width:0}
.field label,.field .label,.menu label{display:block;color:#444;font-size:12px;margin-bottom:.1rem}
.field input:not([type=checkbox]):not([type=radio]),.field select,.field textarea,.menu select{width:100%;min-height:32px;border:1px solid #747474;border-radius:4px;padding:.3rem .6rem;font:inherit;background:#fff;color:inherit}
.field textarea{resize:vertical}
.field.boolean{display:flex;flex-direction:row-reverse;justify-content:flex-end;align-items:center;gap:.5rem;min-height:32px;padding-top:1rem}
.field.boolean label{font-size:13px;color:#181818;margin:0}
.field input[type=checkbox],.boxes input{width:16px;height:16px;margin:0;accent-color:#0176d3;flex:none}
.boxes{display:grid;gap:.35rem}
.boxes label{display:flex;gap:.5rem;align-items:center;font-size:13px;color:#181818;margin:0}
.field .boxes{border:1px solid #c9c9c9;border-radius:4px;padding:.5rem .6rem;max-height:11rem;overflow:auto}
.invalid input:not([type=radio]),.invalid select,.invalid textarea{border-color:#ba0517!important;box-shadow:0 0 0 1px #ba0517}
.field-error{color:#ba0517;font-size:12px;margin:.15rem 0 0;overflow-wrap:anywhere}
.help{color:#5c5c5c;font-size:12px;margin:.15rem 0 0}
.newer{background:#fef1ce;border-radius:4px;padding:.2rem .5rem;margin:.25rem 0 0;font-size:12px}
.errors:focus{outline:none}
.errors{margin:1rem 1rem 0;border:1px solid #ba0517;border-radius:4px;padding:.75rem 1rem;background:#fef1ee}
.errors h2{color:#ba0517}
.errors p,.errors ul{margin:.25rem 0}
.errors ul{padding-left:1.25rem;overflow-wrap:anywhere}
.notice{margin:1rem 1rem 0;border:1px solid #dd7a01;border-radius:4px;padding:.75rem 1rem;background:#fef1ce}
.ask{padding:.75rem 1rem 0;margin:0;overflow-wrap:anywhere}
.window footer{position:sticky;bottom:0;display:flex;justify-content:flex-end;gap:.5rem;margin-top:1rem;padding:.75rem 1rem;background:#f3f3f3;border-top:1px solid #c9c9c9;border-radius:0 0 4px 4px}
.window footer .brand{order:1}
.narrow fieldset.section{padding:.25rem 1rem .5rem}
.compare{table-layout:fixed}
.compare th,.compare td{white-space:normal;overflow-wrap:anywhere;vertical-align:top;padding:.45rem 1rem}
.compare th label,.compare td label{display:flex;gap:.5rem;align-items:flex-start}
.compare th a{color:#0b5cab;display:inline}
.compare th label{font-weight:400;margin:.25rem 0}
.compare thead .facts{font-weight:400;font-size:12px}
.compare tr.conflict td{background:#fff}
.compare input{margin:.15rem 0 0;flex:none;accent-color:#0176d3}
@media (max-width:767px){
.fields{grid-template-columns:minmax(0,1fr)}
.field.boolean{padding-top:0}
.window>header .legend{margin-left:0;width:100%}
.field input:not([type=checkbox]):not([type=radio]),.field select,.field textarea{font-size:16px;min-height:40px}
.window footer .button{flex:1;text-align:center;padding:.5rem .25rem}
.compare,.compare tbody{display:block}
.compare thead{display:block}
.compare tr{display:grid;grid-template-columns:repeat(auto-fit,minmax(0,1fr));grid-auto-flow:row;padding:0}
.compare thead tr,.compare tbody tr{display:flex}
.compare th:first-child:not([scope=row]){display:none}
.compare tr>*{flex:1 1 0;min-width:0;padding:.4rem .5rem;display:block}
.compare tbody tr{flex-wrap:wrap}
.compare tbody th[scope=row]{flex:1 0 100%;border:0;padding:.4rem .5rem .1rem;background:none;font-size:12px}
.compare td:has(.empty){display:block}
.compare td::before{content:none}
}
`;
