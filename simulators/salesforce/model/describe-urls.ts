import type { SObject } from "./schema";

/**
 * Addresses of an object's resources, in the order of recorded describes.
 * @param base `/services/data/v62.0`
 * @param origin the org's own URL, for the links into its pages that only the full describe has
 */
export function describeUrls({ model }: SObject, base: string, origin?: string): Record<string, string> {
  const sobject = `${base}/sobjects/${model.name}`;
  const rowTemplate = `${sobject}/{ID}`;
  const describe = `${sobject}/describe`;
  const isUser = model.name === "User";
  const pages = origin !== undefined && model.layoutable;
  return {
    ...(model.layoutable && { compactLayouts: `${describe}/compactLayouts` }),
    rowTemplate,
    ...(model.layoutable && !isUser && { approvalLayouts: `${describe}/approvalLayouts` }),
    ...(isUser && {
      namedLayouts: `${describe}/namedLayouts/{LayoutName}`,
      passwordUtilities: `${rowTemplate}/password`,
    }),
    ...(pages && { uiDetailTemplate: `${origin}/{ID}`, uiEditTemplate: `${origin}/{ID}/e` }),
    ...(model.layoutable && !isUser && { listviews: `${sobject}/listviews` }),
    describe,
    ...(pages && { uiNewRecord: `${origin}/${model.keyPrefix}/e` }),
    ...(model.layoutable && { quickActions: `${sobject}/quickActions`, layouts: `${describe}/layouts` }),
    sobject,
  };
}
