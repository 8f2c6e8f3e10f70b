import type { Jwk, PacketKey } from '../../../src/enrolment/seal-packet.ts'
import type { Draft } from '../draft/draft.ts'
import { ifRoom, withRoom } from './acknowledged-packets.ts'
import { type Closed, close, closeFor, keyOf, newRawKey, open, openFor, read, written } from './cipher.ts'
import type { DraftRow, Keep, PictureRow } from './database.ts'
import type { Unlocked } from './officer-secret.ts'
import type { OpenRoster } from './rosters.ts'

/**
 * A capture in progress survives a killed browser, a dead battery and the end of its session. While the session's
 * roster can be read, any of its officers may go on with it; after that, only the officer who began it.
 */

const aboutKey = (application: string) => `draft ${application}`
const aboutPicture = (application: string, name: string) => `picture ${application} ${name}`

/** Pictures, and records of a device, that are kept already, by what holds them in memory. */
const names = new WeakMap<Picture, string>()
/** Keys of drafts that are open in this tab. */
const held = new Map<string, PacketKey>()

export const forgetHeld = () => held.clear()

type Picture = Blob | Uint8Array<ArrayBuffer>
const isPicture = (value: unknown): value is Picture => value instanceof Blob || value instanceof Uint8Array

/** What marks a record of a device among the types of pictures: it is bytes in memory too. */
const recordType = 'record'
const typeOf = (picture: Picture) => (picture instanceof Blob ? picture.type : recordType)
const bytesOf = async (picture: Picture) =>
  picture instanceof Blob ? new Uint8Array(await picture.arrayBuffer()) : picture

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

/** A draft as it is to lie on the disk, and the key that closed it. */
type ClosedDraft = {
  readonly row: Omit<DraftRow, 'own'> & Partial<Pick<DraftRow, 'own'>>
  readonly added: readonly PictureRow[]
  readonly gone: readonly [string, string][]
  /** When what it follows had been saved. */
  readonly after: number | undefined
  readonly key: PacketKey
}

/** Pictures that are kept already are not closed again. */
async function closeDraft(
  keep: Keep,
  draft: Draft,
  officer: string,
  roster: OpenRoster | undefined,
): Promise<ClosedDraft> {
  const { db, now } = keep
  const { application, session } = draft
  const before = await db.drafts.get(application)
  // Whoever goes on with it has it from now on: a new key, closed for them.
  const known = before?.officer === officer ? held.get(application) : undefined
  const begun = known ? undefined : await begin(keep, draft, officer, roster)
  const key = known ?? (begun?.key as PacketKey)
  const doors = begun?.doors
  const { facts, pictures } = parted(draft)
  const content = await close(key, written(facts), aboutKey(application))
  const there = new Set(
    (await db.pictures.where('application').equals(application).primaryKeys()).map(([, name]) => name),
  )
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
  return {
    row: { officer, ...doors, application, session, savedAt: now().getTime(), content },
    added,
    gone,
    after: before?.savedAt,
    key,
  }
}

function writeDraft(
  keep: Keep,
  { row, added, gone, after }: Omit<ClosedDraft, 'key'>,
  only: 'whatever-is-there' | 'if-unchanged',
) {
  const { db } = keep
  const { application } = row
  return withRoom(keep, () =>
    db.transaction('rw', db.drafts, db.pictures, db.packets, async () => {
      // What was sealed meanwhile is no draft any more.
      if (await db.packets.where('application').equals(application).count()) return
      const there = await db.drafts.get(application)
      if (only === 'if-unchanged' && there?.savedAt !== after) return
      await db.drafts.put({ ...there, ...row } as DraftRow)
      await db.pictures.bulkPut([...added])
      await db.pictures.bulkDelete([...gone])
    }),
  )
}

/** Keeps the draft as it is now. */
export async function saveDraft(
  keep: Keep,
  draft: Draft,
  officer: string,
  roster: OpenRoster | undefined,
): Promise<void> {
  const closed = await closeDraft(keep, draft, officer, roster)
  await writeDraft(keep, closed, 'whatever-is-there')
  // Only now: had it failed, what is kept would still be under the key before.
  held.set(draft.application, closed.key)
  aside.delete(draft.application)
}

/** What the disk had no room for when the machine was locked, closed as it is to lie there; nothing here opens it. */
const aside = new Map<string, Omit<ClosedDraft, 'key'>>()

/** Holds a draft that could not be written, closed, until there is room. It is gone only with the page itself. */
export async function setAside(
  keep: Keep,
  draft: Draft,
  officer: string,
  roster: OpenRoster | undefined,
): Promise<void> {
  const { key: _key, ...closed } = await closeDraft(keep, draft, officer, roster)
  aside.set(draft.application, closed)
}

/**
 * Writes what was set aside, as far as there is room by now; what was saved since then has gone past it. Gives how many
 * are still aside.
 */
export async function writeAside(keep: Keep): Promise<number> {
  for (const [application, closed] of aside) {
    const done = await ifRoom(writeDraft(keep, closed, 'if-unchanged').then(() => true))
    if (done && aside.get(application) === closed) aside.delete(application)
  }
  return aside.size
}

/** A draft as it is on the disk, under what was set aside of it. */
async function lying(
  { db }: Keep,
  application: string,
): Promise<{ row: DraftRow | undefined; pictures: readonly PictureRow[] }> {
  const [there, pictures] = [
    await db.drafts.get(application),
    await db.pictures.where('application').equals(application).toArray(),
  ]
  const late = aside.get(application)
  if (!late) return { row: there, pictures }
  const names = new Map(pictures.map(picture => [picture.name, picture] as const))
  for (const [, name] of late.gone) names.delete(name)
  for (const picture of late.added) names.set(picture.name, picture)
  return { row: { ...there, ...late.row } as DraftRow, pictures: [...names.values()] }
}

async function rawKeyOf(row: DraftRow, unlocked: Unlocked, roster: OpenRoster | undefined) {
  const about = aboutKey(row.application)
  if (row.officer === unlocked.officer) return openFor(unlocked.key, row.own, about)
  const key = row.shared && roster?.keys.get(row.shared.key)
  return key && row.shared ? open(key, row.shared.closed, about) : undefined
}

/** Opens a draft with its pictures; undefined where this officer may not, or there is none. */
export async function openDraft(
  keep: Keep,
  application: string,
  unlocked: Unlocked,
  roster?: OpenRoster,
): Promise<Draft | undefined> {
  await writeAside(keep)
  const { row, pictures: rows } = await lying(keep, application)
  const raw = row && (await rawKeyOf(row, unlocked, roster))
  if (!row || !raw) return undefined
  const key = await keyOf(raw)
  const facts = await open(key, row.content, aboutKey(application))
  if (!facts) return undefined
  held.set(application, key)
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
