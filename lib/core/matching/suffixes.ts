/** What companies write behind their names, and tax offices behind their numbers; folded (normal.ts). */
export const suffixes: ReadonlySet<string> = new Set([
  // German-speaking countries
  ..."ag gmbh mbh kg kgaa ohg gbr ug ev se eg genossenschaft aktiengesellschaft".split(" "),
  // French-speaking countries
  ..."sa sarl sas sasu eurl sc sci scop snc scs asbl scrl srl sprl fondation".split(" "),
  // Italy, Spain, Portugal
  ..."spa sagl sapa scarl sl slu lda sau".split(" "),
  // English-speaking countries
  ..."ltd limited plc llc llp lp inc incorporated corp corporation co company".split(" "),
  // The Netherlands, the North, the East
  ..."bv nv vof cv as asa ab aps oy oyj spzoo zoo sro doo kft zrt".split(" "),
  // Kinds of tax that follow a Swiss company number
  ..."mwst tva iva vat ust".split(" "),
]);

/** Those that are words as well, and often the last of a name. */
export const ambiguous: ReadonlySet<string> = new Set("spa co as se ab zoo iva company".split(" "));
