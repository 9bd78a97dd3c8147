import type { PermissionSetSource } from "./permission-set-source";
import { withCustomFields, personFieldOf } from "../model/custom-objects";
import { Schema } from "../model/schema";
import type { FieldModel, ObjectModel } from "../model/types";

/**
 * The org as a deployment would leave it. Components change the draft one after the other, later ones see what earlier
 * ones did; the org itself is changed at the end, or not at all.
 */
export class Draft {
  readonly permissionSets = new Map<string, PermissionSetSource>();
  readonly removedPermissionSets = new Set<string>();
  /** Objects that were there before; one that is created again starts without rows. */
  readonly removedObjects = new Set<string>();
  /** `object.field`, of fields that were there before. */
  readonly removedFields: { object: string; field: string }[] = [];
  private readonly changed = new Map<string, ObjectModel>();
  private current: Schema;

  constructor(
    private readonly before: Schema,
    readonly tabs: Set<string>,
  ) {
    this.current = before;
  }

  get schema(): Schema {
    return this.current;
  }

  /** Objects that are new or not as they were. */
  get changedModels(): ObjectModel[] {
    return [...this.changed.values()];
  }

  putObject(model: ObjectModel): void {
    this.changed.set(model.name.toLowerCase(), model);
    this.current = this.current.with([model]);
  }

  /** A field of Contact shows on Account too, where the org has person accounts. */
  putField(object: ObjectModel, field: FieldModel): void {
    this.putObject(withCustomFields(object, [field]));
    const account = this.personAccountOf(object);
    if (account) this.putObject(withCustomFields(account, [personFieldOf(field)]));
  }

  removeField(object: ObjectModel, field: FieldModel): void {
    for (const { model, name } of this.placesOf(object, field)) {
      this.putObject(withoutField(model, name));
      if (this.before.find(model.name)?.field(name)) {
        this.removedFields.push({ object: model.name, field: name });
      }
    }
  }

  /** The schema as it would be without this field; the draft stays as it is. */
  schemaWithoutField(object: ObjectModel, field: FieldModel): Schema {
    return this.current.with(
      this.placesOf(object, field).map(({ model, name }) => withoutField(model, name)),
    );
  }

  /** Where a field shows: on its object, and one of Contact on Account too. */
  private placesOf(object: ObjectModel, field: FieldModel): { model: ObjectModel; name: string }[] {
    const account = this.personAccountOf(object);
    const own = { model: object, name: field.name };
    return account ? [own, { model: account, name: personFieldOf(field).name }] : [own];
  }

  removeObject(object: ObjectModel): void {
    this.changed.delete(object.name.toLowerCase());
    if (this.before.find(object.name)) this.removedObjects.add(object.name);
    this.current = this.current.without([object.name]);
  }

  private personAccountOf(object: ObjectModel): ObjectModel | undefined {
    const hasPersons = this.current.shape.personAccounts && object.name === "Contact";
    return hasPersons ? this.current.find("Account")?.model : undefined;
  }
}

function withoutField(model: ObjectModel, name: string): ObjectModel {
  return { ...model, fields: model.fields.filter((field) => field.name !== name) };
}
