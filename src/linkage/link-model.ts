import type { Shares } from './em.ts'
import { linkProblem } from './link-problem.ts'
import type { LinkField } from './link-settings.ts'
import { isKindName, valueKinds } from './value-kind.ts'

/** What is learnt of two files: for each field, how often each level is met in pairs of one person (m) and of two (u), in the order of `fields`. */
export type LinkModel = { readonly fields: readonly LinkField[]; readonly m: Shares; readonly u: Shares }

/** The model as it is shown and kept. `weight` is in bits, before it is adjusted to how common the value is. */
export type ShownModel = {
  readonly format: 'dinhdanh-link-1'
  readonly fields: readonly (LinkField & {
    readonly levels: readonly { readonly level: string; readonly m: number; readonly u: number; readonly weight: number }[]
  })[]
}

const rounded = (value: number) => Number(value.toPrecision(9))

export function showModel({ fields, m, u }: LinkModel): ShownModel {
  return {
    format: 'dinhdanh-link-1',
    fields: fields.map((field, f) => ({
      ...field,
      levels: valueKinds[field.kind].levels.map((level, l) => {
        const [same, other] = [m[f]?.[l] ?? 0, u[f]?.[l] ?? 0]
        return { level, m: rounded(same), u: rounded(other), weight: rounded(Math.log2(same / other)) }
      }),
    })),
  }
}

/** Reads a model that was kept, for fields of the same kinds in the same order; columns may bear other names. */
export function readModel(text: string, fields: readonly LinkField[]): LinkModel {
  const shown = shownModelIn(text)
  const [learntFor, settingsHave] = [shown.fields.map(({ kind }) => kind), fields.map(({ kind }) => kind)]
  if (learntFor.join() !== settingsHave.join()) throw linkProblem('link-model-unfit', { learntFor, settingsHave })
  const ratesOf = (rate: 'm' | 'u') => shown.fields.map(({ levels }) => levels.map(level => level[rate]))
  return { fields, m: ratesOf('m'), u: ratesOf('u') }
}

function shownModelIn(text: string): ShownModel {
  let shown: unknown
  try {
    shown = JSON.parse(text)
  } catch {
    throw linkProblem('link-model-unreadable')
  }
  if (!isShownModel(shown)) throw linkProblem('link-model-unreadable')
  return shown
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
const isShare = (value: unknown) => typeof value === 'number' && value > 0 && value <= 1

const isShownModel = (shown: unknown): shown is ShownModel =>
  isObject(shown) && shown['format'] === 'dinhdanh-link-1' && Array.isArray(shown['fields']) && shown['fields'].every(isShownField)

/** Each level of its kind, in order, with its shares. */
function isShownField(field: unknown): boolean {
  if (!isObject(field) || !isKindName(field['kind']) || !Array.isArray(field['levels'])) return false
  const levels: readonly unknown[] = field['levels']
  const wanted = valueKinds[field['kind']].levels
  return (
    levels.length === wanted.length &&
    levels.every((level, at) => isObject(level) && level['level'] === wanted[at] && isShare(level['m']) && isShare(level['u']))
  )
}
