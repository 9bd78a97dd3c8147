/** Record ids have a form of 15 characters and one of 18, which adds what case would be lost (SOAP API guide, "ID field type"). */

const SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const SHORT_ID = /^[A-Za-z0-9]{15}$/;

/** The form of 18 characters, in which the org gives the ids of records; what is not a short id comes back as it is. */
export function fullId(id: string): string {
  if (!SHORT_ID.test(id)) return id;
  const suffix = [0, 5, 10].map((start) => {
    const capitals = [...id.slice(start, start + 5)].map((character) => /[A-Z]/.test(character));
    return SUFFIX.charAt(
      capitals.reduce((bits, capital, position) => bits + (capital ? 2 ** position : 0), 0),
    );
  });
  return id + suffix.join("");
}
