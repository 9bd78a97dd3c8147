import type { ValueMapUse } from "@/lib/mappings/contract";
import { mappingTitle, shownName } from "../mappings/names";
import { SameConnectionLink } from "../ui/same-connection-link";

/** The lines and filters that name a value map, by mapping. */
export function Uses({ uses }: { uses: readonly ValueMapUse[] }) {
  if (uses.length === 0) return <p className="value-maps-quiet">No mapping names it yet.</p>;
  return (
    <ul className="value-maps-uses">
      {uses.map((use) => (
        <li key={`${use.mapping} ${use.target}`}>
          <SameConnectionLink path={`/mappings/${encodeURIComponent(use.mapping)}`}>
            {mappingTitle(use)}
          </SameConnectionLink>
          , {use.target === null ? "which records take part" : shownName(use.target)}
          {!use.published && <span className="value-maps-quiet"> (in the draft)</span>}
        </li>
      ))}
    </ul>
  );
}
