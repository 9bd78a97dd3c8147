/** The part of a query that finds records which are only alike: an OR of rules, each an AND of lists. */
import type { Likeness } from "@/lib/core/side";
import { fieldLiteral } from "./field-literal";
import { missingField, type ObjectPlan } from "./object-plan";
import { queryBytes, soqlName } from "./soql";

export const personFlag = "IsPersonAccount";

interface FieldList {
  readonly name: string;
  readonly is: "equal" | "like";
  readonly literals: Set<string>;
}

interface RuleList {
  readonly person: boolean | null;
  readonly fields: readonly FieldList[];
}

/**
 * What one query asks beside its keys. Records that a rule asks for share its lists, so that a country is named once; what
 * the lists find too much is sorted out by whoever asked.
 */
export class AlikeConditions {
  private readonly rules = new Map<string, RuleList>();

  constructor(private readonly plan: ObjectPlan) {}

  /** Bytes that these would add. */
  bytesOf(likenesses: readonly Likeness[]): number {
    return likenesses.reduce((sum, one) => sum + this.bytesOfOne(one), 0);
  }

  /** What no record can hold is left out. */
  add(likenesses: readonly Likeness[]): void {
    for (const likeness of likenesses) {
      const literals = this.literalsOf(likeness);
      if (!literals) continue;
      const rule = this.rules.get(signatureOf(likeness)) ?? {
        person: likeness.person,
        fields: likeness.fields.map(({ name, is }) => ({ name, is, literals: new Set<string>() })),
      };
      this.rules.set(signatureOf(likeness), rule);
      for (const [index, { literals: list }] of rule.fields.entries()) list.add(literals[index] ?? "");
    }
  }

  /** Each with a leading ` OR `. */
  soql(): string {
    return [...this.rules.values()].map((rule) => ` OR (${ruleSoql(rule, this.plan)})`).join("");
  }

  private bytesOfOne(likeness: Likeness): number {
    const literals = this.literalsOf(likeness);
    if (!literals) return 0;
    const rule = this.rules.get(signatureOf(likeness));
    const values = likeness.fields.map(({ name, is }, index) => {
      const literal = literals[index] ?? "";
      if (rule?.fields[index]?.literals.has(literal)) return 0;
      return queryBytes(is === "like" ? `${likeSoql(name, literal)} OR ` : `${literal},`);
    });
    const empty = rule ? 0 : queryBytes(` OR (${ruleSoql(emptyRule(likeness), this.plan)})`);
    return values.reduce((sum, bytes) => sum + bytes, empty);
  }

  private literalsOf({ fields }: Likeness): readonly string[] | null {
    const literals = fields.map(({ name, is, value }) => {
      const field = this.plan.fields.get(name);
      if (!field) throw missingField(this.plan.describe, name);
      return fieldLiteral(String(value), is === "like" ? { ...field, length: 0 } : field);
    });
    return literals.every((literal) => literal !== null) ? literals : null;
  }
}

function signatureOf({ fields, person }: Likeness): string {
  return `${person} ${fields.map(({ name, is }) => `${is} ${name}`).join(" ")}`;
}

function emptyRule({ fields, person }: Likeness): RuleList {
  return { person, fields: fields.map(({ name, is }) => ({ name, is, literals: new Set() })) };
}

function ruleSoql({ person, fields }: RuleList, plan: ObjectPlan): string {
  const parts = fields.map(({ name, is, literals }) =>
    is === "like"
      ? `(${[...literals].map((literal) => likeSoql(name, literal)).join(" OR ")})`
      : `${soqlName(name)} IN (${[...literals].join(",")})`,
  );
  if (person !== null && plan.fields.has(personFlag)) parts.push(`${personFlag} = ${person}`);
  return parts.join(" AND ");
}

function likeSoql(name: string, literal: string): string {
  return `${soqlName(name)} LIKE ${literal}`;
}
