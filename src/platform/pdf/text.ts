/** Puts values into the places of a text, `{name}`. */
export const fillPlaceholders = (text: string, values: Readonly<Record<string, string>>) =>
  text.replace(/\{([\w-]+)\}/g, (whole, key: string) => values[key] ?? whole)
