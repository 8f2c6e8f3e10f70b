/** A row as the database gives it: null where a value is absent. */
export type DatabaseRow<T> = {
  readonly [Key in keyof T]: undefined extends T[Key] ? Exclude<T[Key], undefined> | null : T[Key]
}

/** A copy without the members that are null or undefined: what is absent has no key. */
export const withoutNulls = <T extends object>(row: T) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], null>
  }
