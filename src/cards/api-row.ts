/** A row as it goes over the wire: instants as text, without empty values. */
export type ApiRow<Row> = {
  [Key in keyof Row as null extends Row[Key] ? never : Key]: Row[Key] extends Date ? string : Row[Key]
} & {
  [Key in keyof Row as null extends Row[Key] ? Key : never]?: NonNullable<Row[Key]> extends Date
    ? string
    : NonNullable<Row[Key]>
}

export function toApiRow<Row extends object>(row: Row): ApiRow<Row> {
  const kept = Object.entries(row).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(
    kept.map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value]),
  ) as ApiRow<Row>
}
