import type { Bands } from '../../linkage/comparing/weights.ts'
import type { MatchFinding } from '../../linkage/deciding/reason.ts'
import type { Id } from '../../platform/ids.ts'
import { leastRivalShare } from '../law.ts'
import type { RollRow } from '../row.ts'
import type { Candidate } from '../store-row.ts'
import { fillText, sayWhy } from './words.ts'

/** A reason in plain words; it may lead to a person, or to another row. */
export type ReviewLine = {
  readonly code: string
  readonly vi: string
  readonly en: string
  readonly personId?: Id<'person'> | undefined
  readonly rollId?: Id<'roll'> | undefined
  readonly place?: number | undefined
}

type BilingualReason = Readonly<Record<'vi' | 'en', string>>

/**
 * The evidence that the rules of the decision (linkage/deciding/decide.ts, one-to-one.ts) use, as found for the
 * likeliest candidate.
 */
function evidenceSigns(reasons: readonly MatchFinding[]) {
  const code = (field: MatchFinding['field']) =>
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

const percentText = (share: number) => Math.floor(share * 100)
/** Nobody is ruled out for sure, and nobody is sure. */
const likelihoodText = (share: number) => (share < 0.01 ? '<1' : share >= 0.995 ? '>99' : String(percentText(share)))
const maxLines = 3

/**
 * `taken`: the row of this roll that is matched with the likeliest candidate already. `bands`: how sure a link must be.
 */
export function whyUndecided(
  row: RollRow,
  all: readonly Candidate[],
  taken: BilingualReason | undefined,
  bands: Bands,
): ReviewLine[] {
  const candidates = all.filter(({ isDoubt }) => !isDoubt)
  const best = candidates[0]
  if (row.contested) return [reasonLine('contested')]
  if (!best || (row.outcome === 'not-found' && !row.decision))
    return [reasonLine(all.length > candidates.length ? 'doubt' : 'nobody-near')]
  if (row.outcome !== 'review')
    return row.decision ? [] : [reasonLine('risk', { p: likelihoodText(row.probability ?? best.probability) })]

  const signs = evidenceSigns(best.reasons)
  const rivals = candidates.filter(({ probability }) => probability >= leastRivalShare)
  const band = 1 - (signs.name === 'exact' && signs.birth === 'exact' ? bands.alike : bands.risk)
  const rules: readonly (readonly [holds: boolean, line: () => ReviewLine])[] = [
    [taken !== undefined, () => reasonLineWithTexts('taken', { where: taken ?? { vi: '', en: '' } })],
    [taken === undefined && row.withheldId !== undefined, () => reasonLine('withheld')],
    [
      rivals.length > 1,
      () =>
        reasonLine('two-alike', {
          n: rivals.length,
          shares: rivals.map(one => `${likelihoodText(one.probability)}%`).join(', '),
        }),
    ],
    [!signs.isOneName && signs.sharesParent && signs.birth === 'exact', () => reasonLine('twin')],
    [!signs.isOneName && signs.sharesParent && signs.birth !== 'exact', () => reasonLine('sibling')],
    [signs.isNameApart && !signs.sharesParent, () => reasonLine('name-apart')],
    [signs.sharesNoParent, () => reasonLine('parents-apart')],
    [signs.name === 'family-given' && !signs.hasCloseNumber && !signs.sharesParent, () => reasonLine('middle-other')],
    [
      signs.isOneName &&
        !signs.isOneDay &&
        !signs.sharesParent &&
        !signs.hasCloseNumber &&
        best.probability < 1 - (row.number ? 0 : (bands.bare ?? 0)),
      () => reasonLine('birth-unsure'),
    ],
    [best.isHolder && candidates.length > 1, () => reasonLine('number-contested')],
    [row.holderId !== undefined && !best.isHolder, () => reasonLine('number-elsewhere')],
    [
      best.probability < band,
      () => reasonLine('below-band', { p: likelihoodText(best.probability), band: percentText(band) }),
    ],
  ]
  const lines = rules.filter(([holds]) => holds).map(([, line]) => line())
  return lines.length > 0 ? lines.slice(0, maxLines) : [reasonLine('other')]
}

type ReasonText = Parameters<ReturnType<typeof sayWhy>>[0]

const reasonLine = (code: ReasonText, values: Readonly<Record<string, string | number>> = {}): ReviewLine => ({
  code,
  vi: fillText(sayWhy('vi')(code), values),
  en: fillText(sayWhy('en')(code), values),
})

const reasonLineWithTexts = (code: ReasonText, values: Readonly<Record<string, BilingualReason>>): ReviewLine => {
  const side = (language: 'vi' | 'en') =>
    Object.fromEntries(Object.entries(values).map(([key, said]) => [key, withCapital(said[language])]))
  return { code, vi: fillText(sayWhy('vi')(code), side('vi')), en: fillText(sayWhy('en')(code), side('en')) }
}

const withCapital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
