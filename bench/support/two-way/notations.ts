/** Phones and days in a form that both systems' notations lead to. */

/** The digits with their country: `41 / 079 123 45 67`, `+41 79 123 45 67` → `41791234567`. Swiss numbers only. */
export function phoneOf(value: unknown): string | null {
  if (typeof value !== "string" || value.trim() === "") return null;
  const [prefix, national] = value.split(" / ");
  if (national === undefined) return value.replace(/\D/g, "").replace(/^00/, "");
  return `${prefix}${national.replace(/\D/g, "").replace(/^0/, "")}`;
}

const zurichDay = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Zurich" });
const zurichTime = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Zurich",
  dateStyle: "short",
  timeStyle: "medium",
});

/** The day in Zurich at an instant of S-360. */
export function dayOf(instant: unknown): string | null {
  return typeof instant === "string" && instant !== "" ? zurichDay.format(new Date(instant)) : null;
}

/** The instant at which a day begins in Zurich, as S-360 writes it. */
export function birthdayOf(day: string): string {
  const midnights = ["+01:00", "+02:00"].map((offset) => new Date(`${day}T00:00:00${offset}`));
  const begins = midnights.find((moment) => zurichTime.format(moment) === `${day} 00:00:00`);
  if (!begins) throw new Error(`${day} does not begin at midnight`);
  return begins.toISOString().replace("Z", "+00:00");
}

const dayMs = 24 * 3_600_000;

/** Another day for each edit, since 1950. */
export function dayOfEdit(n: number): string {
  return new Date(Date.UTC(1950, 0, 1) + n * dayMs).toISOString().slice(0, 10);
}
