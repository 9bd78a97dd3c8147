import { compileAutomation } from "../automation/compile-automation";
import { compileMatches } from "../duplicates/compile-rule";
import type { Schema } from "../model/schema";
import type { Org } from "../org/org";
import { compileFormula, compileRule } from "../write/validations/compile-rule";

/** What an org has that speaks of its objects and fields. */
interface Use {
  /** Id of the rule or automation; `object.field` of a formula field. */
  where: string;
  /** @throws Error with a sentence when the schema lacks what this speaks of */
  compile: (schema: Schema) => void;
}

/**
 * The first validation rule, duplicate rule, automation or formula field that works with one schema and no longer with
 * another. Compiling finds what a search for names cannot: a field of Contact as person accounts show it, and what lies
 * beyond a lookup.
 */
export function brokenUse(org: Org, before: Schema, after: Schema): string | undefined {
  return [...settingsOf(org), ...formulaFieldsOf(after)].find(
    (use) => works(use, before) && !works(use, after),
  )?.where;
}

function settingsOf(org: Org): Use[] {
  return [
    ...org.validationRules.map((rule): Use => ({
      where: rule.id,
      compile: (schema) => compileRule(schema, rule),
    })),
    ...org.duplicateRules
      .list()
      .map((rule): Use => ({ where: rule.id, compile: (schema) => compileMatches(schema, rule) })),
    ...org.automations.map(({ stored }): Use => ({
      where: stored.id,
      compile: (schema) => compileAutomation(schema, stored),
    })),
  ];
}

/** Those of person accounts stand on Contact. */
function formulaFieldsOf(after: Schema): Use[] {
  return after.objects.flatMap(({ name, model }) =>
    model.fields.flatMap((field): Use[] => {
      const { formula } = field;
      if (formula === null || field.mirrors !== null) return [];
      const compile = (schema: Schema) => {
        const object = schema.find(name);
        if (object) compileFormula(schema, object, formula);
      };
      return [{ where: `${name}.${field.name}`, compile }];
    }),
  );
}

/** The sentence of the error is of no use here: the answer is the place. */
function works({ compile }: Use, schema: Schema): boolean {
  try {
    compile(schema);
    return true;
  } catch {
    return false;
  }
}
