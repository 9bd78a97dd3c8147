/** From the lines of a text in Salesforce to the members S-360 keeps them in (`$lines`). */
import type { CanonicalValue } from "../../side";
import { isPresent } from "../functions/functions";
import { commonLines, type Pair } from "./common-lines";
import { like, listThere, refused, type TurnedBack } from "./inverse-values";

/** A member of `$lines`. */
export interface LineMember {
  readonly name: string;
  /** Members of one kind are the lines of one thing, as street1 and street2 are: a line may stand in any of them. */
  readonly kind: string;
  /** What the contact holds there now; undefined when nothing. */
  readonly present: unknown;
}

type LinesBack =
  | { readonly kind: "put"; readonly raws: readonly unknown[]; readonly expected: CanonicalValue }
  | Extract<TurnedBack, { kind: "refused" }>;

/**
 * What each member is to hold. Blank lines are dropped, as they are on the way to Salesforce. A line that a member holds
 * stays in it; between those, as many lines as there were take their places, and other lines free members. Where it is not
 * certain whether a line is one or another thing, nothing is put.
 */
export function linesBack(value: CanonicalValue, members: readonly LineMember[]): LinesBack {
  if (members.some(({ present }) => typeof present === "object" && present !== null))
    return refused("not_expressible", listThere);
  const lines = filledLines(value);
  const held = members.flatMap(({ present }, member) =>
    filledLines(present).map((line) => ({ line, member })),
  );
  if (lines.length > held.length + members.length) return tooMany(lines, members);
  const common = commonLines(
    held.map(({ line }) => line),
    lines,
  );
  const first = laidOut(lines.length, held, common.first, members);
  const last = laidOut(lines.length, held, common.last, members);
  const laid = first ?? last;
  const isOneKind = members.every((_, member) => runOf(members, member) === 0);
  if (!laid) return isOneKind || lines.length > members.length ? tooMany(lines, members) : uncertain(members);
  const isCertain =
    first !== null && last !== null && first.every((to, at) => sameKind(members, to, last[at]));
  if (!isOneKind && !isCertain) return uncertain(members);
  const raws = members.map(({ present }, member) => {
    const own = lines.filter((_, at) => laid[at] === member);
    if (own.length === 0) return null;
    const stays = own.join("\n") === filledLines(present).join("\n");
    return stays ? present : like(present, own.join("\n"));
  });
  return { kind: "put", raws, expected: lines.length === 0 ? null : lines.join("\n") };
}

interface HeldLine {
  readonly line: string;
  /** Its place in the list of members. */
  readonly member: number;
}

/** The member of each line; null where there is no room for one, or where it could be one or another thing. */
function laidOut(
  count: number,
  held: readonly HeldLine[],
  kept: readonly Pair[],
  members: readonly LineMember[],
): readonly number[] | null {
  const laid: number[] = [];
  const moved = new Set<number>();
  let [fromHeld, fromLine] = [0, 0];
  for (const [heldAt, lineAt] of [...kept, [held.length, count] as const]) {
    const added = lineAt - fromLine;
    const lost = held.slice(fromHeld, heldAt).map(({ member }) => member);
    const between = { from: held[fromHeld - 1]?.member ?? -1, to: held[heldAt]?.member ?? members.length };
    const places = added === lost.length ? lost : freePlaces(added, lost, between, members);
    if (places) for (const place of places) laid.push(place);
    else {
      // Lines of the same kind may make room.
      const run = runOf(members, Math.max(between.from, 0));
      if (run !== runOf(members, Math.min(between.to, members.length - 1))) return null;
      moved.add(run);
      for (let more = 0; more < added; more++) laid.push(run);
    }
    const keptIn = held[heldAt]?.member;
    if (keptIn !== undefined) laid.push(keptIn);
    [fromHeld, fromLine] = [heldAt + 1, lineAt + 1];
  }
  return [...moved].reduce<readonly number[] | null>((all, run) => all && oneEach(all, run, members), laid);
}

interface Between {
  readonly from: number;
  readonly to: number;
}

/** Places for lines that are not as many as those that are gone: theirs first, then empty ones. */
function freePlaces(
  added: number,
  lost: readonly number[],
  { from, to }: Between,
  members: readonly LineMember[],
): readonly number[] | null {
  const free = members.map((_, member) => member).filter((member) => member > from && member < to);
  const choice = [...new Set([...free, ...lost])];
  const isOneKind = choice.every((member) => sameKind(members, member, choice[0]));
  const isOneEach = choice.length === free.length && added === free.length;
  if (added > free.length || (added > 0 && !isOneKind && !isOneEach)) return null;
  const [were, empty] = [free.filter((at) => lost.includes(at)), free.filter((at) => !lost.includes(at))];
  return [...were, ...empty].slice(0, added).toSorted((a, b) => a - b);
}

/** The lines of members of one kind go by their order, one into each. */
function oneEach(
  laid: readonly number[],
  run: number,
  members: readonly LineMember[],
): readonly number[] | null {
  let next = run;
  const moved = laid.map((member) => (runOf(members, member) === run ? next++ : member));
  const size = members.filter((_, member) => runOf(members, member) === run).length;
  return next - run > size ? null : moved;
}

/** Members of one kind that stand next to each other: the place of the first. */
function runOf(members: readonly LineMember[], member: number): number {
  let first = member;
  while (first > 0 && sameKind(members, first - 1, member)) first--;
  return first;
}

function sameKind(members: readonly LineMember[], one: number, other: number | undefined): boolean {
  return other !== undefined && members[one]?.kind === members[other]?.kind;
}

function filledLines(value: unknown): readonly string[] {
  if (!isPresent(value)) return [];
  const lines = String(value).split(/\r\n?|\n/);
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}

function tooMany(lines: readonly string[], members: readonly LineMember[]): LinesBack {
  return refused(
    "not_expressible",
    `The text has ${lines.length} lines, and S-360 holds ${members.length}. Put some of them on one line.`,
  );
}

function uncertain(members: readonly LineMember[]): LinesBack {
  const names = members.map(({ name }) => name);
  return refused(
    "not_expressible",
    `It is not certain which of ${names.slice(0, -1).join(", ")} and ${names.at(-1)} each line is. ` +
      "Change one line at a time, or change it in S-360.",
  );
}
