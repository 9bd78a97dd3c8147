import { expect, test } from "vitest";
import { inverseOf } from "@/lib/core/mapping/back/inverse";
import { inverseSentence } from "./inverse-words";

test.each([
  [
    "individualContact.individualFirstName",
    "What people edit goes into individualContact/individualFirstName.",
  ],
  ["address[main][0].town", "What people edit goes into address(main)/town."],
  ["address[0].town", "What people edit goes into address(1)/town."],
  [
    '$opposite(authorizations[authorizationCode="EMAIL"][0].authorized)',
    "What people edit goes into authorizations(authorizationCode=EMAIL)/authorized, as its opposite.",
  ],
  [
    '$valueMap("titles", individualContact.title)',
    "What people edit goes into individualContact/title, as the value map “titles” says the other way round.",
  ],
  [
    "$date(individualContact.birthDate)",
    "What people edit goes into individualContact/birthDate, as S-360 writes dates.",
  ],
  [
    "$lines(address.line1, address.line2, address.line3)",
    "Its lines go one by one into address/line1, address/line2 and address/line3.",
  ],
])("an edit of %s is told with the place it goes to", (expression, sentence) => {
  const answer = inverseOf(expression, null);
  expect(answer.ok && inverseSentence(answer.inverse)).toBe(sentence);
});
