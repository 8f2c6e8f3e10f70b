import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countingStatements } from '../src/platform/db.ts'
import { asSystem } from '../src/platform/work.ts'
import { mayDo } from '../src/staff/role.ts'
import { unitsOfPost } from '../src/staff/session.ts'
import { type TabName, type TabRequest, tabs } from './console-tabs.ts'
import { type Cast, openDemonstration } from './demonstration-house.ts'

/**
 * No statement in a loop: what the console's tabs ask takes as many statements where there is three times as much of
 * everything. Rows are copied in the database, so that a table that is missing here is the usual way to go wrong.
 */

const { cast, house, inject, rowsOf } = await openDemonstration()
const callers = ['chihuy', 'huyen', 'phuong'].map(
  login => cast.find(one => one.login === login) ?? assert.fail(`the demonstration has no ${login}`),
)

const pathOf = ({ url }: TabRequest) =>
  url.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replace(/(born|from|to|day)=[\d-]+&?/g, '')

/** The statement that was sent most often, for whoever reads why a test fails. */
function mostSent(texts: readonly string[]): string {
  const [found] = [...Map.groupBy(texts, text => text)].toSorted(([, a], [, b]) => b.length - a.length)
  return found ? `${found[1].length} × ${found[0].replace(/\s+/g, ' ').trim().slice(0, 120)}` : ''
}

/** What each request of some tabs sends to the database, asked once before, so that what is kept in memory is there. */
async function statementsOf(
  who: Cast,
  some = Object.keys(tabs) as readonly TabName[],
): Promise<Map<string, readonly string[]>> {
  const { role, unitId, officerId } = who.session
  assert.ok(role && unitId)
  const ask = async ({ method, url, body }: TabRequest) => {
    const texts: string[] = []
    const answer = await countingStatements(texts, () => inject({ method, url, ...(body && { payload: body }) }, who))
    assert.ok(answer.status === 200 || answer.status === 404, `${who.login} ${url}: ${answer.text.slice(0, 300)}`)
    return { text: answer.text, texts }
  }
  const caller = {
    ...{ officerId, unitId, today: house.today(), may: (right: string) => mayDo(role, right) },
    read: async (request: TabRequest): Promise<unknown> => JSON.parse((await ask(request)).text),
  }
  const sent = new Map<string, readonly string[]>()
  for (const tab of some)
    for (const request of await tabs[tab](caller)) {
      await ask(request)
      const { texts } = await ask(request)
      if (texts.length >= (sent.get(pathOf(request))?.length ?? 0)) sent.set(pathOf(request), texts)
    }
  return sent
}

type Copied = { readonly table: string; readonly set: Readonly<Record<string, string>> }
/** The same id for each copy of the same thing. */
const copyOf = (column: string) =>
  `overlay(overlay(md5(${column}::text || n) placing '7' from 13) placing '8' from 17)::uuid`
/** What there is three times as much of, and what has to be another in a copy. */
const copied: readonly Copied[] = [
  { table: 'units.school', set: { id: copyOf('id'), code: 'code || n' } },
  { table: 'units.school_standing', set: { school_id: copyOf('school_id'), name: 'name || n' } },
  { table: 'rolls.roll', set: { id: copyOf('id'), school_id: copyOf('school_id') } },
  { table: 'campaign.campaign', set: { id: copyOf('id'), name: 'name || n' } },
  { table: 'planning.site', set: { id: copyOf('id'), school_id: copyOf('school_id') } },
  { table: 'planning.session', set: { id: copyOf('id'), site_id: copyOf('site_id'), code: 'code || n' } },
  { table: 'register.correction', set: { id: copyOf('id') } },
  { table: 'register.collection', set: { id: copyOf('id'), person_id: copyOf('person_id') } },
  { table: 'follow_ups.follow_up', set: { id: copyOf('id'), subject_id: copyOf('subject_id') } },
  { table: 'rolls.referral', set: { id: copyOf('id') } },
  { table: 'cards.batch', set: { id: copyOf('id'), code: 'code || n' } },
  { table: 'cards.box', set: { id: copyOf('id'), code: 'code || n' } },
  { table: 'exchange.question', set: { id: copyOf('id'), subject_id: copyOf('subject_id') } },
  { table: 'parties.party', set: { id: copyOf('id') } },
  { table: 'staff.proposal', set: { id: copyOf('id') } },
  { table: 'enrolment.gap', set: { subject: 'subject || n' } },
]

async function copyTwice({ table, set }: Copied): Promise<void> {
  const columns = await rowsOf<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  )
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  const values = columns.map(({ name }) => set[name] ?? `"${name}"`).join(', ')
  await rowsOf(`insert into ${table} (${names}) select ${values} from ${table}, (values ('2'), ('3')) c (n)
    on conflict do nothing`)
}

/** Three times as much of what the queues are of; each officer sees the schools that were added. */
async function grow(): Promise<void> {
  await rowsOf('set session_replication_role = replica')
  for (const one of copied) await copyTwice(one)
  await rowsOf('set session_replication_role = origin')
  await rowsOf('update units.edition set number = number + 1')
  for (const { session } of callers) {
    const { role, unitId } = session
    assert.ok(role && unitId)
    const scope = await house.openWork(asSystem('test'), work => unitsOfPost(work, { role, unitId } as never))
    Object.assign(session, { scope: [...scope] })
  }
}

const before = new Map<string, Map<string, readonly string[]>>()
for (const who of callers) before.set(who.login, await statementsOf(who))

/** A morning of an officer: what Hôm nay may cost, all its requests together (bench/pages.ts has the same limit). */
const most = 60

test('Hôm nay costs each officer at most sixty statements in at most four requests', async () => {
  for (const who of callers) {
    const sent = [...(await statementsOf(who, ['today'])).values()]
    const count = sent.flat().length
    assert.ok(count > 20 && count <= most, `${who.login}: ${count} statements, ${mostSent(sent.flat())}`)
    assert.ok(sent.length <= 4, `${who.login}: ${sent.length} requests`)
  }
})

test('no answer of a tab takes more statements where there is three times as much', async () => {
  await grow()
  const grown: string[] = []
  for (const who of callers)
    for (const [path, texts] of await statementsOf(who)) {
      const was = before.get(who.login)?.get(path)?.length
      if (was !== undefined && texts.length > was)
        grown.push(`${who.login} ${path}: ${was} → ${texts.length}, ${mostSent(texts)}`)
    }
  assert.deepEqual(grown, [])
})
