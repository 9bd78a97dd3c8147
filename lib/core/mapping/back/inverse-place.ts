/** Where in a contact a value is kept, told from the syntax tree of the path that reads it. */
import { isBare, type AstNode } from "../expression/ast";
import { conditionsOf } from "../expression/conditions";
import { contactGroups, knownLists } from "../source-model";

/** A member of a list's element that decides whether it is the one: a flag that is set, or a code that is equal. */
export interface Condition {
  readonly name: string;
  readonly test: "set" | "equal";
  /** What a new element gets: true for a flag. */
  readonly value: string | number | boolean;
}

export interface PlaceStep {
  readonly name: string;
  /** What is missing is made as a list; a list that is there is always taken as one. */
  readonly list: boolean;
  readonly where: readonly Condition[];
  /** `[0]`: the first element that meets the conditions, whatever it holds. */
  readonly first: boolean;
}

/** Steps from the root to the list or group that has the member. */
export interface Place {
  readonly steps: readonly PlaceStep[];
  /** Of several elements the first counts where it is not empty. */
  readonly member: string;
}

/** `reason` stands after "because". */
export type PlaceAnswer =
  { readonly ok: true; readonly place: Place } | { readonly ok: false; readonly reason: string };

/** Numbers S-360 gives out itself (s360.md §1.4). */
const ownNumbers: ReadonlySet<string> = new Set([
  "contactNumber",
  "contactId",
  "contactAddressId",
  "communicationMeanId",
]);

/** `within`: what stands before the last member is a list, as in `$first(list.member)`. */
export function placeOf(node: AstNode | undefined, within?: "list"): PlaceAnswer {
  if (node?.type !== "path" || node.group) return { ok: false, reason: reasonOf(node) };
  const [start, ...further] = node.steps ?? [];
  const nodes = start && isRoot(start) ? further : (node.steps ?? []);
  const steps: PlaceStep[] = [];
  for (const step of nodes) {
    const read = stepOf(step);
    if (typeof read === "string") return { ok: false, reason: read };
    steps.push(read);
  }
  const last = steps.pop();
  if (!last) return { ok: false, reason: "it reads the contact as a whole" };
  if (last.first || last.where.length > 0) return { ok: false, reason: "it gives a whole element of a list" };
  if (ownNumbers.has(last.name)) return { ok: false, reason: `S-360 gives ${last.name} itself` };
  const before = steps.pop();
  if (before)
    steps.push({ ...before, list: before.list || (within === "list" && !contactGroups.has(before.name)) });
  return { ok: true, place: { steps, member: last.name } };
}

function reasonOf(node: AstNode | undefined): string {
  const constant = node?.type === "string" || node?.type === "number" || node?.type === "value";
  return constant
    ? "it is a constant, and nothing in S-360 stands for it"
    : "its expression computes the value";
}

/** `$` and `$$`, where nothing was entered yet. */
function isRoot(node: AstNode): boolean {
  return node.type === "variable" && (node.value === "" || node.value === "$") && isBare(node);
}

/** A text is the reason why not. */
function stepOf(node: AstNode): PlaceStep | string {
  if (node.type !== "name" || node.predicate || node.group || node.focus || node.index) {
    return "its expression is more than a path";
  }
  const name = String(node.value);
  const where: Condition[] = [];
  let first = false;
  for (const stage of node.stages ?? []) {
    const filter = stage.type === "filter" ? stage.expr : undefined;
    if (!filter || first) return choiceReason;
    if (filter.type === "number") {
      if (filter.value !== 0) return "it chooses the element of a list by a position other than the first";
      first = true;
      continue;
    }
    const conditions = conditionsOf(filter);
    if (!conditions || conditions.some(({ not }) => not)) return choiceReason;
    where.push(...conditions.map(({ name: member, test, value }) => ({ name: member, test, value })));
  }
  return { name, list: first || where.length > 0 || knownLists.has(name), where, first };
}

const choiceReason =
  "it chooses the element of a list by a rule that says nothing of a new element; flags and codes do, such as " +
  '[main][0] or [authorizationCode="EMAIL"][0]';
