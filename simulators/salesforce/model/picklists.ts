/** Values of standard picklists, as a new org has them. */
export const SALUTATIONS = ["Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx."];
export const LEAD_SOURCES = ["Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"];
export const PRONOUNS = ["He/Him", "She/Her", "They/Them", "He/They", "She/They", "Not Listed"];
export const GENDER_IDENTITIES = ["Male", "Female", "Nonbinary", "Not Listed"];
export const ACCOUNT_TYPES = [
  "Prospect",
  "Customer - Direct",
  "Customer - Channel",
  "Channel Partner / Reseller",
  "Installation Partner",
  "Technology Partner",
  "Other",
];
export const OWNERSHIPS = ["Public", "Private", "Subsidiary", "Other"];
export const RATINGS = ["Hot", "Warm", "Cold"];
export const CLEAN_STATUSES = [
  "Matched",
  "Different",
  "Acknowledged",
  "NotFound",
  "Inactive",
  "Pending",
  "SelectMatch",
  "Skipped",
];
export const INDUSTRIES = [
  "Agriculture",
  "Apparel",
  "Banking",
  "Biotechnology",
  "Chemicals",
  "Communications",
  "Construction",
  "Consulting",
  "Education",
  "Electronics",
  "Energy",
  "Engineering",
  "Entertainment",
  "Environmental",
  "Finance",
  "Food & Beverage",
  "Government",
  "Healthcare",
  "Hospitality",
  "Insurance",
  "Machinery",
  "Manufacturing",
  "Media",
  "Not For Profit",
  "Recreation",
  "Retail",
  "Shipping",
  "Technology",
  "Telecommunications",
  "Transportation",
  "Utilities",
  "Other",
];
