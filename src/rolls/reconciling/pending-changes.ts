import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { RollId } from '../roll.ts'
import * as store from './store-rescore.ts'

/**
 * How far the register's changes have reached the rolls. Each roll in force is either stale, and waits to be compared
 * whole, or has every change before the watermark; later changes are pending.
 */

/** So many changed persons are looked up at once. A roll that is sent while more are pending is compared whole. */
const peoplePerPage = 500

/** Who changed since the watermark. The first to ask sets it: there is no roll yet that knows less. */
export async function pendingChanges(work: Work): Promise<readonly register.PersonId[] | 'many'> {
  const page = await changesSinceWatermark(work)
  return page?.more ? 'many' : (page?.personIds ?? [])
}

/** The page after a place; the first one begins at the watermark. */
async function changesSinceWatermark(work: Work, after?: string): Promise<register.ChangedPersons | undefined> {
  const mark = after ?? (await store.findWatermark(work))
  if (mark) return register.findChangedSince(work, mark, peoplePerPage)
  await store.setWatermark(work, await register.currentMark(work))
  return undefined
}

/** The watermark when the whole register was read, and the register's mark of that moment. */
export type Watermark = { readonly at: string; readonly mark: string }

/** Sets the watermark where there is none: there is no roll yet that knows less than the reader. */
export async function ensureWatermark(work: Work, mark: string): Promise<Watermark> {
  const at = await store.findWatermark(work)
  if (at === undefined) await store.setWatermark(work, mark)
  return { at: at ?? mark, mark }
}

/**
 * Whether the rolls have had no changes since that reading. Where they have, the changes are brought to them again, so
 * that the new roll gets them too.
 */
export async function resetWatermarkIfMoved(work: Work, { at, mark }: Watermark): Promise<boolean> {
  const isKept = (await store.findWatermark(work)) === at
  if (!isKept) await store.setWatermark(work, mark)
  return isKept
}

/** The next persons who changed, with those who touch rows of a roll by roll; undefined where no person changed. */
export async function pendingPage(
  work: Work,
  after?: string,
): Promise<
  (register.ChangedPersons & { readonly byRoll: ReadonlyMap<RollId, readonly register.PersonId[]> }) | undefined
> {
  const page = await changesSinceWatermark(work, after)
  if (!page || page.personIds.length === 0) return undefined
  const touched = Map.groupBy(await store.findTouchedRows(work, page.personIds), ({ rollId }) => rollId)
  return {
    ...page,
    byRoll: new Map([...touched].map(([id, rows]) => [id, [...new Set(rows.map(({ personId }) => personId))]])),
  }
}
