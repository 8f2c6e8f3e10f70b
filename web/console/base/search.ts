/** Filters in the address are plain texts (`?sinh=2004,2005&can=card`), so that a link reads as what it filters. */

export type Search = Readonly<Record<string, string | undefined>>

export const parseSearch = (text: string): Search => Object.fromEntries(new URLSearchParams(text))

export function writeSearch(search: Search): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) if (value !== undefined && value !== '') params.set(key, value)
  const text = params.toString().replaceAll('%2C', ',')
  return text && `?${text}`
}

/** The values of one filter. */
export const listed = (text: string | undefined): readonly string[] => (text ? text.split(',').filter(Boolean) : [])

/** The filter with a value put on or taken off. */
export function toggled(text: string | undefined, value: string): string | undefined {
  const values = listed(text)
  return (values.includes(value) ? values.filter(one => one !== value) : [...values, value]).join(',') || undefined
}
