import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { hashOfToken } from '../src/access-links/issuing.ts'
import { hashToken, newToken } from '../src/platform/http/cookie-tokens.ts'
import { formToken } from '../src/platform/http/csrf.ts'
import { newId } from '../src/platform/ids.ts'

/**
 * Families who ask for an hour at once, each from a browser and an address of its own, behind the link that a slip
 * opened. Opening a link by its birth date has tests of its own, so that here the sessions are entered.
 */

export type RushingFamily = {
  readonly path: string
  readonly child: string
  readonly cookie: string
  readonly form: string
  readonly address: string
}

type Enter = (statement: string, values: readonly unknown[]) => Promise<unknown>

const column = <T, V>(rows: readonly T[], read: (row: T) => V): V[] => rows.map(read)

/** A link in force and an open session for each child. */
export async function openFamilyLinks(
  enter: Enter,
  childIds: readonly string[],
  { unitId, day }: { readonly unitId: string; readonly day: string },
): Promise<RushingFamily[]> {
  const rows = childIds.map((childId, at) => ({
    childId,
    link: newId<'access-link'>(),
    token: randomBytes(17).toString('base64url').slice(0, 22),
    session: newToken(),
    device: newToken(),
    address: `10.${50 + Math.floor(at / 40_000)}.${Math.floor(at / 200) % 200}.${1 + (at % 200)}`,
  }))
  await enter(
    `insert into access_links.link (id, kind, subject_id, label, unit_id, until, until_at, token_hash, issued_by,
       issued_at)
     select id, 'family', child, '', $4::uuid, $5::date + 100, now() + interval '100 days', hash, 'test', now()
     from unnest($1::uuid[], $2::uuid[], $3::bytea[]) as r (id, child, hash)`,
    [column(rows, one => one.link), childIds, column(rows, one => hashOfToken(one.token)), unitId, day],
  )
  await enter(
    `insert into families.link_child (person_id, link_id, added_on)
     select child, id, $3::date from unnest($1::uuid[], $2::uuid[]) as r (id, child)`,
    [column(rows, one => one.link), childIds, day],
  )
  await enter(
    `insert into access_links.session (link_id, id, token_hash, device_hash, begun_at, ends_at)
     select link, id, hash, device, now(), now() + interval '2 hours'
     from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[]) as r (link, id, hash, device)`,
    [
      column(rows, one => one.link),
      column(rows, () => newId<'link-session'>()),
      column(rows, one => hashToken(one.session)),
      column(rows, one => hashToken(one.device)),
    ],
  )
  return rows.map(({ childId, token, session, device, address }) => ({
    child: childId,
    path: `/family/${token}/hours/1`,
    cookie: `dinhdanh-family=${session}; dinhdanh-device=${device}`,
    form: formToken(device),
    address,
  }))
}

export type RushAnswers = {
  booked: number
  /** Told the nearest hours that are free. */
  offered: number
  /** Refused for the moment, and told when to come again; each came again. */
  later: number
  other: Record<string, number>
  seconds: number
  /** Milliseconds from the first request of a family to its answer. */
  waits: number[]
}

/** Each family opens a page of its link, by which the server knows them from then on, as whoever presses a button. */
export async function openPages(origin: string, families: readonly RushingFamily[]): Promise<void> {
  const line = families.values()
  const openSome = async () => {
    for (const { path, cookie, address } of line) {
      const url = `${origin}${path.replace(/1$/, '9')}`
      const answer = await fetch(url, { redirect: 'manual', headers: { 'x-forwarded-for': address, cookie } })
      await answer.text()
      if (answer.status !== 303) throw new Error(`a page was answered ${answer.status}`)
    }
  }
  await Promise.all(Array.from({ length: 8 }, openSome))
}

/** Everybody asks for one of some slots at once, again when told to; `atOnce` connections stand open. */
export async function askAtOnce(
  origin: string,
  families: readonly RushingFamily[],
  slots: readonly string[],
  { atOnce = families.length } = {},
): Promise<RushAnswers> {
  const answers: RushAnswers = { booked: 0, offered: 0, later: 0, other: {}, seconds: 0, waits: [] }
  const ask = async ({ path, child, cookie, form, address }: RushingFamily, slot: string) => {
    for (;;) {
      const answer = await fetch(`${origin}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          accept: 'text/html',
          'content-type': 'application/x-www-form-urlencoded',
          'x-forwarded-for': address,
          cookie,
        },
        body: new URLSearchParams({ form, step: 'book', service: 'A', slot, child }).toString(),
      })
      const text = await answer.text()
      const again = Number(answer.headers.get('retry-after'))
      if ((answer.status === 429 || answer.status === 503) && again > 0) {
        answers.later += 1
        // Not all in the same moment, as people do.
        await setTimeout(again * 1000 * (1 + Math.random()))
        continue
      }
      if (answer.status === 303 && answer.headers.get('location')?.includes('done=booked-at')) answers.booked += 1
      else if (answer.status === 409 && /name="slot"/.test(text)) answers.offered += 1
      else answers.other[String(answer.status)] = (answers.other[String(answer.status)] ?? 0) + 1
      return
    }
  }
  const begun = performance.now()
  const line = families.entries()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [at, family] of line) {
        const asked = performance.now()
        await ask(family, slots[at % slots.length] ?? '')
        answers.waits.push(performance.now() - asked)
      }
    }),
  )
  answers.seconds = (performance.now() - begun) / 1000
  return answers
}
