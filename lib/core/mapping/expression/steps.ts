/** Watches the steps of one evaluation: jsonata tells of each node before it begins and after it has ended. */
import type { AstNode } from "./ast";
import type { Clock } from "./clock";
import { limits } from "./limits";
import { OneByOne } from "./one-by-one";
import type { Role, Roles } from "./roles";
import { MappingSignal } from "../signal";
import { sizeOf } from "./structure-size";

/** `#` cannot be part of a variable's name in JSONata, so no expression can read or replace it. */
export const stepsKey = "#steps";

/** Sizes of parts already measured; sources and results are never changed. */
const measured = new WeakMap<object, number>();

export class Steps {
  private readonly siblings = new OneByOne();
  /** Sizes of left sides whose right side is being evaluated. No node is evaluated within itself. */
  private readonly leftSizes = new Map<AstNode, number>();
  private readonly keyCounts = new Map<object, number>();

  constructor(
    private readonly roles: Roles,
    private readonly clock: Clock,
  ) {}

  /** A promise when the node has to wait. */
  before(node: AstNode, input: unknown): Promise<void> | undefined {
    if (node.type === "wildcard") refuseManyMembers(input);
    const role = this.roles.get(node);
    if (role?.kind !== "sibling") return undefined;
    this.keyCounts.delete(role.of);
    return this.siblings.enter(role.of);
  }

  /** A promise when others of the process are to have their turn. Throws when the result is too large. */
  after(node: AstNode, result: unknown): Promise<void> | undefined {
    refuseOversize(node, result);
    const role = this.roles.get(node);
    const others = this.clock.tick();
    if (!role) return others;
    if (role.kind !== "sibling") {
      this.refuseByRole(role, result);
      return others;
    }
    if (others) return others.then(() => this.siblings.leave(role.of));
    this.siblings.leave(role.of);
    return undefined;
  }

  private refuseByRole(role: Exclude<Role, { kind: "sibling" }>, result: unknown): void {
    switch (role.kind) {
      case "left":
        this.leftSizes.set(role.of, comparedSize(result));
        return;
      case "right":
        // The smaller one ends the comparison.
        return refuseIf(
          Math.min(this.leftSizes.get(role.of) ?? 0, comparedSize(result)) > limits.comparedSize,
          "what is compared is too large.",
        );
      case "text":
        return refuseIf(isLarger(result, limits.textLength), tooLong);
      case "key":
        return this.count(role, result);
    }
  }

  private count({ of, names }: Extract<Role, { kind: "key" }>, key: unknown): void {
    if (key === undefined) return;
    const count = (this.keyCounts.get(of) ?? 0) + 1;
    this.keyCounts.set(of, count);
    refuseIf((count * count * names) / 2 > limits.copies, "the list is too long to be grouped.");
  }
}

/** `*` copies what it has found so far for each list it finds, also for an empty one; lists in lists are made one first. */
function refuseManyMembers(input: unknown): void {
  refuseIf(isLarger(input, limits.structureSize));
  let found = 0;
  let copies = 0;
  for (const member of membersOf(input)) {
    found += Array.isArray(member) ? leavesOf(member) : 1;
    if (!Array.isArray(member)) continue;
    // jsonata stops here by itself.
    if (found > limits.sequenceLength) return;
    copies += found;
    refuseIf(copies > limits.copies);
  }
}

/** A source that is a list comes wrapped up in another one. */
function membersOf(input: unknown): readonly unknown[] {
  if (typeof input !== "object" || input === null) return [];
  const isWrapped = Array.isArray(input) && "outerWrapper" in input && input.length > 0;
  return isWrapped ? membersOf((input as unknown[])[0]) : Object.values(input);
}

function leavesOf(list: readonly unknown[]): number {
  return list.reduce<number>((sum, item) => sum + (Array.isArray(item) ? leavesOf(item) : 1), 0);
}

function comparedSize(value: unknown): number {
  return typeof value === "object" ? sizeOf(value, measured, limits.comparedSize) : 0;
}

function isLarger(value: unknown, most: number): boolean {
  return typeof value === "object" && value !== null && sizeOf(value, measured, most) > most;
}

/** Doubling a text or an object is caught at the first step too far. */
function refuseOversize(node: AstNode, result: unknown): void {
  if (typeof result === "string") refuseIf(result.length > limits.textLength, tooLong);
  else if (builds(node)) refuseIf(isLarger(result, limits.structureSize));
}

const tooLong = `the text is longer than ${limits.textLength} characters.`;

function builds({ type }: AstNode): boolean {
  return type === "path" || type === "unary" || type === "function";
}

function refuseIf(refused: boolean, sentence = "the list or object is too large."): void {
  if (refused) throw MappingSignal.bound(sentence);
}
