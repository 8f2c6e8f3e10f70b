import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../../src/platform/day.ts'
import { withNewTones } from '../people/name.ts'
import { openNumbers } from '../people/number.ts'
import { communes } from '../people/place.ts'
import { stream } from '../random.ts'
import type { Pupil } from '../schools/pupil.ts'
import { damageProfile } from './damage.ts'
import { type DamagedRow, damagedRow } from './damaged-row.ts'
import { defectsOf } from './defect.ts'
import { inLegacyFont } from './legacy-font.ts'

const [home, next] = communes as [(typeof communes)[number], (typeof communes)[number]]

/** Made up, as everyone here. */
const pupil: Pupil = {
  number: '022205001234',
  numberAtSchool: '022205001234',
  name: 'Nguyễn Văn Hòa',
  nameAtSchool: 'Nguyễn Văn Hòa',
  birthDate: '2005-03-09',
  bornOnAtSchool: asDay('2005-03-09'),
  sex: 'M',
  people: 'kinh',
  commune: home,
  address: 'Tổ 1, khu 2',
  fatherName: '',
  fatherYear: '',
  motherName: '',
  motherYear: '',
  phone: '',
  siblingNumbers: ['022207001235'],
  parentNumbers: ['022179001236'],
  oldNumbers: ['100123456'],
  cancelled: [],
  isDead: false,
  contradictsRecord: false,
  needs: [],
  grade: 12,
}

const right: DamagedRow = {
  name: pupil.name,
  birth: { value: '09/03/2005', reads: '2005-03-09' },
  number: { value: pupil.number, reads: pupil.number },
  sex: 'M',
  residence: { commune: home, address: '', detail: 'whole' },
  damage: [],
}
const all = { number: true, birth: true, sex: true, residence: true }

const defects = (change: Partial<DamagedRow>, of: Partial<Pupil> = {}) =>
  defectsOf({
    given: { ...right, ...change },
    pupil: { ...pupil, ...of },
    shown: all,
    isEncoded: false,
    isTaken: number => number === '022207001235',
  })
const number = (reads: string) => ({ number: { value: reads, reads } })
const birth = (reads: string) => ({ birth: { value: reads, reads } })

test('each difference between a roll and the register has its code', () => {
  const cases: [Partial<DamagedRow>, string[], Partial<Pupil>?][] = [
    [{}, []],
    [{ number: undefined }, ['number-missing']],
    [number('22200503090123456789'), ['number-missing']],
    [number('C1234567'), ['number-missing']],
    [number('100123456'), ['number-malformed']],
    [number('2.2205E+10'), ['number-malformed']],
    [number('1205001234'), ['number-malformed']],
    [number('22205001234'), ['number-lost-zero']],
    [number('22207001235'), ['number-lost-zero', 'number-of-another-person']],
    [number('022205001243'), ['number-differs']],
    [number('022207001235'), ['number-of-another-person']],
    [number('001205001234'), ['number-cancelled'], { cancelled: ['001205001234'] }],
    [{ name: 'NGUYỄN  VĂN HOÀ' }, []],
    [{ name: 'Nguyễn Văn Hòa'.normalize('NFD') }, []],
    [{ name: 'Nguyễn Văn Hóa' }, ['name-marks-differ']],
    [{ name: 'Nguyen Van Hoa' }, ['name-marks-differ']],
    [{ name: 'Nguyễn Hòa' }, ['name-differs']],
    [{ name: 'Ðỗ Hòa' }, [], { name: 'Đỗ Hòa' }],
    [birth('2005-09-03'), ['birth-day-month-swapped']],
    [birth('2005'), ['birth-date-partial']],
    [birth('2005-03'), ['birth-date-partial']],
    [birth('2006-03-09'), ['birth-date-differs']],
    [{ birth: undefined }, []],
    [{ sex: 'F' }, ['sex-differs']],
    [{ sex: undefined }, []],
    [{ residence: { commune: next, address: '', detail: 'whole' } }, ['residence-differs']],
    [{ residence: { commune: next, address: '', detail: 'vague' } }, []],
    [{}, ['number-contradicts-record', 'deceased'], { contradictsRecord: true, isDead: true }],
    [{ number: undefined }, ['number-missing', 'not-in-register'], { number: '' }],
  ]
  for (const [change, codes, of] of cases) assert.deepEqual(defects(change, of), codes, JSON.stringify(change))
})

test('old fonts store names as real old files do', () => {
  assert.equal(inLegacyFont('Nguyễn Văn Ánh', 'tcvn3'), 'NguyÔn V¨n ¸nh')
  assert.equal(inLegacyFont('ĐỖ THỊ HƯỜNG', 'tcvn3-capitals'), '®ç thÞ h\u00adêng')
  assert.equal(inLegacyFont('Nguyễn Văn Đức', 'vni'), 'Nguyeãn Vaên Ñöùc')
})

test('schools move the tone mark: hoà, thuý, but quý', () => {
  assert.equal(withNewTones('Hòa Thúy Quý Khỏe Hoàng Thủy'), 'Hoà Thuý Quý Khoẻ Hoàng Thuỷ')
})

test('damage comes about as often as the profile says', () => {
  const random = stream(5, 'test')
  const counts = new Map<string, number>()
  const [times, none] = [40_000, new Set<string>()]
  for (let i = 0; i < times; i++)
    for (const kind of damagedRow(
      { ...pupil, name: 'Lý Thị Hoà', nameAtSchool: 'Lý Thị Hòa' },
      none,
      { quality: 'poor', factor: 1 },
      random,
    ).damage)
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
  // What came before in the same cell, and what the name or the date does not allow, makes some rarer.
  const floor = (kind: string) => (kind.startsWith('number-') || kind === 'birth-as-serial' ? 0.75 : 0.6)
  const elsewhere = new Set([
    'not-in-register',
    'duplicate-in-roll',
    'duplicate-across-schools',
    'number-cancelled',
    'd-eth',
  ])
  for (const [kind, [, , rate]] of Object.entries(damageProfile.row)) {
    if (elsewhere.has(kind)) continue
    const share = (counts.get(kind) ?? 0) / times
    assert.ok(share > rate * floor(kind) - 0.0006 && share < rate * 1.2 + 0.0008, `${kind}: ${share} for ${rate}`)
  }
})

test('numbers are decoded from their shuffled order, known from unknown', () => {
  const numbers = openNumbers(9)
  const given = Array.from({ length: 3000 }, () => numbers.give('022', 'F', 2005))
  const cancelled = numbers.giveOutside('022', 'F', 2005)
  assert.equal(new Set([...given, cancelled]).size, 3001)
  assert.ok(given.every(number => numbers.isTaken(number) && number.startsWith('022305')))
  assert.equal(numbers.isTaken(cancelled), false)
  const others = Array.from({ length: 2000 }, (_, i) => `022305${String(i * 499).padStart(6, '0')}`)
  assert.deepEqual(
    others.filter(number => numbers.isTaken(number)),
    others.filter(number => given.includes(number)),
  )
})
