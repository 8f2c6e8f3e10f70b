import { isKindName, valueKinds } from '../file-columns/file-columns.ts'
import type { LinkField } from '../file-columns/link-settings.ts'
import { linkProblem } from '../problems.ts'
import type { Dependence } from './dependence.ts'
import type { Shares } from './em.ts'
import type { LookAlikes } from './em-with-one-partner.ts'

/**
 * What is learnt of two files: for each field, how often each level is met in pairs of one person (m) and of two (u),
 * in the order of `fields`; how often in two who agree in another field, where that makes a difference; and how often
 * between a row of nobody and whom it resembles.
 */
export type LinkModel = {
  readonly fields: readonly LinkField[]
  readonly m: Shares
  readonly u: Shares
  readonly given: Dependence
  readonly lookAlikes: LookAlikes
}

/**
 * The model as it is shown and kept. `weight` is in bits, before it is adjusted to how common the value is; `uGiven`
 * takes the place of u where the field called `given` (its place in `fields`) agrees; `alike` is the share among
 * look-alikes.
 */
export type LinkModelFile = {
  readonly format: 'dinhdanh-link-2'
  /** The share of the left rows that are of nobody on the right and resemble somebody there. */
  readonly lookAlikes: number
  readonly fields: readonly (LinkField & {
    readonly given?: number
    readonly levels: readonly LinkModelLevel[]
  })[]
}

type LinkModelLevel = {
  readonly level: string
  readonly m: number
  readonly u: number
  readonly weight: number
  readonly alike: number
  readonly uGiven?: number
}

const rounded = (value: number) => Number(value.toPrecision(9))

export function toLinkModelFile({ fields, m, u, given, lookAlikes }: LinkModel): LinkModelFile {
  return {
    format: 'dinhdanh-link-2',
    lookAlikes: rounded(lookAlikes.share),
    fields: fields.map((field, f) => ({
      ...field,
      ...(given[f] && { given: given[f].parent }),
      levels: valueKinds[field.kind].levels.map((level, l) => {
        const [same, other, on] = [m[f]?.[l] ?? 0, u[f]?.[l] ?? 0, given[f]]
        return {
          level,
          m: rounded(same),
          u: rounded(other),
          weight: rounded(Math.log2(same / other)),
          alike: rounded(lookAlikes.levels[f]?.[l] ?? other),
          ...(on && { uGiven: rounded(on.u[l] ?? 0) }),
        }
      }),
    })),
  }
}

/** Reads a model that was kept, for fields of the same kinds in the same order; columns may bear other names. */
export function readModel(text: string, fields: readonly LinkField[]): LinkModel {
  const shown = parseLinkModelFile(text)
  const [learntFor, settingsHave] = [shown.fields.map(({ kind }) => kind), fields.map(({ kind }) => kind)]
  if (learntFor.join() !== settingsHave.join()) throw linkProblem('link-model-unfit', { learntFor, settingsHave })
  const ratesOf = (rate: 'm' | 'u' | 'alike') => shown.fields.map(({ levels }) => levels.map(level => level[rate]))
  const given = shown.fields.map(field =>
    field.given === undefined ? undefined : { parent: field.given, u: field.levels.map(({ uGiven = 1 }) => uGiven) },
  )
  return {
    fields,
    m: ratesOf('m'),
    u: ratesOf('u'),
    given,
    lookAlikes: { share: shown.lookAlikes, levels: ratesOf('alike') },
  }
}

function parseLinkModelFile(text: string): LinkModelFile {
  let shown: unknown
  try {
    shown = JSON.parse(text)
  } catch {
    throw linkProblem('link-model-unreadable')
  }
  if (!isLinkModelFile(shown)) throw linkProblem('link-model-unreadable')
  return shown
}

const isModelObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
const isShare = (value: unknown) => typeof value === 'number' && value > 0 && value <= 1

const isLinkModelFile = (shown: unknown): shown is LinkModelFile =>
  isModelObject(shown) &&
  shown['format'] === 'dinhdanh-link-2' &&
  typeof shown['lookAlikes'] === 'number' &&
  shown['lookAlikes'] >= 0 &&
  shown['lookAlikes'] < 1 &&
  Array.isArray(shown['fields']) &&
  shown['fields'].every((field, at, all) => isLinkModelField(field, at, all.length))

/** Each level of its kind, in order, with its shares. */
function isLinkModelField(field: unknown, at: number, count: number): boolean {
  if (!isModelObject(field) || !isKindName(field['kind']) || !Array.isArray(field['levels'])) return false
  const levels: readonly unknown[] = field['levels']
  const wanted = valueKinds[field['kind']].levels
  const given = field['given']
  const isFieldElse =
    typeof given === 'number' && Number.isInteger(given) && given >= 0 && given < count && given !== at
  if (given !== undefined && !isFieldElse) return false
  return (
    levels.length === wanted.length &&
    levels.every(
      (level, l) =>
        isModelObject(level) &&
        level['level'] === wanted[l] &&
        isShare(level['m']) &&
        isShare(level['u']) &&
        isShare(level['alike']) &&
        (given === undefined || isShare(level['uGiven'])),
    )
  )
}
