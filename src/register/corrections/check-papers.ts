import { oldPapersHold } from '../../names/law.ts'
import { parseNumber } from '../../names/numbers/numbers.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { correctionForms, residenceForms } from '../law.ts'
import { registerProblem } from '../problems.ts'
import { type Evidence, isGiven, paperNeeds } from './paper-needs.ts'
import { sayPaper } from './words.ts'

/**
 * "Giấy khai sinh số 118, UBND phường Hà Khánh". Throws evidence-incomplete, with what is missing, and evidence-over
 * for an identity paper of nine digits since 2025. One of twelve digits is told from a card by nobody.
 */
export function evidenceText(
  work: Pick<Work, 'scope' | 'today' | 'lawRows'>,
  { kind, number, issuer }: Evidence,
): string {
  const given = { number: number?.trim() ?? '', issuer: issuer?.trim() ?? '' }
  if (kind === 'capture') {
    if (work.scope !== 'house') throw registerProblem('evidence-incomplete', { missing: ['kind'] })
    return given.issuer
  }
  const missing = paperNeeds[kind].filter(part => !isGiven[part](given[part]))
  if (missing.length > 0) throw registerProblem('evidence-incomplete', { missing })
  const isOldPaper = kind === 'identity-card' && parseNumber(given.number).kind === 'old-number'
  if (isOldPaper && !oldPapersHold(work.today, work)) throw registerProblem('evidence-over')
  const name = sayPaper('vi', { day: work.today, lawRows: work.lawRows })(kind)
  return [given.number ? `${name} số ${given.number}` : name, given.issuer].filter(Boolean).join(', ')
}

/** Spaces and the issuing ministry are written or left out: "TT 59/2021/TT-BCA" is TT59/2021. */
const circularOf = (version: string) => /^TT(\d+\/\d{4})/.exec(version.replaceAll(/\s/g, ''))?.[1]

/** Throws form-unofficial where a correction is asked for on no form of the law; of a residence it is another one. */
export function refuseUnofficialForm(
  work: Work,
  { code, version }: { code: string; version: string },
  about: 'person' | 'residence' = 'person',
): void {
  const { codes, circulars } = ruleOn(about === 'residence' ? residenceForms : correctionForms, work.today, work)
  const circular = circularOf(version)
  if (!codes.includes(code) || !circular || !circulars.includes(`TT${circular}`))
    throw registerProblem('form-unofficial', { codes, circulars })
}
