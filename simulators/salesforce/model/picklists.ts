import { picklistValue } from "./field-builders";

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
  picklistValue("Matched", "In Sync"),
  picklistValue("Different"),
  picklistValue("Acknowledged", "Reviewed"),
  picklistValue("NotFound", "Not Found"),
  picklistValue("Inactive"),
  picklistValue("Pending", "Not Compared"),
  picklistValue("SelectMatch", "Select Match"),
  picklistValue("Skipped"),
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
export const OPPORTUNITY_TYPES = [
  "Existing Customer - Upgrade",
  "Existing Customer - Replacement",
  "Existing Customer - Downgrade",
  "New Customer",
];
export const LOCALES = ["en_US", "en_GB", "fr_CH", "de_CH", "it_CH", "fr_FR", "de_DE"];
export const LANGUAGES = [
  picklistValue("en_US", "English"),
  picklistValue("de", "German"),
  picklistValue("es", "Spanish"),
  picklistValue("fr", "French"),
  picklistValue("it", "Italian"),
];
export const TIME_ZONES = ["Europe/Zurich", "Europe/Paris", "Europe/London", "America/Los_Angeles", "GMT"];
