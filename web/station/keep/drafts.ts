import type { Jwk, Key } from '../../../src/enrolment/packet.ts'
import type { Draft } from '../draft.ts'
import { type Closed, close, closeFor, keyOf, newRawKey, open, openFor, read, written } from './cipher.ts'
import type { DraftRow, Keep } from './database.ts'
import { withRoom } from './kept.ts'
import type { OpenRoster } from './rosters.ts'
import type { Unlocked } from './secret.ts'

/**
 * A capture in progress survives a killed browser, a dead battery and the end of its session. While the session's roster can be read, any of its officers may go on with it;
 * after that, only the officer who began it.
 */

const aboutKey = (application: string) => `draft ${application}`
const aboutPicture = (application: string, name: string) => `picture ${application} ${name}`

/** Pictures, and records of a device, that are kept already, by what holds them in memory. */
const names = new WeakMap<Picture, string>()
/** Keys of drafts that are open in this tab. */
const held = new Map<string, Key>()

export const forgetHeld = () => held.clear()

type Picture = Blob | Uint8Array<ArrayBuffer>
const isPicture = (value: unknown): value is Picture => value instanceof Blob || value instanceof Uint8Array

/** What marks a record of a device among the types of pictures: it is bytes in memory too. */
const recordType = 'record'
const typeOf = (picture: Picture) => (picture instanceof Blob ? picture.type : recordType)
const bytesOf = async (picture: Picture) => (picture instanceof Blob ? new Uint8Array(await picture.arrayBuffer()) : picture)

type Kept = { readonly blob: string }
const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'blob' in value && typeof value.blob === 'string'

/** The same value with each picture changed for the name of its picture, or back. */
function changed(value: unknown, change: (value: unknown) => unknown): unknown {
  const other = change(value)
  if (other !== value) return other
  if (Array.isArray(value)) return value.map(one => changed(one, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, changed(one, change)]))
}

function parted(draft: Draft): { readonly facts: unknown; readonly pictures: ReadonlyMap<string, Picture> } {
  const pictures = new Map<string, Picture>()
  const facts = changed(draft, value => {
    if (!isPicture(value)) return value
    const name = names.get(value) ?? crypto.randomUUID()
    names.set(value, name)
    pictures.set(name, value)
    return { blob: name } satisfies Kept
  })
  return { facts, pictures }
}

async function begin({ db }: Keep, draft: Draft, officer: string, open: OpenRoster | undefined) {
  const [raw, owner] = [newRawKey(), await db.officers.get(officer)]
  const about = aboutKey(draft.application)
  const shared = open?.keys.get(open.current)
  const doors = {
    own: await closeFor(owner?.vault?.publicKey as Jwk, raw, about),
    ...(open && shared && { shared: { key: open.current, closed: await close(shared, raw, about) } }),
  } satisfies Pick<DraftRow, 'own' | 'shared'>
  return { doors, key: await keyOf(raw) }
}

/** Keeps the draft as it is now; pictures that are kept already are not written again. */
export async function saveDraft(keep: Keep, draft: Draft, officer: string, roster: OpenRoster | undefined): Promise<void> {
  const { db, now } = keep
  const { application, session } = draft
  const before = await db.drafts.get(application)
  // Whoever goes on with it has it from now on: a new key, closed for them.
  const known = before?.officer === officer ? held.get(application) : undefined
  const begun = known ? undefined : await begin(keep, draft, officer, roster)
  const key = known ?? (begun?.key as Key)
  const doors = begun?.doors
  const { facts, pictures } = parted(draft)
  const content = await close(key, written(facts), aboutKey(application))
  const there = new Set((await db.pictures.where('application').equals(application).primaryKeys()).map(([, name]) => name))
  const added = await Promise.all(
    [...pictures]
      .filter(([name]) => !there.has(name) || doors)
      .map(async ([name, picture]) => ({
        application,
        name,
        type: typeOf(picture),
        content: await close(key, await bytesOf(picture), aboutPicture(application, name)),
      })),
  )
  const gone = [...there].filter(name => !pictures.has(name)).map(name => [application, name] as [string, string])
  const write = () =>
    db.transaction('rw', db.drafts, db.pictures, db.packets, async () => {
      // What was sealed meanwhile is no draft any more.
      if (await db.packets.where('application').equals(application).count()) return
      const row = await db.drafts.get(application)
      await db.drafts.put({ ...row, officer, ...doors, application, session, savedAt: now().getTime(), content } as DraftRow)
      await db.pictures.bulkPut(added)
      await db.pictures.bulkDelete(gone)
    })
  await withRoom(keep, write)
  // Only now: had it failed, what is kept would still be under the key before.
  held.set(application, key)
}

async function rawKeyOf(row: DraftRow, unlocked: Unlocked, roster: OpenRoster | undefined) {
  const about = aboutKey(row.application)
  if (row.officer === unlocked.officer) return openFor(unlocked.key, row.own, about)
  const key = row.shared && roster?.keys.get(row.shared.key)
  return key && row.shared ? open(key, row.shared.closed, about) : undefined
}

/** Opens a draft with its pictures; undefined where this officer may not, or there is none. */
export async function openDraft({ db }: Keep, application: string, unlocked: Unlocked, roster?: OpenRoster): Promise<Draft | undefined> {
  const row = await db.drafts.get(application)
  const raw = row && (await rawKeyOf(row, unlocked, roster))
  if (!row || !raw) return undefined
  const key = await keyOf(raw)
  const facts = await open(key, row.content, aboutKey(application))
  if (!facts) return undefined
  held.set(application, key)
  const rows = await db.pictures.where('application').equals(application).toArray()
  const pictures = new Map<string, Picture>()
  for (const { name, type, content } of rows) {
    const bytes = await open(key, content as Closed, aboutPicture(application, name))
    if (!bytes) continue
    const picture = type === recordType ? bytes : new Blob([bytes], { type })
    names.set(picture, name)
    pictures.set(name, picture)
  }
  return changed(read(facts), value => (isKept(value) ? pictures.get(value.blob) : value)) as Draft
}
