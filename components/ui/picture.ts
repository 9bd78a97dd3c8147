/** How the bundler hands over an imported picture: its address, alone or with its size. */
export type Picture = string | { readonly src: string };

export function addressOf(picture: Picture): string {
  return typeof picture === "string" ? picture : picture.src;
}
