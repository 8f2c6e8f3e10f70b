import type { House } from '../open-house.ts'
import { addDays, asDay, type Day, latestDay, partialDay } from '../platform/day.ts'
import { asSystem, type Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'
import { actAs } from './standings.ts'

/**
 * Who is away and who stays in the demonstration: declared absences and notices of stays in the wards of Cẩm Phả to
 * which many come and in the ward of Hạ Long, as their officers recorded them.
 */

/** Days from the demonstration's day to the first and the last one. */
const absences = [
  { from: -40, to: 330, reason: 'work', destination: 'Khu công nghiệp Yên Phong, Bắc Ninh' },
  { from: -20, to: 72, reason: 'work', destination: 'Xã Đông Xá, huyện Vân Đồn, Quảng Ninh' },
  { from: -12, to: 16, reason: 'treatment', destination: 'Bệnh viện Bạch Mai, Hà Nội' },
  { from: -9, to: 60, reason: 'study', destination: 'Ký túc xá Đại học Thái Nguyên' },
  { from: -6, to: 24, reason: 'family', destination: 'Xã Nam Hải, huyện Nam Trực, Nam Định' },
  { from: -1, to: 120, reason: 'work', destination: 'Thị trấn Cái Rồng, huyện Vân Đồn, Quảng Ninh' },
] as const

const stays = [
  { name: 'Nguyễn Hữu Trọng Nghĩa', born: 1988, at: 'Nhà nghỉ Biển Xanh, tổ 4', lodging: 'hotel', from: -16, to: -14 },
  { name: 'Lò Thị Mai Sương', born: 1994, at: 'Nhà trọ số 12, tổ 7', lodging: 'workers', from: -11, to: 12 },
  { name: 'Vàng A Páo', born: 1999, at: 'Nhà trọ số 12, tổ 7', lodging: 'workers', from: -11, to: 12 },
  { name: 'Đặng Thị Thu Hoài', born: 1961, at: 'Số 31, tổ 2', lodging: 'household', from: -4, to: 5 },
  { name: 'Trịnh Công Khánh', born: 1975, at: 'Khách sạn Vũng Đục', lodging: 'hotel', from: -2, to: 0 },
  { name: 'Phùng Thị Ngọc Diệp', born: 1982, at: 'Bệnh viện đa khoa khu vực', lodging: 'hospital', from: -1, to: 6 },
] as const

const reasonOf = { hotel: 'travel', workers: 'work', household: 'visit', hospital: 'treatment' } as const

type Place = {
  readonly code: string
  readonly by: 'huyenkhac' | 'phuong'
  readonly away: readonly (typeof absences)[number][]
  readonly guests: readonly (typeof stays)[number][]
}

/** The wards of Cẩm Phả have most of them, the ward of Hạ Long a few. */
const placesOf = (ward: string): readonly Place[] => [
  { code: '06778', by: 'huyenkhac', away: absences.slice(0, 4), guests: stays.slice(0, 3) },
  { code: '06793', by: 'huyenkhac', away: absences.slice(4), guests: stays.slice(3, 5) },
  { code: ward, by: 'phuong', away: absences.slice(2, 4), guests: stays.slice(5) },
]

const adultsBornBefore = asDay('2003-01-01')

/** Adults of a ward, every so many of the list by name, so that they are of several families. */
async function someAdults(work: Work, unitId: units.UnitId, count: number): Promise<register.PersonId[]> {
  const { people } = await register.listPeopleOfUnit(work, unitId, { limit: 200 })
  const adults = people.filter(
    ({ birthDate, lifeStatus }) => lifeStatus === 'alive' && latestDay(birthDate) < adultsBornBefore,
  )
  const step = Math.max(1, Math.floor(adults.length / count))
  return adults
    .filter((_, at) => at % step === 0)
    .map(({ id }) => id)
    .slice(0, count)
}

export async function recordMovements(house: House, { day, ward }: { readonly day: Day; readonly ward: string }) {
  const { as } = await actAs(house.openWork, day, 'register')
  for (const { code, by, away, guests } of placesOf(ward)) {
    const { unitId, people } = await house.openWork(asSystem('demonstration'), async work => {
      const unit = await units.findUnitOn(work, code, day, 'commune')
      if (!unit) throw new Error(`the official tables have no commune ${code} on ${day}`)
      return { unitId: unit.id, people: await someAdults(work, unit.id, away.length) }
    })
    await as(by, async work => {
      for (const [at, personId] of people.entries()) {
        const { from, to, ...absence } = away[at] ?? absences[0]
        await register.declareAbsence(work, personId, {
          ...absence,
          from: addDays(day, from),
          to: addDays(day, to),
          declaredBy: at % 3 === 2 ? 'household' : 'self',
          way: at % 2 === 0 ? 'counter' : 'phone',
        })
      }
      for (const { name, born, at, lodging, from, to } of guests)
        await register.notifyStay(work, {
          unitId,
          name,
          born: partialDay(born),
          address: at,
          lodging,
          from: addDays(day, from),
          to: addDays(day, to),
          reason: reasonOf[lodging],
          notifiedBy: lodging === 'household' ? 'household' : 'lodging',
          way: lodging === 'hotel' ? 'online' : 'phone',
        })
    })
  }
}
