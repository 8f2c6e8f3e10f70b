/**
 * Slips for families: a paper with a QR code and a short code, which opens the page of a child by the child’s birth
 * date. In: chosen people, or a class of a roll in force. Decided: who gets one (whom the officer sees, with a whole
 * birth date, young enough). Out: codes to be printed, told once; a slip that was printed before by the same unit or
 * school opens nothing any more. Deed: family-slips.printed, beside those of the links.
 */

import type { Static } from 'typebox'
import * as accessLinks from '../../access-links/access-links.ts'
import * as audit from '../../audit/audit.ts'
import { addDays, birthday, type Day, type PartialDay, slashedDay, wholeDay } from '../../platform/day.ts'
import type { ReplyOf } from '../../platform/endpoint.ts'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { isMinorOn, mostSlips, slipBelowAge, slipDays } from '../law.ts'
import { familyProblem } from '../problems.ts'
import * as store from '../store.ts'
import { makeFamilyCode, tokenOfCode } from './code.ts'
import type { printFamilySlips, slipRefusals } from './contract.ts'

type Refusal = (typeof slipRefusals)[number]
type SlipRequest = Static<NonNullable<(typeof printFamilySlips)['body']>>
type Child = { readonly personId: register.PersonId | null; readonly name: string; readonly class: string }

/** Those whom the officer sees: of a list by the register, of a class by the school’s roll. */
async function childrenAsked(work: Work, request: SlipRequest): Promise<Child[]> {
  if (!('people' in request)) return store.findClass(work, request)
  const people = await register.listSummaries(work, request.people)
  const classes = new Map((await store.findClassesOf(work, request.people)).map(one => [one.personId, one.class]))
  return people
    .map(({ id, fullName }) => ({ personId: id, name: fullName, class: classes.get(id) ?? '' }))
    .toSorted((a, b) => a.class.localeCompare(b.class, 'vi') || a.name.localeCompare(b.name, 'vi'))
}

function refusalOf(bornOn: Day | undefined, work: Work): Refusal | undefined {
  if (!bornOn) return 'no-birth-date'
  return birthday(bornOn, ruleOn(slipBelowAge, work.today, work)) <= work.today ? 'too-old' : undefined
}

type Issuing = { readonly until: Day; readonly schoolId?: Id<'school'> | undefined }

/** One child’s link and code. Whom else its page shows is asked when it is opened, and told to no officer. */
async function issue(work: Work, personId: register.PersonId, bornOn: Day, { until, schoolId }: Issuing) {
  const code = makeFamilyCode()
  const { id, token } = await accessLinks.issueLink(work, {
    kind: 'family',
    subjectId: personId,
    ...(schoolId ? { schoolId } : { unitId: work.unitId }),
    until,
    pin: { known: slashedDay(bornOn) },
    token: tokenOfCode(code),
  })
  await store.insertLinkChild(work, id, personId)
  return { code, token }
}

async function endFormer(work: Work, personIds: readonly register.PersonId[]): Promise<void> {
  for (const { id, end } of await accessLinks.linksOfAll(work, 'family', personIds))
    if (!end) await accessLinks.revokeLink(work, id, 'printed anew')
}

/** Makes slips; throws family-slips-nobody, family-slips-many. */
export async function printSlips(
  work: Work,
  request: SlipRequest,
  origin: string,
): Promise<ReplyOf<typeof printFamilySlips>> {
  const children = await childrenAsked(work, request)
  if (children.length === 0) throw familyProblem('family-slips-nobody')
  if (children.length > mostSlips) throw familyProblem('family-slips-many')
  const ids = children.flatMap(({ personId }) => personId ?? [])
  // Of a class, the school has named them; their birth date is compared and never shown.
  const known = new Map(
    (await withHouseScope(work, house => register.listSummaries(house, ids))).map(one => [one.id, one]),
  )
  await audit.noteReading(work, ids, ['name', 'birthdate', 'kin'])
  await endFormer(work, ids)

  const schoolId = 'schoolId' in request ? request.schoolId : undefined
  const until = addDays(work.today, ruleOn(slipDays, work.today, work))
  const slips: ReplyOf<typeof printFamilySlips>['slips'][number][] = []
  const refused: Refusal[] = []
  for (const { personId, name, class: inClass } of children) {
    const person = personId ? known.get(personId) : undefined
    const bornOn = person && person.lifeStatus === 'alive' ? wholeDay(person.birthDate as PartialDay) : undefined
    const why = person ? refusalOf(bornOn, work) : 'unknown'
    if (why || !personId || !bornOn) {
      refused.push(why ?? 'unknown')
      continue
    }
    const { code, token } = await issue(work, personId, bornOn, { until, schoolId })
    slips.push({
      name,
      class: inClass,
      isMinor: isMinorOn(bornOn, work.today),
      code,
      address: `${origin}/family/${token}`,
    })
  }
  const place = schoolId ?? work.unitId
  await audit.record(
    work,
    'family-slips.printed',
    { kind: 'list', id: work.id, ...(place && { unitId: place }) },
    { slips: slips.length },
  )
  const issuer = schoolId
    ? (await units.getSchool(work, schoolId)).name
    : work.unitId
      ? ((await units.policeFor(work, work.unitId, work.today))?.name ?? (await units.unitName(work, work.unitId)))
      : ''
  return {
    issuer,
    place: `${origin}/family`,
    until,
    slips,
    refused: [...Map.groupBy(refused, why => why)].map(([why, { length }]) => ({ why, people: length })),
  }
}
