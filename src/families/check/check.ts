/**
 * What do I need, without an account. In: a number, a birth date and the code of a receipt or of a family’s slip, as
 * they were typed. Decided: whether all three are one person’s; whatever is wrong gives the same answer in the same
 * time, and wrong ones wait ever longer by number, by place and together. Out: the answer of that person (answer.ts),
 * read in a work that sees nobody else. No deeds; the reading is noted.
 */

import * as accessLinks from '../../access-links/access-links.ts'
import * as enrolment from '../../enrolment/enrolment.ts'
import * as planning from '../../planning/planning.ts'
import { isRealDate, type PartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { inConstantTime } from '../../platform/throttling/constant-time.ts'
import { networkOf, slowdownKeyOf } from '../../platform/throttling/slowdown.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import { authorityToRead, type Visitor } from '../actor.ts'
import { type PersonAnswer, readAnswer } from '../answer/answer.ts'
import { triesFromPlace, triesOfAll, triesOfNumber, triesOfNumberFromPlace } from '../law.ts'
import { tokenOfCode } from '../slips/code.ts'
import * as store from '../store.ts'

export type Typed = { readonly number: string; readonly born: string; readonly code: string }

export type AnswerWithoutAccount =
  | { readonly is: 'found'; readonly answer: PersonAnswer; readonly visitor: Visitor }
  | { readonly is: 'wrong' }
  | { readonly is: 'slowed'; readonly seconds: number }

type Caller = { readonly address: string; readonly requestId: string }

/** 15/03/2005, 15-3-2005, 15 3 2005 or 15032005, day first; undefined where it is no day. */
export function readBirthDate(typed: string): Required<PartialDay> | undefined {
  const parts = typed.split(/\D+/).filter(Boolean)
  const [whole = ''] = parts
  const [d = '', m = '', y = ''] =
    parts.length === 1 && whole.length === 8 ? [whole.slice(0, 2), whole.slice(2, 4), whole.slice(4)] : parts
  if (parts.length > 3 || y.length !== 4 || d.length > 2 || m.length > 2) return undefined
  const date = { y: Number(y), m: Number(m), d: Number(d) }
  return isRealDate(date.y, date.m, date.d) ? date : undefined
}

/** Of a register that has a part of the date, the part must be so. */
const isBornOn = (known: PartialDay, typed: Required<PartialDay>) =>
  known.y === typed.y && (known.m ?? typed.m) === typed.m && (known.d ?? typed.d) === typed.d

const nobody = '00000000-0000-7000-8000-000000000000' as Id<'person'>

type Right = { readonly personId: Id<'person'>; readonly by: Visitor['by'] }

/**
 * Whose three things they are. Each is looked for whether the one before was right or not; a code may be a receipt’s,
 * that of a message about an hour or a session, or that of a family’s slip.
 */
async function findVisitor(work: Work, { number, born, code: typed }: Typed): Promise<Right | undefined> {
  const code = enrolment.readReceiptCode(typed) ?? ''
  const whose = await store.findWhoseNumber(work, number.replace(/\D/g, '').slice(0, 12))
  const date = readBirthDate(born)
  const isRight = whose !== undefined && date !== undefined && isBornOn(whose.birthDate, date)
  const personId = whose?.personId ?? nobody
  const applicationId = await enrolment.findReceiptOf(work, code, personId)
  const visitId = await planning.findVisitOfCode(work, personId, code)
  const linkId = await accessLinks.findLinkInForce(work, {
    kind: 'family',
    token: tokenOfCode(code),
    subjectId: personId,
  })
  if (!isRight) return undefined
  if (applicationId) return { personId, by: { kind: 'receipt-holder', id: applicationId } }
  if (visitId) return { personId, by: { kind: 'receipt-holder', id: visitId } }
  return linkId && { personId, by: { kind: 'family-link', id: linkId } }
}

const countersOf = (number: string, address: string) =>
  [
    [slowdownKeyOf('number-from-place', number, networkOf(address)), triesOfNumberFromPlace],
    [slowdownKeyOf('number', number), triesOfNumber],
    [slowdownKeyOf('place', networkOf(address)), triesFromPlace],
    [slowdownKeyOf('all'), triesOfAll],
  ] as const

/** Counts a try before it is looked at; gives the seconds to wait where it comes too early. */
const countTry = (openWork: OpenWork, counters: ReturnType<typeof countersOf>) =>
  openWork(asSystem('own-page'), async work => {
    for (const [key, rule] of counters) {
      const seconds = await store.tryCounters.count(work, key, rule)
      if (seconds !== undefined) return seconds
    }
    return undefined
  })

/** The answer for whoever typed a number, its birth date and a code that belongs to it. */
export function check(openWork: OpenWork, typed: Typed, { address, requestId }: Caller): Promise<AnswerWithoutAccount> {
  return inConstantTime(async () => {
    const counters = countersOf(typed.number.replace(/\D/g, '').slice(0, 12), address)
    const seconds = await countTry(openWork, counters)
    if (seconds !== undefined) return { is: 'slowed', seconds }
    const found = await openWork(asSystem('own-page'), work => findVisitor(work, typed))
    if (!found) return { is: 'wrong' }
    const [ofBoth, ofNumber, ofPlace, ofAll] = counters
    await openWork(asSystem('own-page'), async work => {
      for (const [key] of [ofBoth, ofNumber]) await store.tryCounters.clear(work, key)
      for (const [key] of [ofPlace, ofAll]) await store.tryCounters.takeBack(work, key)
    })
    const visitor: Visitor = { by: found.by, requestId }
    const answer = await openWork(authorityToRead(visitor, found.personId), work => readAnswer(work, found.personId))
    return { is: 'found', answer, visitor }
  })
}
