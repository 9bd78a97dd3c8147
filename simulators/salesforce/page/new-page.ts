import { listPath, newPath, recordPath } from "./addresses";
import { formSections } from "./form-fields";
import { entriesOfForm, entryOf, type FormEntries } from "./form-values";
import { frame } from "./frame";
import { html } from "./html";
import type { Section } from "./layouts";
import { missingPage, refusedPage } from "./message-page";
import { nameOf, redirectWithToast, type PageCall, type PageReply } from "./page-call";
import { formPage, type RecordForm } from "./record-form";
import { saveForm } from "./save-form";
import type { SObject } from "../model/schema";
import type { FieldModel, RecordTypeModel } from "../model/types";

/** The form for a new record; for an object with several record types, first the choice of one. */
export function newPage(call: PageCall, objectName = ""): PageReply {
  const object = call.schema.find(objectName);
  if (!object) return missingPage(call);
  if (!object.model.createable) return refusedPage(call);
  const type = recordTypeOf(call, object, call.query.get("recordTypeId"));
  if (object.model.recordTypes.length > 1 && !type) return recordTypePage(call, object);
  const sections = formSections(object, type?.isPersonType ?? false, "new");
  return formPage(call, formOf(call, object, type, sections, defaultEntries(call, fieldsIn(sections))));
}

/** Creates the record of a posted form, and shows it; a form that was refused comes back with what is wrong. */
export function saveNew(call: PageCall, objectName = ""): PageReply {
  const { form, org } = call;
  const object = call.schema.find(objectName);
  if (!object) return missingPage(call);
  if (!object.model.createable) return refusedPage(call);
  const type = recordTypeOf(call, object, form.get("_recordType"));
  const isPerson = type?.isPersonType ?? false;
  const sections = formSections(object, isPerson, "new");
  const fields = fieldsIn(sections);
  const entries = entriesOfForm(form, fields);
  const saved = saveForm(call, {
    object,
    isPerson,
    fields,
    entries,
    extra: type ? { RecordTypeId: org.recordTypeId(object.name, type.developerName) } : {},
    allowDuplicates: form.has("_allowDuplicates"),
  });
  if ("troubles" in saved) {
    const page = formOf(call, object, type, sections, entries);
    return formPage(call, { ...page, troubles: saved.troubles });
  }
  org.recentlyViewed.add(call.userId, saved.id);
  const row = org.store.table(object).get(saved.id) ?? { Id: saved.id };
  const message = html`${object.model.label}
    <a href="${recordPath(object.name, saved.id)}">“${nameOf(object, row)}”</a> was created.`;
  const path = form.get("_then") === "new" ? newPath(object.name) : recordPath(object.name, saved.id);
  return redirectWithToast(call, path, { kind: "success", message });
}

function formOf(
  call: PageCall,
  object: SObject,
  type: RecordTypeModel | undefined,
  sections: readonly Section[],
  entries: FormEntries,
): RecordForm {
  const recordTypeId = type && call.org.recordTypeId(object.name, type.developerName);
  return {
    object,
    title: type ? `New ${object.model.label}: ${type.name}` : `New ${object.model.label}`,
    isPerson: type?.isPersonType ?? false,
    sections,
    entries,
    hidden: recordTypeId === undefined ? {} : { _recordType: recordTypeId },
    cancelPath: listPath(object.name),
    second: { label: "Save & New", value: "new" },
  };
}

function fieldsIn(sections: readonly Section[]): FieldModel[] {
  return sections.flatMap((section) => section.fields);
}

/** What the model gives a new record, and over it Lightning's `defaultFieldValues=AccountId=001…,Phone=…`. */
function defaultEntries(call: PageCall, fields: readonly FieldModel[]): FormEntries {
  const given = new Map(
    (call.query.get("defaultFieldValues") ?? "").split(",").map((pair): [string, string] => {
      const [name = "", ...value] = pair.split("=");
      return [name.trim().toLowerCase(), value.join("=")];
    }),
  );
  return new Map(
    fields.map((field) => {
      const value = given.get(field.name.toLowerCase());
      const listed = field.picklistValues.find(({ isDefault, isActive }) => isDefault && isActive)?.value;
      return [field.name, entryOf(call, field, value ?? field.defaultValue ?? listed ?? null)];
    }),
  );
}

function recordTypeOf(call: PageCall, object: SObject, id: string | null): RecordTypeModel | undefined {
  return object.model.recordTypes.find(
    ({ developerName }) => id !== null && call.org.recordTypeId(object.name, developerName) === id,
  );
}

function recordTypePage(call: PageCall, object: SObject): PageReply {
  const title = `New ${object.model.label}`;
  const defaults = call.query.get("defaultFieldValues");
  const content = html`<section class="card window narrow">
    <header><h1>${title}</h1></header>
    <form action="${newPath(object.name)}">
      ${defaults === null ? "" : html`<input type="hidden" name="defaultFieldValues" value="${defaults}" />`}
      <fieldset class="section">
        <legend>Select a record type</legend>
        <div class="boxes">
          ${object.model.recordTypes.map(
            ({ developerName, name, isDefault }) =>
              html`<label
                ><input
                  type="radio"
                  name="recordTypeId"
                  value="${call.org.recordTypeId(object.name, developerName)}"
                  ${isDefault ? html`checked` : ""}
                />
                ${name}</label
              >`,
          )}
        </div>
      </fieldset>
      <footer>
        <a class="button" href="${listPath(object.name)}">Cancel</a>
        <button class="button brand">Next</button>
      </footer>
    </form>
  </section>`;
  return { status: 200, html: frame(call, title, content, { active: object }) };
}
