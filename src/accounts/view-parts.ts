/** Parts of views of accounts. */

/** Names of officers, as far as they are known. */
export type OfficerNames = (officer: string | null | undefined) => string | undefined

/** Leaves out unknown values, because nothing on the wire is empty. */
export function presentValues<Values extends Readonly<Record<string, string | undefined>>>(values: Values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Values]?: NonNullable<Values[Name]>
  }
}
