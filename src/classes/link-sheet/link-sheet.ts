/**
 * The sheet of one class behind its link. In: a session of the link. Decided: what comes next for each pupil (a
 * session, a last day to activate, a card to fetch, something else), and in which order. Out: the sheet, and results
 * of pupils, each the link’s deed. It has the names of the roll and nothing of the register.
 * Deeds: pupil-result.recorded, .taken-back.
 */
import type { LinkSession } from '../../access-links/access-links.ts'
import * as accounts from '../../accounts/accounts.ts'
import * as campaign from '../../campaign/campaign.ts'
import * as cards from '../../cards/cards.ts'
import * as planning from '../../planning/planning.ts'
import { asDay, type Day } from '../../platform/day.ts'
import { type Work, withNeeds } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import type { PupilResult } from '../class.ts'
import { findLinkedClass, findNamesInMessage, type LinkedClass } from '../links/links.ts'
import { classProblem } from '../problems.ts'
import { type PupilOfClass, readPupilsOf, recordResultIn } from '../sheet.ts'
import { findOwnLastResult } from '../store.ts'

/** What comes next for some pupils together, the soonest first. */
export type NextEvent =
  | {
      readonly is: 'session'
      readonly day: Day
      readonly startsAt: string
      /** Empty of a home: the invitation tells it. */
      readonly site: string | null
      readonly what: string
    }
  /** Without a day: the message that begins the days reached nobody. Over: a counter opens it again. */
  | { readonly is: 'activation'; readonly by: Day | undefined; readonly isOver: boolean }
  | { readonly is: 'card-here' }
  | { readonly is: 'other' }

export type LinkSheetRow = Pick<
  PupilOfClass,
  'row' | 'name' | 'numberInClass' | 'lacking' | 'asked' | 'unknown' | 'result'
> & {
  readonly next: NextEvent
  /** The message with the code reached nobody. */
  readonly isNoticeLost: boolean
  /** The family said, on its own page, that the child will come to the session. */
  readonly isComing: boolean
}

export type SheetGroup = { readonly next: NextEvent; readonly rows: readonly LinkSheetRow[] }

export type LinkSheet = {
  readonly day: Day
  readonly school: string
  readonly class: string
  readonly holder: string
  readonly until: Day
  readonly all: number
  readonly complete: number
  /** The last day on which an account is asked for in time. */
  readonly accountBy: Day | undefined
  readonly groups: readonly SheetGroup[]
  /** Whether the school says that the text for the group may name pupils. */
  readonly namesInMessage: boolean
  readonly canUndo: boolean
}

/** The class that a link opens, as the database shows it to the link. Throws class-pupil-unknown. */
async function getClassOf(work: Work, { subjectId }: Pick<LinkSession, 'subjectId'>): Promise<LinkedClass> {
  const linked = await findLinkedClass(work, subjectId)
  if (!linked) throw classProblem('class-pupil-unknown')
  return linked
}

const isComplete = ({ unknown, lacking }: PupilOfClass) => !unknown && lacking.length === 0
const needsAttention = (pupil: PupilOfClass) => !isComplete(pupil) || pupil.asked.length > 0

async function standingOf(work: Work, pupils: readonly PupilOfClass[]) {
  const ids = pupils.flatMap(({ personId }) => personId ?? [])
  const [cardsOf, accountsOf] = await withNeeds(
    work,
    async within => [await cards.cardsOf(within, ids), await accounts.accountsOf(within, ids)] as const,
  )
  return { cardsOf, accountsOf, sessions: await planning.sessionsOfPupils(work, ids) }
}

function nextOf(
  pupil: PupilOfClass,
  { cardsOf, accountsOf, sessions }: Awaited<ReturnType<typeof standingOf>>,
  today: Day,
): Pick<LinkSheetRow, 'next' | 'isNoticeLost' | 'isComing'> {
  const { personId = '' as never, lacking } = pupil
  const session = sessions.get(personId)
  const approved = (accountsOf.get(personId) ?? []).find(({ state }) => state === 'approved')
  const activation = lacking.includes('activation') ? approved : undefined
  const isNoticeLost = activation !== undefined && activation.activateBy === undefined
  if (session) {
    const { day, startsAt, site, kind, isComing } = session
    return { isNoticeLost, isComing, next: { is: 'session', day, startsAt, site, what: kind } }
  }
  if (activation)
    return {
      isNoticeLost,
      isComing: false,
      next: { is: 'activation', by: activation.activateBy, isOver: accounts.needsHotline(activation, today) },
    }
  const isCardHere = (cardsOf.get(personId) ?? []).some(({ state }) => state === 'at-unit')
  return { isNoticeLost, isComing: false, next: isCardHere ? { is: 'card-here' } : { is: 'other' } }
}

/** By which key rows stand together, and in which order the groups come. */
function keyOf(next: NextEvent): string {
  if (next.is === 'session') return `0 ${next.day} ${next.startsAt} ${next.site ?? ''}`
  if (next.is === 'activation') return next.isOver ? '1 over' : `1 ${next.by ?? 'no day'}`
  return next.is === 'card-here' ? '2' : '3'
}

/** The sheet that a link opens. What is shown is noted as read. */
export async function readLinkSheet(work: Work, session: LinkSession): Promise<LinkSheet> {
  const of = await getClassOf(work, session)
  const pupils = await readPupilsOf(work, of)
  const standing = await standingOf(work, pupils)
  const rows = pupils.filter(needsAttention).map(pupil => {
    const { row, name, numberInClass, lacking, asked, unknown, result } = pupil
    return { row, name, numberInClass, lacking, asked, unknown, result, ...nextOf(pupil, standing, work.today) }
  })
  const groups = [...Map.groupBy(rows, ({ next }) => keyOf(next))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, theirs]) => {
      const [first] = theirs
      return first ? [{ next: first.next, rows: theirs.toSorted((a, b) => a.numberInClass - b.numberInClass) }] : []
    })
  const days = (await campaign.safeDaysOfSchool(work, of.schoolId)).filter(({ what }) => what === 'account')
  return {
    day: work.today,
    school: (await units.getSchool(work, of.schoolId)).name,
    class: of.class,
    holder: session.holder ?? '',
    until: session.until,
    all: pupils.length,
    complete: pupils.filter(isComplete).length,
    accountBy: days
      .map(({ lastSafeOn }) => asDay(lastSafeOn))
      .filter(day => day >= work.today)
      .toSorted()[0],
    groups,
    namesInMessage: await findNamesInMessage(work, of.schoolId),
    canUndo: (await findOwnLastResult(work, of)) !== undefined,
  }
}

/**
 * Keeps what is said of a pupil behind the link. Throws class-pupil-unknown, class-note-refused, class-note-needed,
 * class-day-refused.
 */
export async function recordByLink(
  work: Work,
  session: LinkSession,
  rowId: string,
  result: PupilResult,
): Promise<void> {
  await recordResultIn(work, await getClassOf(work, session), rowId, result)
}

/** Takes the last result back that was said behind this link; nothing where there is none. */
export async function takeBackByLink(work: Work, session: LinkSession): Promise<string | undefined> {
  const of = await getClassOf(work, session)
  const last = await findOwnLastResult(work, of)
  if (last) await recordResultIn(work, of, last.rowId, {}, { onlyOwn: true })
  return last?.rowId
}
