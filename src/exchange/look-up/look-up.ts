/**
 * A person of another province, such as a pupil who goes to school here and belongs elsewhere. In: a number from a
 * paper, with name and birth date as the paper has them, for a stated purpose on a stated legal basis. Decided:
 * nothing; the centre compares. Out: what may be compared, and no more: name, birth date, sex, ward, the number's last
 * two digits. The asking and each reading of the answer stand in `audit.access`. Deeds: `centre.asked`.
 */

import { Type } from 'typebox'
import { Value } from 'typebox/value'
import * as audit from '../../audit/audit.ts'
import { parseNumber } from '../../names/numbers/numbers.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { ask } from '../outbox/outbox.ts'
import { exchangeProblem } from '../problems.ts'
import { AnswerFault, type CentreQuestion, type QuestionKinds } from '../question.ts'
import { type LookUpPurpose, lookUpPurposes } from './contract.ts'

const closed = { additionalProperties: false }

/** Compared fields as the law of access has them (ADR 16); a whole number among them is refused with the answer. */
const ComparedShape = Type.Object(
  {
    found: Type.Literal(true),
    fullName: Type.String({ minLength: 1, maxLength: 120 }),
    birthDate: Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' }),
    sex: Type.Enum(['M', 'F']),
    ward: Type.Optional(Type.String({ maxLength: 200 })),
    lastDigits: Type.String({ pattern: '^\\d{2}$' }),
  },
  closed,
)
const NotFoundShape = Type.Object({ found: Type.Literal(false) }, closed)

export type LookUpAsked = {
  readonly number: string
  readonly fullName: string
  readonly birthDate: string
  readonly purpose: LookUpPurpose
  /** The act and article, and the file that it is for. */
  readonly basis: string
}

const leastLettersOfBasis = 10

/**
 * Asks the centre about a person of another province. `isKnownHere` says whether the register has the number. Throws
 * look-up-basis-needed, look-up-number-malformed, look-up-of-our-own, centre-not-joined.
 */
export async function askLookUp(
  work: Work,
  { number, basis, ...asked }: LookUpAsked,
  isKnownHere: (number: string) => Promise<boolean>,
): Promise<CentreQuestion['id']> {
  if (basis.replace(/[^\p{L}]/gu, '').length < leastLettersOfBasis || !lookUpPurposes.includes(asked.purpose))
    throw exchangeProblem('look-up-basis-needed')
  if (parseNumber(number).kind !== 'number') throw exchangeProblem('look-up-number-malformed')
  if (!work.unitId) throw new Error('a look-up is asked by an officer of a unit')
  if (await isKnownHere(number)) throw exchangeProblem('look-up-of-our-own')
  // Nobody of the register: the id stands for the person of whom the number speaks, in this question alone.
  const personId = newId<'person'>(work.now)
  const body = { number, ...asked, basis: basis.trim() }
  const id = await ask(work, { kind: 'person.look-up', personId, subjectId: personId, unitId: work.unitId, body })
  await audit.noteReading(work, [personId], ['compared'], { kind: 'centre-question', id })
  return id
}

/** What follows the centre's answers: nothing beyond keeping them, of that shape alone. */
export const lookUpAnswers: QuestionKinds['person.look-up'] = {
  grant: async (_work, { body }, answer) => {
    if (Value.Check(NotFoundShape, answer)) return answer
    if (!Value.Check(ComparedShape, answer)) throw new AnswerFault('answer-malformed')
    if (!String(body['number']).endsWith(answer.lastDigits)) throw new AnswerFault('answer-of-another-person')
    return answer
  },
  turnBack: async () => {},
}
