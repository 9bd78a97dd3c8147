/** What is wrong with a field or object that was to be built; the message is for the person who deploys it. */
export class CustomFieldProblem extends Error {}
