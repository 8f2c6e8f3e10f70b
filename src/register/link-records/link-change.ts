import { isId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { PersonId } from '../person.ts'
import type { LinkMark } from './link-record.ts'
import * as store from './store-link-record.ts'

/**
 * Who changed for linkage since one last asked. The moment of a change will not do for this: works commit in another
 * order than they begin. So a change bears the number of its transaction, and a reader gets past it only when every
 * earlier transaction has ended.
 */

export type ChangedPersons = {
  /**
   * In order of change. A person who changed beside a work that is still open comes now and again later, so that no
   * change is lost.
   */
  readonly personIds: readonly PersonId[]
  /** This reading goes on after it. */
  readonly next: LinkMark
  /**
   * A later reading begins after it: no work that is still open can change anybody before it. It is `next` where no
   * person of the page changed beside an open work.
   */
  readonly settledTo: LinkMark
  /** This reading has another page. */
  readonly more: boolean
}

/** Before everybody. */
const nilPersonId = '00000000-0000-0000-0000-000000000000' as PersonId
const markOf = (server: string, changedIn: string, personId: PersonId) =>
  `${server}:${changedIn}:${personId}` as LinkMark

/**
 * A mark of another server's life (a backup restored elsewhere counts transactions anew), or none, stands before
 * everything.
 */
function parseMark(
  mark: string | undefined,
  server: string,
): { readonly changedIn: string; readonly personId: PersonId } {
  const [of, changedIn, personId] = mark?.split(':') ?? []
  if (of !== server || !/^\d{1,20}$/.test(changedIn ?? '') || (personId !== nilPersonId && !isId(personId ?? '')))
    return { changedIn: '0', personId: nilPersonId }
  return { changedIn: changedIn as string, personId: personId as PersonId }
}

/** The mark of now: committed changes are before it, changes of open works after it. */
export async function currentMark(work: Work): Promise<LinkMark> {
  const { server, settled } = await store.oldestOpenTransaction(work)
  return markOf(server, settled, nilPersonId)
}

/**
 * The persons whose link record changed after a mark, `limit` at most; without a mark, everyone. The work sees the
 * whole house. A reader that keeps its place keeps `settledTo`, up to the first page of a reading where that is not
 * `next`: what commits meanwhile may come before the pages after it.
 */
export async function findChangedSince(work: Work, since?: LinkMark | string, limit = 1000): Promise<ChangedPersons> {
  const { server } = await store.oldestOpenTransaction(work)
  const place = parseMark(since, server)
  const rows = await store.findChangedAfter(work, place, limit)
  const markAfter = (row: store.ChangedRow | undefined) =>
    row ? markOf(server, row.changed_in, row.person_id) : markOf(server, place.changedIn, place.personId)
  return {
    personIds: rows.map(({ person_id }) => person_id),
    next: markAfter(rows.at(-1)),
    settledTo: markAfter(rows.findLast(({ settled }) => settled)),
    more: rows.length === limit,
  }
}
