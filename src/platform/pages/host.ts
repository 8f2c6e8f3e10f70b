/** The host and port of the installation, for its own pages. */
export const hostOf = ({ server }: { readonly server: { readonly origin: string } }): string =>
  new URL(server.origin).host
