import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { openHouse } from '../../test/house.ts'
import { asDay, type Day } from '../platform/day.ts'
import { asSystem } from '../platform/work.ts'
import { readInstant } from './account.ts'
import * as accounts from './accounts.ts'

const house = await openHouse()
const maintenance = { ...asSystem('import'), role: 'maintenance' as const }
const header = 'person_number,level,state,phone,approved_at,activated_at'

const importing = (rows: string[], asOf: Day) =>
  accounts.importAccounts(house.openWork, maintenance, Readable.from([[header, ...rows].join('\n')]), { asOf })

const an = '022205000001'
const id = crypto.randomUUID()
await house.owner('insert into register.number_lookup (number, person_id) values ($1, $2)', [an, id])
const accountsOf = async () =>
  ((await house.work(work => accounts.accountsOf(work, [id]))).get(id) ?? []).map(({ level, state }) => `${level} ${state}`).sort()

test('an account comes in, moves on with a later extract, and stays where it is with an older one', async () => {
  assert.equal((await importing([`${an},1,approved,0912345678,2023-03-01,`], asDay('2023-03-02'))).added, 1)
  assert.equal((await importing([`${an},2,activated,0912345678,2023-03-01,2023-03-05T08:00:00+07:00`], asDay('2023-04-01'))).changed, 1)
  const older = await importing([`${an},1,approved,0912345678,2023-03-01,`], asDay('2023-03-10'))
  assert.deepEqual([older.changed, older.unchanged], [0, 1])
  assert.deepEqual(await accountsOf(), ['2 activated'])
})

test('an account that an extract says was approved anew waits for its activation again', async () => {
  await importing([`${an},2,approved,,2023-04-02,`], asDay('2023-04-03'))
  const [row] = await house.owner<{ state: string; activated_at: Date | null }>(
    'select state, activated_at from accounts.account where person_id = $1',
    [id],
  )
  assert.deepEqual(row, { state: 'approved', activated_at: null })
  assert.equal((await importing([`${an},2,approved,,2023-04-02,`], asDay('2023-04-03'))).unchanged, 1)
  await importing([`${an},2,activated,,2023-04-02,2023-04-03T08:00:00+07:00`], asDay('2023-04-03'))
})

test('a cancelled account stays as history beside the one that came after it', async () => {
  await importing([`${an},2,cancelled,,2023-03-01,2023-03-05T08:00:00+07:00`], asDay('2023-04-05'))
  assert.deepEqual(await accountsOf(), ['2 cancelled'])
  const both = [`${an},2,cancelled,,2023-03-01,2023-03-05T08:00:00+07:00`, `${an},1,requested,0987654321,,`]
  assert.deepEqual((({ added, changed, unchanged }) => [added, changed, unchanged])(await importing(both, asDay('2023-04-10'))), [1, 0, 1])
  assert.deepEqual(await accountsOf(), ['1 requested', '2 cancelled'])
  assert.equal((await importing(both, asDay('2023-04-10'))).unchanged, 2)
})

test('wrong rows are told apart by their reason', async () => {
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

test('an instant without zone is the province’s', () => {
  assert.equal(readInstant('2023-04-20'), '2023-04-20T00:00:00+07:00')
  assert.equal(readInstant('2023-04-20 08:30'), '2023-04-20T08:30+07:00')
  assert.equal(readInstant('2023-04-20T01:30:00Z'), '2023-04-20T01:30:00Z')
  assert.deepEqual([readInstant(''), readInstant('2023-02-30'), readInstant('8 giờ')], [null, undefined, undefined])
})
