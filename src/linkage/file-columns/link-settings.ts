import { linkProblem } from '../problems.ts'
import { isKindName, type KindName, kindNames } from './file-columns.ts'

export type LinkField = { readonly left: string; readonly right: string; readonly kind: KindName }

/** What to compare, what to join by, and from which probability on a pair is written. */
export type LinkSettings = {
  readonly leftId: string
  readonly rightId: string
  readonly fields: readonly LinkField[]
  /** Rules; two rows are compared when one rule's fields (by their place in `fields`) all agree. */
  readonly blocking: readonly (readonly number[])[]
  readonly threshold: number
  /** Whether a right row may be the partner of one left row only. */
  readonly oneToOne: boolean
  /** Of the left rows that have no partner, the share that may be linked at most; undefined: what holds without. */
  readonly strangers: number | undefined
}

/** Something that is wrong: where, and what is wanted there. */
type SettingFault = { readonly at: string; readonly wanted: string }

const known = ['id', 'leftId', 'rightId', 'fields', 'blocking', 'threshold', 'oneToOne', 'strangers']
const defaultThreshold = 0.9

const isSettingsObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isName = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

/**
 * Reads the settings of a link; throws link-settings-unreadable, or link-settings-wrong with everything that is wrong.
 * `id`, and `column` of a field, name a column that both files have; of one file there are no others.
 */
export function readLinkSettings(
  text: string,
  files: 'two files' | 'one file' = 'two files',
): {
  readonly settings: LinkSettings
  readonly unknown: readonly string[]
} {
  let given: unknown
  try {
    given = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw linkProblem('link-settings-unreadable', { says: error instanceof Error ? error.message : String(error) })
  }
  if (!isSettingsObject(given)) throw linkProblem('link-settings-unreadable')

  const wrong: SettingFault[] = []
  const settings = settingsOf(given, wrong)
  if (files === 'one file') refuseTwoColumns(settings, wrong)
  if (wrong.length > 0) throw linkProblem('link-settings-wrong', { wrong })
  return { settings, unknown: Object.keys(given).filter(key => !known.includes(key)) }
}

function settingsOf(given: Readonly<Record<string, unknown>>, wrong: SettingFault[]): LinkSettings {
  const name = (at: 'leftId' | 'rightId') => {
    const value = given[at] ?? given['id']
    if (isName(value)) return value.trim()
    wrong.push({
      at,
      wanted: `the name of the column that has the ids of the ${at === 'leftId' ? 'left' : 'right'} file`,
    })
    return ''
  }
  const fields = fieldsOf(given['fields'], wrong)
  return {
    leftId: name('leftId'),
    rightId: name('rightId'),
    fields,
    blocking: blockingOf(given['blocking'], fields, wrong),
    threshold: thresholdOf(given['threshold'], wrong),
    oneToOne: oneToOneOf(given['oneToOne'], wrong),
    strangers: strangersOf(given['strangers'], wrong),
  }
}

/** A row of one file has each of its columns once. */
function refuseTwoColumns({ leftId, rightId, fields }: LinkSettings, wrong: SettingFault[]): void {
  if (leftId !== rightId) wrong.push({ at: 'rightId', wanted: `the same column as leftId, or "id" instead of both` })
  for (const [i, { left, right }] of fields.entries())
    if (left !== right) wrong.push({ at: `fields[${i}].right`, wanted: 'the same column as left, or "column" instead' })
}

function fieldsOf(given: unknown, wrong: SettingFault[]): LinkField[] {
  const wanted = 'a list of { "left": column, "right": column, "kind": … }, or of { "column": …, "kind": … }'
  if (!Array.isArray(given) || given.length === 0) {
    wrong.push({ at: 'fields', wanted })
    return []
  }
  return given.flatMap((field: unknown, i) => {
    const at = `fields[${i}]`
    if (!isSettingsObject(field)) {
      wrong.push({ at, wanted: '{ "left": column, "right": column, "kind": … }' })
      return []
    }
    const { column, left = column, right = column, kind } = field
    if (!isName(left)) wrong.push({ at: `${at}.left`, wanted: 'the name of a column of the left file' })
    if (!isName(right)) wrong.push({ at: `${at}.right`, wanted: 'the name of a column of the right file' })
    if (!isKindName(kind)) wrong.push({ at: `${at}.kind`, wanted: `one of ${kindNames.join(', ')}` })
    return isName(left) && isName(right) && isKindName(kind) ? [{ left: left.trim(), right: right.trim(), kind }] : []
  })
}

/**
 * Rules name a field by its left column or its right one; the first field that has it. `column:kind` tells two fields
 * of a column apart.
 */
function blockingOf(given: unknown, fields: readonly LinkField[], wrong: SettingFault[]): number[][] {
  const wanted = 'a list of rules, each a list of fields, such as [["number"], ["name", "birth_date"]]'
  if (!Array.isArray(given) || given.length === 0) {
    wrong.push({ at: 'blocking', wanted })
    return []
  }
  return given.map((rule: unknown, r) => {
    if (!Array.isArray(rule) || rule.length === 0) {
      wrong.push({ at: `blocking[${r}]`, wanted: 'a list of fields, one at least' })
      return []
    }
    return [...new Set(rule.map((name: unknown, f) => fieldCalled(name, fields, `blocking[${r}][${f}]`, wrong)))]
  })
}

function fieldCalled(name: unknown, fields: readonly LinkField[], at: string, wrong: SettingFault[]): number {
  const called = isName(name) ? name.trim() : ''
  const places = [
    fields.findIndex(({ left }) => left === called),
    fields.findIndex(({ right }) => right === called),
    fields.findIndex(({ left, right, kind }) => called === `${left}:${kind}` || called === `${right}:${kind}`),
  ]
  const place = places.find(found => found >= 0)
  if (place !== undefined) return place
  const names = [...new Set(fields.flatMap(({ left, right }) => [left, right]))]
  wrong.push({ at, wanted: `the left or right column of one of the fields: ${names.join(', ')}` })
  return 0
}

function thresholdOf(given: unknown, wrong: SettingFault[]): number {
  if (given === undefined) return defaultThreshold
  if (typeof given === 'number' && given >= 0 && given <= 1) return given
  wrong.push({ at: 'threshold', wanted: 'a probability from 0 to 1, such as 0.9' })
  return defaultThreshold
}

function oneToOneOf(given: unknown, wrong: SettingFault[]): boolean {
  if (given === undefined) return false
  if (typeof given === 'boolean') return given
  wrong.push({ at: 'oneToOne', wanted: 'true or false' })
  return false
}

function strangersOf(given: unknown, wrong: SettingFault[]): number | undefined {
  if (given === undefined || (typeof given === 'number' && given >= 0 && given <= 1)) return given
  wrong.push({ at: 'strangers', wanted: 'a share from 0 to 1, such as 0.01' })
  return undefined
}
