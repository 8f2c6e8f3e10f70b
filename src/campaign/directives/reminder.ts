import type { Static } from 'typebox'
import { type Day, slashedDay } from '../../platform/day.ts'
import type { Language } from '../../platform/pages/html.ts'
import type { Work } from '../../platform/work.ts'
import { unitsNamedInReminder } from '../law.ts'
import type { directiveDuties, directiveReminders } from './contract.ts'
import { type DirectiveId, type DirectiveStep, directiveDueOf, directiveStepOf, isStepDone } from './directive.ts'
import { ownUnits } from './directives.ts'
import * as store from './store.ts'
import { addresseePlace, byPlace, dueTermsOf, getRow, ownStep, tracesOf } from './view.ts'
import { sayReminder } from './words.ts'

type Reminders = Static<NonNullable<(typeof directiveReminders)['reply']>>
type Reminder = Reminders['reminders'][number]
type Duties = Static<NonNullable<(typeof directiveDuties)['reply']>>

const byDue = (a: Reminder, b: Reminder) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : byPlace(a, b))

/** What units in sight still owe on open directives, the soonest due first. */
async function findOwed(work: Work, rows: readonly store.DirectiveRow[]): Promise<Reminder[]> {
  const byId = new Map(rows.map(row => [row.id, row]))
  const owed: Reminder[] = []
  for (const one of await store.findAddressees(work, rows)) {
    const row = byId.get(one.directiveId)
    const step = directiveStepOf(tracesOf(one))
    if (!row || isStepDone(step, store.directiveQuestionOf(row))) continue
    const { id: directiveId, number, year, title, dueOn } = row
    const unit = await addresseePlace(work, one)
    owed.push({
      directiveId,
      number,
      year,
      title,
      dueOn,
      due: directiveDueOf(dueTermsOf(row), step, work.today),
      unit,
      step,
    })
  }
  return owed.sort(byDue)
}

const fillTemplate = (text: string, values: Readonly<Record<string, string | number>>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))

function unitNamesText(owed: readonly Reminder[]): string {
  const names = (those: readonly Reminder[]) => those.map(({ unit }) => unit.name).join('; ')
  const byDistrict = Map.groupBy(owed, ({ unit }) => unit.district ?? '')
  if (owed.length <= unitsNamedInReminder || byDistrict.size < 2) return names(owed)
  return [...byDistrict]
    .map(([district, those]) => (district ? `${district} ${those.length}` : names(those)))
    .join('; ')
}

/** A text to paste: the order, how many units have done it, and which units still owe which step. */
function reminderText(row: store.DirectiveRow, owed: readonly Reminder[], today: Day, language: Language): string {
  const say = sayReminder(language)
  const line = (key: Parameters<typeof say>[0], step: DirectiveStep) => {
    const those = owed.filter(one => one.step === step)
    return those.length ? [fillTemplate(say(key), { n: those.length, units: unitNamesText(those) })] : []
  }
  return [
    fillTemplate(say('head'), {
      number: `${row.number}/${row.year}`,
      title: row.title,
      version: fillTemplate(say('version'), { n: row.version }),
    }),
    fillTemplate(say('due'), { day: slashedDay(row.dueOn), done: row.done, units: row.units }),
    ...(row.question ? [fillTemplate(say('question'), { question: row.question })] : []),
    ...line('unread', 'unread'),
    ...line('to-acknowledge', 'read'),
    ...line('to-answer', 'acknowledged'),
    say(owed.length === 0 ? 'all' : row.dueOn < today ? 'please-late' : 'please'),
  ].join('\n')
}

/**
 * The units that still owe a step on one directive, or on all open ones in sight. Only the issuing unit gets the texts.
 */
export async function readReminders(work: Work, { id }: { id?: DirectiveId | undefined } = {}): Promise<Reminders> {
  const own = await ownUnits(work)
  const rows = await store.findDirectives(work, own, { id, state: 'open' })
  if (id && rows.length === 0) await getRow(work, id)
  const owed = await findOwed(work, rows)
  const byDirective = Map.groupBy(owed, ({ directiveId }) => directiveId)
  const texts = rows
    .filter(({ issuingUnitId }) => own.includes(issuingUnitId))
    .map(row => {
      const text = (language: Language) => reminderText(row, byDirective.get(row.id) ?? [], work.today, language)
      return { directiveId: row.id, vi: text('vi'), en: text('en') }
    })
  return { day: work.today, reminders: owed, texts }
}

/** What the actor's unit owes on open directives, and what is owed on those that it issued. */
export async function readDuties(work: Work): Promise<Duties> {
  const own = await ownUnits(work)
  const rows = await store.findDirectives(work, own, { state: 'open' })
  const mine = rows.flatMap(row => {
    const step = ownStep(row)
    return step && !isStepDone(step, store.directiveQuestionOf(row)) ? [{ row, step }] : []
  })
  const isLate = ({ dueOn }: store.DirectiveRow) => dueOn < work.today
  const nextOn = mine.map(({ row }) => row.dueOn).sort()[0]
  const owing = rows.filter(row => own.includes(row.issuingUnitId) && row.done < row.units)
  const sum = (those: readonly store.DirectiveRow[]) =>
    those.reduce((total, { units, done }) => total + units - done, 0)
  return {
    day: work.today,
    mine: {
      unread: mine.filter(({ step }) => step === 'unread').length,
      toAcknowledge: mine.filter(({ step }) => step === 'unread' || step === 'read').length,
      toAnswer: mine.filter(({ row }) => row.question !== null).length,
      overdue: mine.filter(({ row }) => isLate(row)).length,
      ...(nextOn && { nextOn }),
    },
    owed: { directives: owing.length, units: sum(owing), overdue: sum(owing.filter(isLate)) },
  }
}
