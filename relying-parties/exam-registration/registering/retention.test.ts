import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { aHolder, aSite, at, gradeTen, national, register } from '../a-site.fixture.ts'
import { forgetOver } from './retention.ts'

const house = await aSite({
  holders: [aHolder(1), aHolder(2, { born: '2008-03-07' })],
  now: at('10:00:00', '2023-05-08'),
})
after(house.close)
const count = (table: string) => house.db.find<{ n: number }>(`select count(*) as n from ${table}`)?.n

test('personal data are kept until the last day of retention and deleted on the next', async () => {
  const [pupil, younger] = [house.visitor(), house.visitor()]
  await house.signIn(pupil, 'pupil-1')
  await register(pupil)
  await house.signIn(younger, 'pupil-2', gradeTen)
  await register(younger, {
    exam: gradeTen,
    first: { kind: 'pupil', school: '17-501' },
    second: { language: 'anh', venue: 'ba-che', preferences: '17-101' },
  })
  const keeping = [house.exam(national), { ...house.exam(gradeTen), keepUntil: '2024-06-30' }]
  assert.equal(forgetOver(house.db, keeping, at('23:59:59', '2023-12-31')), 0)
  house.db.run('delete from session')
  assert.equal(forgetOver(house.db, keeping, at('00:00:00', '2024-01-01')), 1)
  assert.deepEqual(
    house.db.list<{ name: string }>('select full_name as name from candidate').map(({ name }) => name),
    ['Phạm Ngọc Ánh 2'],
    'whom another exam needs is kept for it',
  )
  assert.equal(forgetOver(house.db, keeping, at('00:00:00', '2024-07-01')), 1)
  for (const table of ['candidate', 'identity', 'registration', 'version', 'draft', 'ticket_use'])
    assert.equal(count(table), 0, table)
})
