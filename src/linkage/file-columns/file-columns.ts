/*
 * File columns. In: the columns of any two files, as text, and settings that say of what kind each is. Decided: how a
 * text of a kind is read and folded, which values are alike and how far, which are joined when records are blocked.
 * Out: tables of codes with what compares them (link-table.ts). No deeds: linkage is pure.
 */

import { dateKind } from './dates.ts'
import { nameKind } from './names.ts'
import { exactKind, numberKind } from './numbers.ts'
import { givenNameKind, stringKind } from './texts.ts'
import type { ValueKind } from './value-kind.ts'

export const valueKinds = {
  name: nameKind,
  'given-name': givenNameKind,
  date: dateKind,
  string: stringKind,
  number: numberKind,
  exact: exactKind,
} satisfies Record<string, ValueKind>

export type KindName = keyof typeof valueKinds

export const isKindName = (text: unknown): text is KindName =>
  typeof text === 'string' && Object.hasOwn(valueKinds, text)
export const kindNames = Object.keys(valueKinds).filter(isKindName)
