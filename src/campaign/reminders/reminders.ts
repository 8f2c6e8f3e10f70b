import * as audit from '../../audit/audit.ts'
import { isCitizenCard } from '../../names/law.ts'
import * as outreach from '../../outreach/outreach.ts'
import { addDays, beginOf, type Day, dayAfter, dayAt } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Language } from '../../platform/pages/html.ts'
import { withDatedTerms } from '../../platform/terms/dated-terms.ts'
import { dayIn } from '../../platform/terms/numbers-and-days.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { safeDaysOfMany } from '../cohorts/safe-days.ts'
import { reminderPauseDays } from '../law.ts'
import type { Need } from '../need-codes.ts'
import { needsOf } from '../needs/needs.ts'
import type { NotReminded } from './contract.ts'
import { type FamilyWays, findFamilyWays } from './family-phone.ts'
import { reminderText } from './words.ts'

/**
 * People are reminded of what they still lack. In: people chosen from a list. Decided: who is reached (a phone of the
 * account, else of the register or of a parent; if it takes nothing, the same person’s other ways), who was reminded
 * within the pause by whichever unit, who has nothing to ask for, and when it goes out: not at night. Out: one message
 * a person and day, however often the button is pressed, and one deed. Deed: people.reminded.
 */

type Reminder = {
  readonly person: register.PersonSummary
  readonly ways: FamilyWays
  readonly by: Day | undefined
  readonly said: ReturnType<typeof reminderOf>
}

type Sorted = {
  readonly reached: readonly Reminder[]
  readonly refused: ReadonlyMap<register.PersonId, NotReminded>
}

/** Where a citizen reads what to do. */
const page = '/account/request'

const whatOf = (work: Work, needs: readonly Need[], language: Language): string => {
  const say = reminderText(language)
  const isCitizen = isCitizenCard(work.today, work)
  const text = needs
    .flatMap(need => {
      if (need === 'correction') return []
      if (need === 'card' || need === 'card-renewal') return [say(isCitizen ? `${need}-citizen` : need)]
      return [say(need)]
    })
    .join(', ')
  return withDatedTerms(text, { day: work.today, lawRows: work.lawRows })
}

const whenOf = (by: Day | undefined, language: Language) =>
  by ? reminderText(language)('when-by').replace('{day}', dayIn(by, language)) : reminderText(language)('when-soon')

function reminderOf(
  work: Work,
  { person, needs, by, unit }: { person: string; needs: readonly Need[]; by: Day | undefined; unit: string },
) {
  return {
    template: 'need-reminder' as const,
    facts: {
      person,
      what: { vi: whatOf(work, needs, 'vi'), en: whatOf(work, needs, 'en') },
      when: { vi: whenOf(by, 'vi'), en: whenOf(by, 'en') },
      unit,
      page,
    },
  }
}

/** The last safe day, while it is still ahead; after it nobody is told a day that has passed. */
async function daysOf(
  work: Work,
  people: readonly register.PersonSummary[],
  lacking: ReadonlyMap<string, readonly Need[]>,
): Promise<ReadonlyMap<string, Day>> {
  const rows = people.map(({ id, permanentUnitId }) => ({
    id,
    home: permanentUnitId,
    needs: lacking.get(id) ?? [],
    cardState: undefined,
  }))
  const meant = await safeDaysOfMany(work, rows)
  return new Map(
    [...meant].flatMap(([id, { safeDays }]) => {
      const days = safeDays.map(({ lastSafeOn }) => lastSafeOn as Day).filter(on => on >= work.today)
      const first = days.toSorted()[0]
      return first ? [[id, first] as const] : []
    }),
  )
}

function whyNot({
  person,
  needs,
  isDeclining,
  isToldLately,
}: {
  person: register.PersonSummary | undefined
  needs: readonly Need[]
  isDeclining: boolean
  isToldLately: boolean
}): NotReminded | undefined {
  if (!person) return 'unseen'
  if (needs.length === 0) return 'nothing-to-ask'
  // An objection is the person's own: the officer learns that no message goes, and not what was asked.
  if (isDeclining) return 'declined'
  return isToldLately ? 'told-lately' : undefined
}

async function sortPeople(work: Work, personIds: readonly register.PersonId[]): Promise<Sorted> {
  const ids = [...new Set(personIds)]
  const people = await register.listSummaries(work, ids)
  await audit.noteReading(
    work,
    people.map(({ id }) => id),
    ['identity', 'phones', 'residence', 'card', 'account'],
  )
  // Instants are real, also where the day is a rehearsal's.
  const pause = ruleOn(reminderPauseDays, work.today, work)
  const since = beginOf(addDays(dayAfter(dayAt(work.now)), -pause))
  const [lacking, told] = [
    await needsOf(work, ids, work.today),
    new Set(await withHouseScope(work, house => outreach.peopleSentSince(house, 'need-reminder', ids, since))),
  ]
  const declining = new Set(await withHouseScope(work, house => outreach.peopleWithoutReminders(house, ids)))
  const days = await daysOf(work, people, lacking)
  const unit = work.unitId ? await units.unitName(work, work.unitId) : ''
  const seen = new Map(people.map(person => [person.id, person]))
  const refused = new Map<register.PersonId, NotReminded>()
  const reached: Reminder[] = []
  for (const id of ids) {
    const person = seen.get(id)
    const needs = (lacking.get(id) ?? []).filter(need => need !== 'correction')
    const why = whyNot({ person, needs, isDeclining: declining.has(id), isToldLately: told.has(id) })
    if (!person || why) {
      refused.set(id, why ?? 'unseen')
      continue
    }
    const ways = await findFamilyWays(work, id)
    if (!ways) {
      refused.set(id, 'no-phone')
      continue
    }
    const place = unit || (person.permanentUnitId ? await units.unitName(work, person.permanentUnitId) : '')
    const by = days.get(id)
    reached.push({
      ...{ person, ways, by },
      said: reminderOf(work, { person: person.fullName, needs, by, unit: place }),
    })
  }
  return { reached, refused }
}

/** How many are reached, why the others are not, and the texts, each once, with a word in the place of the name. */
export async function previewReminders(work: Work, personIds: readonly register.PersonId[]) {
  const { reached, refused } = await sortPeople(work, personIds)
  const texts = Map.groupBy(reached, ({ said }) =>
    outreach.previewForPhone(work, { ...said, facts: { ...said.facts, person: reminderText('vi')('somebody') } }, 'vi'),
  )
  return {
    reached: reached.length,
    refused: [...Map.groupBy(refused.values(), why => why)].map(([why, { length }]) => ({ why, people: length })),
    texts: [...texts].map(([text, { length }]) => ({ text, people: length })).toSorted((a, b) => b.people - a.people),
    sendsAt: outreach.quietUntil(work),
  }
}

/** Reminds chosen people. Whom it does not reach is told with the reason; the same again reminds nobody twice. */
export async function sendReminders(work: Work, personIds: readonly register.PersonId[]) {
  const { reached, refused } = await sortPeople(work, personIds)
  const notBefore = outreach.quietUntil(work)
  await outreach.sendMessages(
    work,
    reached.map(({ person, ways, by, said }) => ({
      ...said,
      ...ways,
      usefulUntil: by,
      language: 'vi' as const,
      about: { kind: 'need', id: person.id, personId: person.id, ...(work.unitId && { unitId: work.unitId }) },
      ...(work.unitId && { budget: { kind: 'unit', id: work.unitId } }),
      key: `need-reminder:${person.id}:${dayAt(work.now)}`,
      ...(notBefore && { notBefore }),
    })),
  )
  if (reached.length > 0)
    await audit.record(
      work,
      'people.reminded',
      { kind: 'list', id: work.id, ...(work.unitId && { unitId: work.unitId }) },
      { people: reached.length },
    )
  const results = [...new Set(personIds)].flatMap(person => {
    const why = refused.get(person)
    return why === 'unseen' ? [] : [{ person, result: why ?? ('queued' as const) }]
  })
  const unseen = [...refused.values()].filter(why => why === 'unseen').length
  return { results, unseen, sendsAt: notBefore }
}
