import { addDays, type Day } from '../../src/platform/day.ts'
import { type Random, sharesOf } from '../random.ts'
import type { Member } from './household.ts'
import { tables } from './name.ts'
import { countryPrefixes, provincePrefixes } from './number.ts'
import { addressIn, type Commune, type Emphasis } from './place.ts'

export type ResidenceKind = 'permanent' | 'temporary' | 'current'

/** Where a household lives, since when, and where it came from. */
export type Home = {
  commune: Commune
  address: string
  kind: ResidenceKind
  movedOn: Day | undefined
  origin: string
  number: string
  hometown: string
}

/** Shares of households, and of people. */
const rates = { movedIn: 0.13, bornAbroad: 0.0008 } as const

const householdKinds = sharesOf('permanent:90.5 temporary:7.5 current:2')
/** Where those who moved in were registered at birth: mostly the delta next door. */
const origins = sharesOf(
  '031:20 030:16 034:16 036:14 033:6 001:6 038:6 024:7 020:5 027:3 037:3 040:3 025:2 019:2 008:1 042:1 079:1 096:0.2',
)
const provinceName = new Map(
  provincePrefixes.map(({ prefix, name }) => [prefix, name.replace(/^(Tỉnh|Thành phố) /, '')]),
)
const streets = tables.streets.split(',')
const villages = tables.villages.split(',')

export function homeOf(
  commune: Commune,
  { random, day, index, emphasis }: { random: Random; day: Day; index: number; emphasis: Emphasis },
): Home {
  const temporary = emphasis.get(commune.code)?.temporary
  const drawn = householdKinds.draw(random) as ResidenceKind
  const kind = temporary !== undefined && drawn === 'permanent' && random.chance(temporary) ? 'temporary' : drawn
  const hasMoved = kind !== 'permanent' || random.chance(rates.movedIn)
  const origin = hasMoved && random.chance(0.7) ? origins.draw(random) : '022'
  const from = kind === 'permanent' ? 6500 : 1500
  return {
    commune,
    address: addressIn(commune, random, { streets, villages }),
    kind,
    movedOn: hasMoved ? addDays(day, -random.between(5, from)) : undefined,
    origin,
    number: `${commune.code}${String(index).padStart(6, '0')}`,
    hometown:
      origin === '022'
        ? `${commune.name.replace(/^\S+( trấn)? /, '')}, ` +
          `${commune.districtName.replace(/^(Thành phố|Thị xã|Huyện) /, '')}, Quảng Ninh`
        : provinceName.get(origin)!,
  }
}

export function prefixFor(member: Member, bornOn: Day, home: Home, random: Random): string {
  if (random.chance(rates.bornAbroad)) return random.pick(countryPrefixes).prefix
  if (home.movedOn && bornOn < home.movedOn) return random.chance(0.92) ? home.origin : '022'
  const marriedIn = member.relation === 'Vợ' ? 0.08 : 0.012
  return random.chance(marriedIn) ? origins.draw(random) : '022'
}

export function livesSince(bornOn: Day, home: Home, random: Random): string {
  if (home.movedOn && bornOn < home.movedOn) return home.movedOn
  return random.chance(0.45) ? bornOn : ''
}
