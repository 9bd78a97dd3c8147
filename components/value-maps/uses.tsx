import type { ValueMapUse } from "@/lib/mappings/value-map-contract";
import { mappingTitle, shownName } from "../mappings/names";
import { SameConnectionLink } from "../ui/same-connection-link";

interface UsesProps {
  uses: readonly ValueMapUse[];
  /** What is known of the field of a use. */
  about?: (use: ValueMapUse) => { readonly label: string; readonly details?: string } | undefined;
}

/** The lines and filters that name a value map, by mapping. */
export function Uses({ uses, about }: UsesProps) {
  if (uses.length === 0) return <p className="value-maps-quiet">No mapping names it yet.</p>;
  return (
    <ul className="value-maps-uses">
      {uses.map((use) => {
        const field = about?.(use);
        return (
          <li key={`${use.mapping} ${use.target}`}>
            <SameConnectionLink path={`/mappings/${encodeURIComponent(use.mapping)}`}>
              {mappingTitle(use)}
            </SameConnectionLink>
            , {use.target === null ? "which records take part" : fieldText(use.target, field?.label)}
            {!use.published && <span className="value-maps-quiet"> (in the draft)</span>}
            {field?.details && <span className="value-maps-below">{field.details}</span>}
          </li>
        );
      })}
    </ul>
  );
}

function fieldText(target: string, label: string | undefined): string {
  const name = shownName(target);
  return label === undefined || label === name ? name : `${label} (${name})`;
}
