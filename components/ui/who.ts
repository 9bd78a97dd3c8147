/** Who saved something, as the person who looks knows them. */
export function whoSaved({ by }: { readonly by: string | null }, actor: string): string {
  if (by === actor) return "You, in another window,";
  return by ?? "Somebody";
}
