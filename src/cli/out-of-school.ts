import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { asOperator, type House } from '../open-house.ts'
import * as children from '../out-of-school/out-of-school.ts'
import { type Day, parseDay } from '../platform/day.ts'
import { printAnswer, WrongUsage } from '../platform/terminal.ts'
import * as rolls from '../rolls/rolls.ts'
import * as units from '../units/units.ts'
import type { Invocation } from './invocation.ts'

const authority = asOperator('attendance')

type OutOfSchoolFigures = Awaited<ReturnType<typeof children.countOutOfSchool>>

function dayOf({ values, house }: Invocation): Day {
  const said = values['as-of']
  if (said === undefined) return house.today()
  const day = typeof said === 'string' ? parseDay(said) : undefined
  if (!day) throw new WrongUsage('--as-of takes a day such as 2023-04-20')
  return day
}

/** The unit that bears a code on the day: a district or province before a commune of the same code. */
async function unitId(house: House, code: unknown, day: Day): Promise<units.UnitId | undefined> {
  if (typeof code !== 'string') return undefined
  const unit = await house.openWork(authority, work => units.findUnitOn(work, code, day))
  if (!unit) throw new WrongUsage(`no unit has the code ${code} on ${day}`)
  return unit.id
}

async function outOfSchoolFilter(invocation: Invocation): Promise<children.OutOfSchoolFilter> {
  const { values, house } = invocation
  const { home } = values
  if (home !== undefined && home !== 'any' && home !== 'permanent')
    throw new WrongUsage('--home takes any or permanent')
  if (typeof values['school-year'] !== 'string')
    throw new WrongUsage('out-of-school list needs --school-year, such as 2022-2023')
  const day = dayOf(invocation)
  const unit = await unitId(house, values['unit'], day)
  return { schoolYear: values['school-year'], day, ...(home && { home }), ...(unit && { unit }) }
}

const columns: readonly (readonly [string, (of: OutOfSchoolFigures['all']) => number])[] = [
  ['children', ({ children }) => children],
  ['on no roll', ({ cases }) => cases.absent],
  ['(no roll yet)', ({ unreported }) => unreported],
  ['undecided', ({ cases }) => cases.undecided],
  ['here', ({ cases }) => cases['enrolled-here']],
  ['elsewhere', ({ cases }) => cases['enrolled-elsewhere']],
]

function outOfSchoolSummary({ of, all, byBirthYear, byUnit, coverage, departed, moved }: OutOfSchoolFigures): string {
  const line = (head: string, counted: OutOfSchoolFigures['all']) =>
    `  ${head.padEnd(24)}` +
    `${columns.map(([name, read]) => String(read(counted)).padStart(Math.max(8, name.length + 2))).join('')}`
  const years = byBirthYear.filter(({ group }) => group !== 'other')
  return [
    `${of.unit.name}, ${of.schoolYear}, as of ${of.day}, by ` +
      `${of.home === 'any' ? 'any residence in force' : 'permanent residence'}`,
    `  ${''.padEnd(24)}${columns.map(([name]) => name.padStart(Math.max(8, name.length + 2))).join('')}`,
    line('all', all),
    ...years.map(({ year, partial, counted }) => line(`born ${year}${partial ? ' (in part)' : ''}`, counted)),
    ...(byUnit.length > 1 && byUnit.length <= 40 ? byUnit.map(({ name, counted }) => line(name, counted)) : []),
    `  on rolls here besides: live elsewhere ${all.cases['studies-here-lives-elsewhere']}, in nobody's ` +
      `register ${all.cases['not-in-register']}, rows to look at ${all.cases['row-undecided']}`,
    `  household likely moved ${moved.household}, one child ${moved.child}, unclear ${moved.unclear}; dead ` +
      `${all.cases.dead}, missing ${all.cases.missing}, left ${departed}`,
    `  rolls have come of ${coverage.reported} of ${coverage.schools} ` +
      `schools${coverage.partial ? ': absent children may be at the others' : ''}`,
  ].join('\n')
}

const printText = async (text: string) => {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

/** One document: the figures, and everyone behind them, a line each. */
async function printAll(
  figures: OutOfSchoolFigures,
  people: NonNullable<Awaited<ReturnType<typeof children.listAllOutOfSchool>>['people']>,
) {
  await printText(`{"figures":${JSON.stringify(figures)},\n"children":[`)
  for (const [i, child] of people.entries()) {
    const { number, name, born, unreported, schools, elsewhere, said, moved, isPerson } = child
    const told = {
      person_number: number,
      case: child.case,
      school: schools[0]?.code ?? null,
      born,
      group: child.group,
      unreported,
      elsewhere,
      said,
      moved,
    }
    await printText(
      `${i ? ',' : ''}\n` +
        `${JSON.stringify(isPerson ? told : { ...told, name, roll: schools[0]?.rollId, place: schools[0]?.place })}`,
    )
  }
  await printText(']}\n')
}

/** As many as a province has children and pupils. */
const everyone = 2_000_000

/** `out-of-school list --school-year Y [--unit CODE]`: children of school age, and whose roll they are on. */
export async function listOutOfSchool(invocation: Invocation): Promise<void> {
  const { house, values, json } = invocation
  const filter = await outOfSchoolFilter(invocation)
  if (filter.schoolYear) await rolls.weighDueDoubts(house.openWork, filter.schoolYear)
  const figures = await house.openWork(authority, work => children.countOutOfSchool(work, filter))
  const { out } = values
  if (typeof out === 'string')
    await house.openWork(authority, async work => {
      const { content } = await children.exportOutOfSchool(work, filter, authority.by.id, 'vi')
      await pipeline(
        content instanceof Readable ? content : Readable.from([content as string]),
        createWriteStream(out, { mode: 0o600 }),
      )
    })
  if (!json) return printAnswer(false, undefined, outOfSchoolSummary(figures))
  const { people = [] } = await house.openWork(authority, work => children.listAllOutOfSchool(work, filter, everyone))
  await printAll(figures, people)
}
