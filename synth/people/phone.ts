import type { Random } from '../random.ts'
import { sharesOf } from '../random.ts'

const today = sharesOf(
  '098:9 097:9 096:7 086:5 039:5 038:5 037:5 036:5 035:4 034:4 033:4 032:3 091:6 094:6 088:3 081:2 082:2 083:2 ' +
    '084:2 085:2 090:4 093:4 089:2 070:1 077:1 078:1 079:1 092:1 056:1 058:1',
)
/** Eleven digits, as written before September 2018 (domain.md 9.10); old records still have them. */
const before2018 = sharesOf(
  '0162:2 0163:2 0164:2 0165:3 0166:3 0167:3 0168:4 0169:4 0123:1 0124:1 0125:1 0127:1 0129:1 0120:1 0121:1 ' +
    '0122:1 0126:1 0128:1',
)

const seven = (random: Random) => String(random.below(10_000_000)).padStart(7, '0')

/** Who has a number of their own at an age: most adults, fewer of the old, fewer than half of those from fourteen. */
export const hasPhone = (age: number, random: Random): boolean =>
  age >= 18 ? random.chance(age < 65 ? 0.88 : 0.45) : age >= 14 && random.chance(0.45)

export const mobile = (random: Random) => (random.chance(0.985) ? today : before2018).draw(random) + seven(random)
