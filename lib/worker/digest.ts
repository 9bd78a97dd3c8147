/**
 * The mail about what waits under Reviews: kinds, counts and record numbers with links. Never names, addresses, values or
 * the reviews' own sentences, which may hold some: a mailbox is not the database (design §2.10). Pure.
 */
import { faultTable, type FaultActor } from "@/lib/core/faults";
import { kindTable } from "@/lib/core/kinds";
import { faultsOf, reviewTable } from "@/lib/core/review-table";
import { reviewKinds, type ReviewKind } from "@/lib/core/reviews";
import type { Kind } from "@/lib/core/words";

export interface DigestLine {
  readonly reviewId: number;
  /** Null when the review is about many, or about none. */
  readonly record: {
    readonly id: number;
    readonly kind: Kind | null;
    readonly key: string;
    /** Given while S-360 has no number for it yet. */
    readonly salesforceId: string | null;
  } | null;
  /** Of a mass change: how many records it holds. */
  readonly records: number | null;
}

export interface DigestGroup {
  readonly kind: ReviewKind;
  readonly count: number;
  /** The first of them. */
  readonly lines: readonly DigestLine[];
}

export interface DigestInput {
  readonly institution: string;
  /** Of the connection, as people know it. */
  readonly name: string;
  readonly publicUrl: string;
  readonly groups: readonly DigestGroup[];
}

export interface Digest {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export function digest(input: DigestInput): Digest {
  const groups = [...input.groups].sort((a, b) => reviewKinds.indexOf(a.kind) - reviewKinds.indexOf(b.kind));
  const subject = subjectOf(input.name, groups);
  const parts = groups.map((group) => partOf(input, group));
  const all = linkTo(input, "/reviews");
  const why = `You get this mail because your address is listed in the settings of the connection ${input.institution} (tell).`;
  return {
    subject,
    text: [
      `${subject}.`,
      ...parts.map(({ title, actor, lines, more }) =>
        [title, actor, ...lines.map(({ words, url }) => `- ${words}: ${url}`), ...(more ? [more] : [])].join(
          "\n",
        ),
      ),
      `All of them: ${all}`,
      why,
    ].join("\n\n"),
    html: [
      `<p><strong>${escaped(subject)}.</strong></p>`,
      ...parts.map(htmlOf),
      `<p>${anchor(all, "All of them")}</p>`,
      `<p><small>${escaped(why)}</small></p>`,
    ].join("\n"),
  };
}

function subjectOf(name: string, groups: readonly DigestGroup[]): string {
  const sum = (told: boolean) =>
    groups.filter(({ kind }) => (kind === "told") === told).reduce((total, { count }) => total + count, 0);
  const waiting = sum(false);
  if (waiting > 0) return `${waiting} ${waiting === 1 ? "thing waits" : "things wait"} for you at ${name}`;
  const notices = sum(true);
  return `${notices} ${notices === 1 ? "notice" : "notices"} for you from ${name}`;
}

interface Part {
  readonly title: string;
  readonly actor: string;
  readonly lines: readonly { readonly words: string; readonly url: string }[];
  readonly more: string | null;
}

function partOf(input: DigestInput, { kind, count, lines }: DigestGroup): Part {
  const left = count - lines.length;
  return {
    title: `${reviewTable[kind].title} (${count})`,
    actor: actorWords[actorOf(kind)],
    lines: lines.map((line) => ({ words: wordsOf(line), url: addressOf(input, line) })),
    more: left > 0 ? `and ${left} more` : null,
  };
}

const actorWords: Readonly<Record<FaultActor, string>> = {
  "crm-admin": "The CRM administrator decides.",
  "box-office": "The box office must look into S-360 first; then the CRM administrator decides.",
  it: "IT must act.",
  nobody: "Nobody needs to act.",
};

function actorOf(kind: ReviewKind): FaultActor {
  if (kind === "told") return "nobody";
  if (kind === "trouble") return "it";
  const [code] = faultsOf(kind);
  return code ? faultTable[code].actor : "crm-admin";
}

function wordsOf({ record, records }: DigestLine): string {
  if (records !== null) return `${records} ${records === 1 ? "record" : "records"}`;
  if (!record) return "The connection as a whole";
  if (record.salesforceId !== null) return `Salesforce record ${record.salesforceId}`;
  return `${record.kind ? kindTable[record.kind].label : "Contact"} ${record.key}`;
}

function addressOf(input: DigestInput, { reviewId, record }: DigestLine): string {
  return record
    ? linkTo(input, `/records/${record.id}`)
    : linkTo(input, "/reviews", { review: String(reviewId) });
}

function linkTo(
  { publicUrl, institution }: DigestInput,
  path: string,
  query: Readonly<Record<string, string>> = {},
): string {
  return `${publicUrl}${path}?${new URLSearchParams({ connection: institution, ...query }).toString()}`;
}

function htmlOf({ title, actor, lines, more }: Part): string {
  const items = lines.map(({ words, url }) => `<li>${anchor(url, words)}</li>`);
  if (more) items.push(`<li>${escaped(more)}</li>`);
  return `<h3>${escaped(title)}</h3>\n<p>${escaped(actor)}</p>\n<ul>${items.join("")}</ul>`;
}

function anchor(url: string, words: string): string {
  return `<a href="${escaped(url)}">${escaped(words)}</a>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
