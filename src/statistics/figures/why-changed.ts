import type { Static } from 'typebox'
import * as campaign from '../../campaign/campaign.ts'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import type { FigureDifference, figureWhyList } from './contract-people.ts'
import { namesOf, noteReading, type PeopleListInput, readPeopleList } from './people-behind-figure.ts'
import * as store from './store-list.ts'

type DifferenceCause = FigureDifference['parts'][number]['cause']

/**
 * Why a person is no longer, or newly, on a list: by a change of membership first, else by a change of what they have.
 * Late is a thing of a day before `knownOn`, on which the earlier edition began.
 */
function differenceCauseOf(
  { way, member_cause, came_by, moved_in, had_on, has_on, begun_on }: store.ChangedPersonRow,
  { which, has, not }: store.PeopleQuery,
  knownOn: Day,
): DifferenceCause {
  if (way === 'gone' && member_cause !== null) return member_cause as DifferenceCause
  if (way === 'come' && moved_in)
    return (member_cause ?? came_by ?? 'corrected') === 'rule'
      ? 'corrected'
      : ((member_cause ?? came_by ?? 'corrected') as DifferenceCause)
  const isGain = (which === 'lacking' || which === 'stopped') === (way === 'gone')
  if (!not && had_on && has_on && had_on !== has_on) return 'day-corrected'
  if (isGain) return !not && has_on && has_on < knownOn ? 'late-report' : 'deed'
  if (has !== 'number_known' && begun_on) return 'taken-back'
  return has.startsWith('card') ? 'card-ended' : has.startsWith('account') ? 'account-ended' : 'corrected'
}

type DifferencePeople = {
  readonly people: store.PeopleQuery
  readonly turned: readonly { readonly row: store.ChangedPersonRow; readonly cause: DifferenceCause }[]
  readonly until: number
}

async function readDifference(
  work: Work,
  id: campaign.CampaignId,
  { since, ...query }: PeopleListInput & { since: number },
): Promise<DifferencePeople> {
  const { people, query: asked } = await readPeopleList(work, id, query)
  const until = asked.edition ?? (await campaign.lastEdition(work)).number
  const rows = await store.findChangedPeople(work, people, since, until)
  const { day } = await campaign.editionAt(work, since)
  return { people, until, turned: rows.map(row => ({ row, cause: differenceCauseOf(row, people, day) })) }
}

/**
 * What made a figure of a day another one than it was in an earlier state of knowledge: parts by cause, which sum to
 * the difference.
 */
export async function explainDifference(
  work: Work,
  id: campaign.CampaignId,
  query: PeopleListInput & { since: number },
): Promise<FigureDifference> {
  const { people, turned, until } = await readDifference(work, id, query)
  const before = await store.countPeople(work, { ...people, edition: query.since })
  const after = await store.countPeople(work, { ...people, edition: until })
  const parts = [...Map.groupBy(turned, ({ cause }) => cause)].map(([cause, all]) => ({
    cause,
    gone: all.filter(({ row }) => row.way === 'gone').length,
    come: all.filter(({ row }) => row.way === 'come').length,
  }))
  return { before, after, parts: parts.toSorted((a, b) => b.gone + b.come - (a.gone + a.come)) }
}

/** Who made the difference. */
export async function listDifferencePeople(
  work: Work,
  id: campaign.CampaignId,
  { cause: only, ...query }: PeopleListInput & { since: number; cause?: DifferenceCause | undefined },
): Promise<Static<NonNullable<typeof figureWhyList.reply>>> {
  const { turned } = await readDifference(work, id, query)
  const those = turned.filter(({ cause }) => only === undefined || cause === only)
  await noteReading(
    work,
    those.map(({ row }) => row),
  )
  const names = await namesOf(
    work,
    those.map(({ row }) => row.person_id),
  )
  const people = those.map(({ row, cause }) => ({
    id: row.person_id,
    name: names.get(row.person_id) ?? null,
    cause,
    way: row.way,
  }))
  const order = new Map([...names.keys()].map((id, i) => [id, i]))
  return { people: people.toSorted((a, b) => (order.get(a.id) ?? Infinity) - (order.get(b.id) ?? Infinity)) }
}
