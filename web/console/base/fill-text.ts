/** How the {places} of a text are filled, and how a noun behind a figure takes its form. */

export type TextValues = Readonly<Record<string, string | number>>

/**
 * `{n|row|rows}` is "row" where n is 1, else "rows": English has two forms, Vietnamese one. A value that is not given
 * leaves the place as it is.
 */
export const chooseForms = (text: string, textFor: (name: string) => string | undefined): string =>
  text.replace(/\{(\w{1,30})\|([^{|}]{0,60})\|([^{|}]{0,60})\}/g, (whole, name: string, one: string, more: string) => {
    const value = textFor(name)
    return value === undefined ? whole : value === '1' ? one : more
  })

/** A text with its places filled; one that has no value stays as it is. */
export function fillText(text: string, values: TextValues): string {
  const textFor = (name: string) => (values[name] === undefined ? undefined : String(values[name]))
  return chooseForms(text, textFor).replace(/\{(\w{1,30})\}/g, (whole, name: string) => textFor(name) ?? whole)
}
