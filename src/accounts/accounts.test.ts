import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { aPerson, enter } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { asDay, type Day } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import { asSystem } from '../platform/work.ts'
import { readInstant } from './account.ts'
import * as accounts from './accounts.ts'

const house = await openHouse({ withUnits: true })
const maintenance = { ...asSystem('import'), role: 'maintenance' as const }
const header = 'person_number,level,state,phone,approved_at,activated_at'

const importing = (rows: string[], asOf: Day) =>
  accounts.importAccounts(house.openWork, maintenance, Readable.from([[header, ...rows].join('\n')]), { asOf })

const an = '022205777777'
const id = newId<'person'>()
await house.owner('insert into register.number_lookup (number, person_id) values ($1, $2)', [an, id])
const accountsOf = async () =>
  ((await house.work(work => accounts.accountsOf(work, [id]))).get(id) ?? [])
    .map(({ level, state }) => `${level} ${state}`)
    .sort()

/** Somebody whom the register has, with what stands of their account. */
async function somebodyKnown(bornOn = '2005-03-15') {
  const row = aPerson({ bornOn })
  const personId = await enter(house, row)
  const ofThis = async () => (await house.work(work => accounts.accountsOf(work, [personId]))).get(personId)?.[0]
  const phoneNow = () => house.work(work => accounts.findPhone(work, personId))
  const changes = async () =>
    (
      await house.owner<{ proof: string }>('select proof from accounts.phone_change where person_id = $1 order by at', [
        personId,
      ])
    ).map(({ proof }) => proof)
  return { number: row.person_number, ofThis, phoneNow, changes }
}

test('a later extract moves an account on; an older one changes nothing', async () => {
  assert.equal((await importing([`${an},1,approved,0912345678,2023-03-01,`], asDay('2023-03-02'))).added, 1)
  assert.equal(
    (await importing([`${an},2,activated,0912345678,2023-03-01,2023-03-05T08:00:00+07:00`], asDay('2023-04-01')))
      .changed,
    1,
  )
  const older = await importing([`${an},1,approved,0912345678,2023-03-01,`], asDay('2023-03-10'))
  assert.deepEqual([older.changed, older.unchanged], [0, 1])
  assert.deepEqual(await accountsOf(), ['2 activated'])
})

test('an account that an extract reports as approved anew waits for activation again', async () => {
  await importing([`${an},2,approved,,2023-04-02,`], asDay('2023-04-03'))
  const [row] = await house.owner<{ state: string; activated_at: Date | null }>(
    'select state, activated_at from accounts.account where person_id = $1',
    [id],
  )
  assert.deepEqual(row, { state: 'approved', activated_at: null })
  assert.equal((await importing([`${an},2,approved,,2023-04-02,`], asDay('2023-04-03'))).unchanged, 1)
  await importing([`${an},2,activated,,2023-04-02,2023-04-03T08:00:00+07:00`], asDay('2023-04-03'))
})

test('a cancelled account stays as history beside its successor', async () => {
  await importing([`${an},2,cancelled,,2023-03-01,2023-03-05T08:00:00+07:00`], asDay('2023-04-05'))
  assert.deepEqual(await accountsOf(), ['2 cancelled'])
  const both = [`${an},2,cancelled,,2023-03-01,2023-03-05T08:00:00+07:00`, `${an},1,requested,0987654321,,`]
  assert.deepEqual(
    (({ added, changed, unchanged }) => [added, changed, unchanged])(await importing(both, asDay('2023-04-10'))),
    [1, 0, 1],
  )
  assert.deepEqual(await accountsOf(), ['1 requested', '2 cancelled'])
  assert.equal((await importing(both, asDay('2023-04-10'))).unchanged, 2)
})

test('the import reports each wrong row with its own reason', async () => {
  const { reasons } = await importing(
    [
      `x,1,approved,,,`,
      `022205999999,1,approved,,,`,
      `${an},3,approved,,,`,
      `${an},1,open,,,`,
      `${an},1,approved,12,,`,
      `${an},1,approved,,yesterday,`,
      `${an},1,activated,,2023-03-05,2023-03-01`,
      `${an},1,requested,0987654321,,`,
      `${an},1,requested,0987654321,,`,
    ],
    asDay('2023-04-10'),
  )
  assert.deepEqual(reasons, {
    'number-malformed': 1,
    'number-unknown': 1,
    'level-unknown': 1,
    'state-unknown': 1,
    'phone-malformed': 1,
    'instant-malformed': 1,
    'activated-before-approved': 1,
    'account-twice': 1,
  })
})

test('an instant without a zone is read in the province’s time zone', () => {
  assert.equal(readInstant('2023-04-20'), '2023-04-20T00:00:00+07:00')
  assert.equal(readInstant('2023-04-20 08:30'), '2023-04-20T08:30+07:00')
  assert.equal(readInstant('2023-04-20T01:30:00Z'), '2023-04-20T01:30:00Z')
  assert.deepEqual([readInstant(''), readInstant('2023-02-30'), readInstant('8 giờ')], [null, undefined, undefined])
})

test('a row with an hour or a zone that no day has is refused alone, and the others are imported', async () => {
  const { number, ofThis } = await somebodyKnown()
  const wrong = ['2023-03-01 08:30:80', '2023-03-01T24:30:00Z', '2023-03-01T08:61', '2023-03-01T08:30:00+99:99']
  const { reasons, added } = await importing(
    [...wrong.map(at => `${an},1,approved,,${at},`), `${number},2,approved,,2023-03-01T23:59:59.999+07:00,`],
    asDay('2023-03-10'),
  )
  assert.deepEqual([reasons, added], [{ 'instant-malformed': wrong.length }, 1])
  assert.equal((await ofThis())?.state, 'approved')
})

test('an older extract does not undo a phone change made at a counter; a later one replaces the phone', async () => {
  const { number, ofThis, phoneNow, changes } = await somebodyKnown()
  await importing([`${number},2,approved,0912345601,2023-03-01,`], asDay('2023-03-10'))
  const { id: account } = (await ofThis()) ?? assert.fail('no account')
  await house.work(work =>
    accounts.changePhone(work, account, { phone: '0912345602', again: '0912345602', proof: 'card' }),
  )
  const older = await importing([`${number},2,approved,0912345601,2023-03-01,`], asDay('2023-04-01'))
  assert.deepEqual([older.changed, older.unchanged, await phoneNow()], [0, 1, '+84912345602'])
  // Its state moves on all the same; and of the day of the change itself nobody knows which came first: the counter's
  // is believed.
  await importing([`${number},2,activated,0912345601,2023-03-01,2023-04-02`], asDay('2023-04-20'))
  assert.deepEqual(
    [(await ofThis())?.state, await phoneNow(), await changes()],
    ['activated', '+84912345602', ['card']],
  )
  await importing([`${number},2,activated,0912345603,2023-03-01,2023-04-02`], asDay('2023-05-01'))
  assert.deepEqual([await phoneNow(), await changes()], ['+84912345603', ['card', 'extract']])
})

test('an extract gives an adult another holder’s phone only where it removes it there; a child may share', async () => {
  const [one, other, child] = [await somebodyKnown(), await somebodyKnown(), await somebodyKnown('2012-05-01')]
  await importing(
    [
      `${one.number},2,activated,0912345611,2023-03-01,2023-03-02`,
      `${other.number},2,activated,0912345612,2023-03-01,2023-03-02`,
    ],
    asDay('2023-03-10'),
  )
  const taking = `${other.number},2,activated,0912345611,2023-03-01,2023-03-02`
  const refused = await importing([taking, `${child.number},1,approved,0912345611,2023-03-01,`], asDay('2023-03-20'))
  assert.deepEqual(
    [refused.reasons, refused.added, await other.phoneNow()],
    [{ 'phone-of-another': 1 }, 1, '+84912345612'],
  )
  // Nobody gives up what they are refused to give up: a phone that waits for a refused row is refused too.
  const third = await somebodyKnown()
  const chain = await importing([`${third.number},1,approved,0912345612,2023-03-01,`, taking], asDay('2023-03-20'))
  assert.deepEqual(chain.reasons, { 'phone-of-another': 2 })
  await importing([taking, `${one.number},2,activated,0912345613,2023-03-01,2023-03-02`], asDay('2023-03-21'))
  assert.deepEqual([await one.phoneNow(), await other.phoneNow()], ['+84912345613', '+84912345611'])
})
