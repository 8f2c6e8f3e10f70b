import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPerson, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import { asDay } from '../../platform/day.ts'
import { getCardContent, getPrintableContent } from './card-content.ts'

const house = await openHouse({ day: asDay('2024-08-05'), withUnits: true })

test('a new-layout card has the place of birth registration by its code and the full residence', async () => {
  const person = await enter(house, aPerson({ residence_address: 'Tổ 5, khu 3' }))
  const { birthPlace, residence } = await house.work(work => getPrintableContent(work, person))
  assert.deepEqual(
    [birthPlace, residence],
    ['Tỉnh Quảng Ninh', 'Tổ 5, khu 3, phường Hà Khánh, thành phố Hạ Long, tỉnh Quảng Ninh'],
  )
  const abroad = await enter(house, aPerson({ birth_registration_code: '175' }))
  assert.equal((await house.work(work => getCardContent(work, abroad))).birthPlace, 'Hoa Kỳ (Mỹ)')
})

test('a unit already named in the address is not repeated; a street of the same name is no unit', async () => {
  const said = {
    'tổ 5, Phường Hà Khánh, TP. Hạ Long': 'Tổ 5, Phường Hà Khánh, TP. Hạ Long, tỉnh Quảng Ninh',
    'Tổ 5, P.Hà Khánh;TP Hạ Long , T. Quảng Ninh': 'Tổ 5, P.Hà Khánh;TP Hạ Long , T. Quảng Ninh',
    'Số 2 đường Hạ Long': 'Số 2 đường Hạ Long, phường Hà Khánh, thành phố Hạ Long, tỉnh Quảng Ninh',
    '': 'Phường Hà Khánh, thành phố Hạ Long, tỉnh Quảng Ninh',
  }
  for (const [address, whole] of Object.entries(said)) {
    const person = await enter(house, aPerson({ residence_address: address }))
    assert.equal((await house.work(work => getCardContent(work, person))).residence, whole)
  }
})

test('what the register lacks for the layout of the day is named; a hometown is not required any more', async () => {
  const person = await enter(house, aPerson({ birth_registration_code: '' }))
  const facts = await refusal(
    house.work(work => getPrintableContent(work, person)),
    'application-content-missing',
  )
  assert.deepEqual(facts, { fields: ['birthPlace'] })
})
