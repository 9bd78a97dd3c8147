/**
 * What reductions and tax rates are called everywhere. A venue's own tariffs and codes of taxes wait on the maps' pages as they
 * come, to be given their percentage there. Values are numbers, so that they fit fields for numbers, amounts and percentages.
 */
export const discountPercentages: Readonly<Record<string, number>> = {
  "Full price": 0,
  Free: 100,
  Invitation: 100,
};

export const taxPercentages: Readonly<Record<string, number>> = {
  Exempt: 0,
  "Tax free": 0,
  "Zero-rated": 0,
};
