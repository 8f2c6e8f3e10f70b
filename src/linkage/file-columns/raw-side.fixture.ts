import assert from 'node:assert/strict'
import { toByteRows } from '../../platform/csv/byte-rows.ts'
import type { LinkField } from './link-settings.ts'
import { RawSide } from './link-table.ts'

/** A file of rows, each its id and the values of the fields. */
export function rawSideOf(fields: readonly Pick<LinkField, 'kind'>[], rows: readonly (readonly string[])[]): RawSide {
  const side = new RawSide(fields)
  const places = { id: 0, fields: fields.map((_, at) => at + 1) }
  assert.equal(side.add(toByteRows(rows, [...rows.keys()]), places), undefined)
  return side
}
