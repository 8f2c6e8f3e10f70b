import type { Bands } from '../../linkage/comparing/weights.ts'
import type { Finding } from '../../linkage/deciding/reason.ts'
import type { Id } from '../../platform/ids.ts'
import type { RollRow } from '../row.ts'
import type { Candidate } from '../store-row.ts'
import { filled, sayWhy } from './words.ts'

/** A reason in plain words; it may lead to a person, or to another row. */
export type Line = {
  readonly code: string
  readonly vi: string
  readonly en: string
  readonly personId?: Id<'person'> | undefined
  readonly rollId?: string | undefined
  readonly place?: number | undefined
}

type Said = Readonly<Record<'vi' | 'en', string>>

/**
 * The evidence that the rules of the decision (linkage/deciding/decide.ts, resolve.ts) use, as found for the likeliest
 * candidate.
 */
function signsOf(reasons: readonly Finding[]) {
  const code = (field: Finding['field']) =>
    reasons.find(one => one.field === field)?.code.slice(field.length + 1) ?? 'missing'
  const [name, birth, father, mother] = [code('name'), code('birth'), code('father'), code('mother')]
  const agrees = (parent: string) => parent !== 'missing' && parent !== 'different'
  return {
    name,
    birth,
    isOneName: ['exact', 'marks-missing', 'marks-differ', 'words-swapped'].includes(name),
    isNameApart: ['given', 'family', 'different'].includes(name),
    isOneDay: birth === 'exact' || birth === 'swapped',
    sharesParent: agrees(father) || agrees(mother),
    sharesNoParent: father === 'different' && mother === 'different',
    hasCloseNumber: ['exact', 'was-cancelled', 'transposed', 'one-digit', 'old-number'].includes(code('number')),
  }
}

/** From this share on a second candidate is weighed against the first. */
const rivalShare = 0.05

const percent = (share: number) => Math.floor(share * 100)
/** Nobody is ruled out for sure, and nobody is sure. */
const sure = (share: number) => (share < 0.01 ? '<1' : share >= 0.995 ? '>99' : String(percent(share)))
const mostLines = 3

/**
 * `taken`: the row of this roll that is matched with the likeliest candidate already. `bands`: how sure a link must be.
 */
export function whyUndecided(row: RollRow, all: readonly Candidate[], taken: Said | undefined, bands: Bands): Line[] {
  const candidates = all.filter(({ isDoubt }) => !isDoubt)
  const best = candidates[0]
  if (row.contested) return [say('contested')]
  if (!best || (row.outcome === 'not-found' && !row.decision))
    return [say(all.length > candidates.length ? 'doubt' : 'nobody-near')]
  if (row.outcome !== 'review')
    return row.decision ? [] : [say('risk', { p: sure(row.probability ?? best.probability) })]

  const signs = signsOf(best.reasons)
  const rivals = candidates.filter(({ probability }) => probability >= rivalShare)
  const band = 1 - (signs.name === 'exact' && signs.birth === 'exact' ? bands.alike : bands.risk)
  const rules: readonly (readonly [holds: boolean, line: () => Line])[] = [
    [taken !== undefined, () => says('taken', { where: taken ?? { vi: '', en: '' } })],
    [taken === undefined && row.withheldId !== undefined, () => say('withheld')],
    [
      rivals.length > 1,
      () => say('two-alike', { n: rivals.length, shares: rivals.map(one => `${sure(one.probability)}%`).join(', ') }),
    ],
    [!signs.isOneName && signs.sharesParent && signs.birth === 'exact', () => say('twin')],
    [!signs.isOneName && signs.sharesParent && signs.birth !== 'exact', () => say('sibling')],
    [signs.isNameApart && !signs.sharesParent, () => say('name-apart')],
    [signs.sharesNoParent, () => say('parents-apart')],
    [signs.name === 'family-given' && !signs.hasCloseNumber && !signs.sharesParent, () => say('middle-other')],
    [
      signs.isOneName &&
        !signs.isOneDay &&
        !signs.sharesParent &&
        !signs.hasCloseNumber &&
        best.probability < 1 - (row.number ? 0 : (bands.bare ?? 0)),
      () => say('birth-unsure'),
    ],
    [best.isHolder && candidates.length > 1, () => say('number-contested')],
    [row.holderId !== undefined && !best.isHolder, () => say('number-elsewhere')],
    [best.probability < band, () => say('below-band', { p: sure(best.probability), band: percent(band) })],
  ]
  const lines = rules.filter(([holds]) => holds).map(([, line]) => line())
  return lines.length > 0 ? lines.slice(0, mostLines) : [say('other')]
}

type Why = Parameters<ReturnType<typeof sayWhy>>[0]

const say = (code: Why, values: Readonly<Record<string, string | number>> = {}): Line => ({
  code,
  vi: filled(sayWhy('vi')(code), values),
  en: filled(sayWhy('en')(code), values),
})

const says = (code: Why, values: Readonly<Record<string, Said>>): Line => {
  const side = (language: 'vi' | 'en') =>
    Object.fromEntries(Object.entries(values).map(([key, said]) => [key, capital(said[language])]))
  return { code, vi: filled(sayWhy('vi')(code), side('vi')), en: filled(sayWhy('en')(code), side('en')) }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
