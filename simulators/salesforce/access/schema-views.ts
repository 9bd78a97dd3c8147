import { accessOf, permissionObject, type UserAccess } from "./user-access";
import { visibleSchema } from "./visible-schema";
import type { Schema } from "../model/schema";
import type { Store } from "../org/store";

const RIGHTS_COME_FROM = [
  "User",
  "PermissionSet",
  "PermissionSetAssignment",
  "ObjectPermissions",
  "FieldPermissions",
];

interface View {
  access: UserAccess;
  schema: Schema;
}

/** What each user may see, worked out once and again after a change of the schema or of a row that gives rights. */
export class SchemaViews {
  private readonly views = new Map<string, View>();
  private madeFor: { schema: Schema; revision: number } | undefined;

  constructor(
    private readonly store: Store,
    /** Profile ids by user id, of the users that a new org has. */
    private readonly firstProfiles: ReadonlyMap<string, string>,
  ) {}

  schemaFor(schema: Schema, userId: string): Schema {
    return this.view(schema, userId).schema;
  }

  accessOf(schema: Schema, userId: string): UserAccess {
    return this.view(schema, userId).access;
  }

  private view(schema: Schema, userId: string): View {
    this.forgetWhatIsOld(schema);
    const known = this.views.get(userId);
    if (known) return known;
    const access = accessOf(schema, this.store, userId, this.firstProfiles.get(userId));
    const view = { access, schema: visibleSchema(schema, access) };
    this.views.set(userId, view);
    return view;
  }

  private forgetWhatIsOld(schema: Schema): void {
    let revision = 0;
    for (const name of RIGHTS_COME_FROM) {
      revision += this.store.table(permissionObject(schema, name)).revision;
    }
    if (this.madeFor?.schema === schema && this.madeFor.revision === revision) return;
    this.views.clear();
    this.madeFor = { schema, revision };
  }
}
