/** Examples of short form with the venue's own values. Pure. */
import type { EditorSource } from "./source";

export interface Example {
  readonly text: string;
  readonly means: string;
}

export function examplesOf({
  paths,
  valueMaps,
}: Pick<EditorSource, "paths" | "valueMaps">): readonly Example[] {
  const plain = paths.filter((path) => !path.includes("("));
  const [first = "contactNumber", second = "function"] = plain.filter((path) => /[./]/.test(path));
  const flagged = paths.find((path) => /\([^=]+\)/.test(path));
  const coded =
    paths.find((path) => /=.*\)[./](allowed|value)$/.test(path)) ?? paths.find((path) => path.includes("="));
  const neighbour =
    flagged && paths.find((path) => path !== flagged && path.startsWith(flagged.replace(/[^./]+$/, "")));
  const [map] = valueMaps;
  return [
    { text: first, means: "One value. Points and slashes mean the same." },
    ...(flagged ? [{ text: flagged, means: "Of a list, the first element whose flag is set." }] : []),
    ...(coded ? [{ text: coded, means: "Of a list, the first element with this code." }] : []),
    ...(coded?.endsWith("allowed") ? [{ text: `!${coded}`, means: "The opposite: yes becomes no." }] : []),
    {
      text: `${first} + ${second}`,
      means: "Two values with a space between; an empty one is left out with its space.",
    },
    { text: `${first} + ", " + ${second}`, means: "With another text between them." },
    ...(flagged && neighbour ? [{ text: `${flagged} + EOL + ${neighbour}`, means: "On a line each." }] : []),
    ...(map ? [{ text: `valueMap(${map}, ${first})`, means: "A code looked up in a value map." }] : []),
    { text: `first(${first}, ${second})`, means: "The first of them that is not empty." },
    { text: '"From S-360"', means: "Always this text." },
  ];
}
