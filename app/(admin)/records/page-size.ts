/** Records on one page of the list. */
export const pageSize = 50;

/** Entries on one page of a timeline. */
export const timelineSize = 25;
