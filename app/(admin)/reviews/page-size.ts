/** Reviews on one page of a list. */
export const reviewPageSize = 25;
