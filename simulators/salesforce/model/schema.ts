import { accountObject } from "./account";
import { contactObject } from "./contact";
import { withCurrency } from "./currencies";
import { OPPORTUNITY } from "./opportunity";
import { PRODUCT } from "./product";
import { PERMISSION_OBJECTS } from "./permission-objects";
import { secutixSaleObject, syncIdField } from "./secutix-package";
import { setupObjects } from "./setup-objects";
import type { FieldModel, ObjectModel } from "./types";

/** What kind of org this is. */
export interface OrgShape {
  personAccounts: boolean;
  /** Namespace of the SecuTix package with its two underscores (`secutix__`), or empty. */
  prefix: string;
  /** Whether SecutixSale and the SyncId fields exist. */
  secutixPackage: boolean;
  /** CurrencyIsoCode on every object with amounts. */
  multiCurrency: boolean;
  /** Addresses carry State and Country as codes from a list. */
  stateCountryPicklists: boolean;
}

export interface ChildRelationship {
  readonly child: SObject;
  readonly field: FieldModel;
}

/** An object of the org with its lookups by name, case-insensitive as in Salesforce. */
export class SObject {
  readonly children: ChildRelationship[] = [];
  private readonly byName = new Map<string, FieldModel>();
  private readonly byRelationship = new Map<string, FieldModel>();

  constructor(readonly model: ObjectModel) {
    for (const field of model.fields) {
      this.byName.set(field.name.toLowerCase(), field);
      if (field.relationshipName) this.byRelationship.set(field.relationshipName.toLowerCase(), field);
    }
  }

  get name(): string {
    return this.model.name;
  }

  field(name: string): FieldModel | undefined {
    return this.byName.get(name.toLowerCase());
  }

  relationship(name: string): FieldModel | undefined {
    return this.byRelationship.get(name.toLowerCase());
  }
}

export class Schema {
  readonly objects: readonly SObject[];
  private readonly byName = new Map<string, SObject>();
  private readonly byKeyPrefix = new Map<string, SObject>();

  constructor(
    readonly shape: OrgShape,
    models: readonly ObjectModel[] = modelsOf(shape),
  ) {
    this.objects = models.map((model) => new SObject(model));
    for (const object of this.objects) {
      this.byName.set(object.name.toLowerCase(), object);
      this.byKeyPrefix.set(object.model.keyPrefix, object);
    }
    for (const child of this.objects) {
      for (const field of child.model.fields) {
        for (const target of field.referenceTo) this.find(target)?.children.push({ child, field });
      }
    }
  }

  /** This schema with objects added, or put in the place of those of the same name. */
  with(models: readonly ObjectModel[]): Schema {
    const replaced = new Map(models.map((model) => [model.name.toLowerCase(), model]));
    const kept = this.objects.map(({ model }) => take(replaced, model.name.toLowerCase()) ?? model);
    return new Schema(this.shape, [...kept, ...replaced.values()]);
  }

  /** This schema without the objects of these names. */
  without(names: readonly string[]): Schema {
    const gone = new Set(names);
    return new Schema(
      this.shape,
      this.objects.map(({ model }) => model).filter(({ name }) => !gone.has(name)),
    );
  }

  find(name: string): SObject | undefined {
    return this.byName.get(name.toLowerCase());
  }

  /** The object that a record id belongs to, by its first three characters. */
  ofId(id: string): SObject | undefined {
    return this.byKeyPrefix.get(id.slice(0, 3));
  }

  /** The object with this name; for objects that every org has. */
  standard(name: "Account" | "Contact" | "RecordType" | "User" | "Organization"): SObject {
    const object = this.find(name);
    if (!object) throw new Error(`The schema has no ${name}.`);
    return object;
  }
}

function take<Value>(map: Map<string, Value>, key: string): Value | undefined {
  const value = map.get(key);
  map.delete(key);
  return value;
}

function modelsOf(shape: OrgShape): ObjectModel[] {
  const packageFields = shape.secutixPackage ? [prefixField(syncIdField(), shape.prefix)] : [];
  const records = [
    accountObject(shape, packageFields),
    contactObject(shape, packageFields),
    OPPORTUNITY,
    PRODUCT,
    ...(shape.secutixPackage ? [prefixObject(secutixSaleObject(), shape.prefix)] : []),
  ];
  return [
    ...(shape.multiCurrency ? records.map(withCurrency) : records),
    ...setupObjects(shape),
    ...PERMISSION_OBJECTS,
  ];
}

function prefixObject(model: ObjectModel, prefix: string): ObjectModel {
  return {
    ...model,
    name: `${prefix}${model.name}`,
    fields: model.fields.map((field) => (field.custom ? prefixField(field, prefix) : field)),
  };
}

function prefixField(field: FieldModel, prefix: string): FieldModel {
  return {
    ...field,
    name: `${prefix}${field.name}`,
    relationshipName: field.relationshipName && `${prefix}${field.relationshipName}`,
    childRelationshipName: field.childRelationshipName && `${prefix}${field.childRelationshipName}`,
  };
}
