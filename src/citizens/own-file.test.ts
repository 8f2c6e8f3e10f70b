import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCitizens } from '../../test/a-citizen.ts'
import { anActivatedAccount, aPhone } from '../../test/an-account.ts'
import { openHouse } from '../../test/house.ts'
import { aWard, hour } from '../../test/planned-ward.ts'
import * as accounts from '../accounts/accounts.ts'
import * as planning from '../planning/planning.ts'
import * as rolls from '../rolls/rolls.ts'

const house = await openHouse({ withUnits: true })
const { as, schoolId, school, team, kit } = await aWard(house)
const signIn = await openCitizens(house)

test('the own-data file has the person’s locks, phones, school entries and appointments alone', async () => {
  const [own, other] = [
    await anActivatedAccount(house, { name: 'Hoàng Gia Khánh', bornOn: '2005-03-07', father_name: 'Hoàng Văn Nam' }),
    await anActivatedAccount(house, { name: 'Lê Bảo Ngọc', bornOn: '2005-08-01' }),
  ]
  const phone = aPhone()
  await as(async work => {
    for (const { accountId } of [own, other]) {
      await accounts.lock(work, accountId, { reason: 'Người dân đề nghị' })
      await accounts.unlock(work, accountId)
    }
    await accounts.changePhone(work, own.accountId, { phone, again: phone, proof: 'face-known' })
  })
  const roll = `STT,Họ và tên,Ngày sinh,Số định danh cá nhân,Họ tên cha,Lớp
1,Hoàng Gia Khánh,07/03/2005,${own.number},Hoàng Văn Nam,12A1
2,Lê Bảo Ngọc,01/08/2005,${other.number},,12A1
`
  await house.work(async work => {
    const of = { schoolId, schoolYear: '2022-2023' }
    await rolls.reconcile(
      work,
      (await rolls.importRoll(work, { name: 'lop12.csv', content: Buffer.from(roll) }, of)).id,
    )
  })
  const { id } = await as(work =>
    planning.planTeamSession(work, {
      kind: 'activation',
      siteId: school.id,
      teamId: team.id,
      day: work.today,
      startsAt: hour('07:30'),
      endsAt: hour('09:00'),
      kits: [kit.id],
    }),
  )
  const persons = [own.personId, other.personId]
  await as(work => planning.addToRoster(work, id, { persons }, { confirm: ['capacity'] }))

  const browser = await signIn.signedIn(own, ['passcode', 'totp'])
  const text = (await browser.send(await browser.open('/citizen/download'), { step: 'download' })).text
  const file = JSON.parse(text)
  assert.equal(file.account.phone, `+84${phone.slice(1)}`)
  assert.deepEqual(
    file.locks.map(({ reason, ended_for }: Record<string, string>) => [reason, ended_for]),
    [['holder', 'asked']],
  )
  assert.deepEqual(
    file.phone_changes.map(({ from, to, proof }: Record<string, string>) => [from, to, proof]),
    [[`+84${own.phone.slice(1)}`, `+84${phone.slice(1)}`, 'face-known']],
  )
  assert.equal(file.school_rolls.length, 1)
  assert.deepEqual(
    [
      file.school_rolls[0].school,
      file.school_rolls[0].class,
      file.school_rolls[0].given.name,
      file.school_rolls[0].in_force,
    ],
    ['Trường THPT Hà Khánh', '12A1', 'Hoàng Gia Khánh', true],
  )
  assert.deepEqual(
    file.sessions.map(({ site, starts_at, outcome }: Record<string, string>) => [site, starts_at, outcome]),
    [['Trường THPT Hà Khánh', '07:30:00', null]],
  )
  assert.doesNotMatch(text, new RegExp(`${other.number}|Lê Bảo Ngọc`))
  assert.doesNotMatch(
    JSON.stringify(file.school_rolls),
    /Hoàng Văn Nam/,
    'of father and mother the school’s row tells nothing',
  )
})
