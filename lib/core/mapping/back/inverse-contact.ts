/** Finding a place in a contact and putting something there, in a copy that shares all that was not touched. */
import type { Contact } from "../../contact-side";
import { isPresent } from "../functions/functions";
import type { Condition, Place, PlaceStep } from "./inverse-place";

type Json = Readonly<Record<string, unknown>>;

/** A key of a group, or a position in a list with what a new element there begins with. */
type Key = string | { readonly position: number; readonly fresh: Json };

export interface Spot {
  readonly keys: readonly Key[];
  /** What is there now; undefined when nothing is, not even null. */
  readonly present: unknown;
}

/** Null when the contact holds something else on the way than the place says: a text, a list in a list. */
export function locate(contact: Contact, place: Place): Spot | null {
  const keys: Key[] = [];
  let here: Json = contact;
  let isNew = false;
  for (const [index, step] of place.steps.entries()) {
    const value = own(here, step.name) ?? (step.list ? [] : {});
    keys.push(step.name);
    if (Array.isArray(value)) {
      const list: readonly unknown[] = value;
      const position = chosen(list, step, (element) =>
        read(element, place.steps.slice(index + 1), place.member).some(isPresent),
      );
      const fresh: Json = Object.fromEntries(step.where.map(({ name, value: code }) => [name, code]));
      isNew = position >= list.length;
      const element = isNew ? fresh : list[position];
      if (!isGroup(element)) return null;
      keys.push({ position, fresh });
      here = element;
    } else if (isGroup(value) && step.where.every((condition) => meets(value, condition))) {
      here = value;
    } else {
      return null;
    }
  }
  return { keys: [...keys, place.member], present: isNew ? undefined : own(here, place.member) };
}

/** Nothing is added to say that there is nothing: the contact itself comes back. */
export function put(contact: Contact, { keys, present }: Spot, raw: unknown): Contact {
  if (raw === present || (raw === null && !isPresent(present))) return contact;
  return write(contact, keys, raw) as Contact;
}

function write(value: unknown, [key, ...further]: readonly Key[], raw: unknown): unknown {
  if (key === undefined) return raw;
  if (typeof key === "string") {
    const group = isGroup(value) ? value : {};
    return { ...group, [key]: write(own(group, key), further, raw) };
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const element = key.position < list.length ? list[key.position] : key.fresh;
  const changed = write(element, further, raw);
  return [...list.slice(0, key.position), changed, ...list.slice(key.position + 1)];
}

/** Position of the element that the forward direction takes, else of the first that may be; the end for a new one. */
function chosen(list: readonly unknown[], step: PlaceStep, hasValue: (element: Json) => boolean): number {
  if (step.first && step.where.length === 0) return 0;
  const fitting = [...list.entries()].flatMap(([position, element]) =>
    isGroup(element) && step.where.every((condition) => meets(element, condition))
      ? [{ position, element }]
      : [],
  );
  const taken = step.first ? undefined : fitting.find(({ element }) => hasValue(element));
  return (taken ?? fitting[0])?.position ?? list.length;
}

/** What the rest of the path finds, in the order in which JSONata finds it. */
function read(value: unknown, [step, ...further]: readonly PlaceStep[], member: string): readonly unknown[] {
  if (Array.isArray(value))
    return value.flatMap((item: unknown) => read(item, step ? [step, ...further] : [], member));
  if (!isGroup(value)) return [];
  if (!step) return [own(value, member)].flat();
  const inside = [own(value, step.name)].flat();
  const fitting = inside.filter((item) =>
    step.where.every((condition) => isGroup(item) && meets(item, condition)),
  );
  return (step.first ? fitting.slice(0, 1) : fitting).flatMap((item) => read(item, further, member));
}

function meets(element: Json, { name, test, value }: Condition): boolean {
  const held = own(element, name);
  if (test === "equal") return held === value;
  return held === true || (typeof held === "string" && held !== "" && held !== "false");
}

function own(group: Json, name: string): unknown {
  return Object.hasOwn(group, name) ? group[name] : undefined;
}

function isGroup(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
