// Two files of people for `link`, on one page: a register, and rows of which most are of it. Written for the bench
// alone; nothing of it is shared with synth, or known to what is measured.
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { foldMarks } from '../../src/names/name.ts'
import { type Random, stream } from '../../synth/random.ts'

export type HoldOut = {
  readonly people: number
  readonly rows: number
  readonly seed: number
  /** 1 = as files of authorities are; 2 = twice as many slips. */
  readonly damage: number
  /** The share of rows of nobody in the register, and of those the share that resemble somebody there. */
  readonly strangers: number
  readonly namesakes: number
}

type Person = {
  readonly name: string
  readonly birth: readonly [number, number, number]
  readonly sex: 'M' | 'F'
  readonly number: string
  readonly commune: string
  readonly father: string
  readonly mother: string
  readonly phone: string
}

const families = 'Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Lò Giàng Tẩn Đinh Mai Trịnh Cao'.split(
  ' ',
)
const middles = {
  M: 'Văn Đức Minh Quang Hữu Đình Xuân Gia Tuấn Thành Quốc Anh Duy Ngọc Công'.split(' '),
  F: 'Thị Thị Thị Ngọc Thu Thanh Minh Khánh Phương Thùy Bảo Mai Kim Hồng'.split(' '),
}
const givens = {
  M: 'Hùng Dũng Cường Tuấn Anh Minh Đức Hải Long Nam Sơn Thành Trung Việt Huy Quân Khánh Bảo Phong Hiếu'.split(' '),
  F: 'Lan Hương Hà Linh Trang Thảo Hằng Ngọc Mai Nga Phương Thủy Yến Vy Nhung Oanh Quỳnh Anh Chi'.split(' '),
}

/** The first of a list are common, the last are rare. */
const oneOf = (random: Random, list: readonly string[]) => list[Math.floor(random.next() ** 2 * list.length)] ?? ''
const two = (value: number) => String(value).padStart(2, '0')
const nameOf = (random: Random, sex: 'M' | 'F', family = oneOf(random, families)) =>
  [
    family,
    oneOf(random, middles[sex]),
    ...(random.chance(0.3) ? [oneOf(random, givens[sex])] : []),
    oneOf(random, givens[sex]),
  ].join(' ')
const dayOf = (random: Random, from: number, to: number) =>
  [random.between(from, to), random.between(1, 12), random.between(1, 28)] as const
const numberOf = (sex: 'M' | 'F', year: number, serial: number) =>
  `022${(sex === 'M' ? 0 : 1) + (year >= 2000 ? 2 : 0)}${two(year % 100)}${String(serial % 1_000_000).padStart(6, '0')}`
const phoneOf = (random: Random) => `09${10_000_000 + random.below(89_999_999)}`
const communeOf = (random: Random) => String(6000 + 3 * Math.floor(random.next() ** 1.5 * 180)).padStart(5, '0')

function* register(random: Random, people: number): Generator<Person> {
  let serial = 0
  for (let made = 0; made < people; ) {
    const [family, commune] = [oneOf(random, families), communeOf(random)]
    const [father, mother] = [nameOf(random, 'M', family), nameOf(random, 'F')]
    const first = dayOf(random, 1940, 2017)
    const twins = random.chance(0.012)
    for (let child = random.between(1, 4); child > 0 && made < people; child--, made++) {
      const sex = random.chance(0.5) ? 'M' : 'F'
      const birth = twins ? first : dayOf(random, first[0], Math.min(2019, first[0] + 8))
      serial += random.between(1, 12)
      yield {
        ...{ name: nameOf(random, sex, family), birth, sex, number: numberOf(sex, birth[0], serial), commune },
        father: random.chance(0.9) ? father : '',
        mother: random.chance(0.92) ? mother : '',
        phone: random.chance(0.6) ? phoneOf(random) : '',
      }
    }
  }
}

/** Somebody of nobody in the register: a namesake of a person there, of the same day or a near one, or anybody. */
function stranger(random: Random, like: Person | undefined): Person {
  const sex = like?.sex ?? (random.chance(0.5) ? 'M' : 'F')
  const birth = like?.birth ?? dayOf(random, 1985, 2017)
  const manner = random.next()
  const [y, m, d] = birth
  const near = [
    y,
    manner < 0.6 && manner >= 0.35 ? random.between(1, 12) : m,
    manner < 0.6 ? random.between(1, 28) : d,
  ] as const
  const words = like?.name.split(' ') ?? []
  const name = like
    ? manner >= 0.6 && manner < 0.8
      ? [...words.slice(0, -1), oneOf(random, givens[sex])].join(' ')
      : like.name
    : nameOf(random, sex)
  return {
    ...{ name, birth: like ? near : birth, sex, number: numberOf(sex, y, 500_000 + random.below(499_999)) },
    commune: like && random.chance(0.4) ? like.commune : communeOf(random),
    father: nameOf(random, 'M', name.split(' ')[0]),
    mother: nameOf(random, 'F'),
    phone: phoneOf(random),
  }
}

function slip(random: Random, text: string): string {
  const at = random.between(1, Math.max(1, text.length - 2))
  const letter = 'aeiouhngtmc'[random.below(11)] ?? 'a'
  const ways = [
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + letter + text.slice(at),
    text.slice(0, at) + letter + text.slice(at + 1),
  ]
  return ways[random.below(3)] ?? text
}

function writtenName(random: Random, name: string, damage: number): string {
  const at = random.next() / damage
  const words = name.split(' ')
  if (at < 0.06) return foldMarks(name)
  if (at < 0.08) return name.toUpperCase()
  if (at < 0.105) return slip(random, name)
  if (at < 0.12 && words.length > 2) return [words[0], ...words.slice(2)].join(' ')
  if (at < 0.125 && words.length > 2) return [...words.slice(0, -2), words.at(-1), words.at(-2)].join(' ')
  return at < 0.15 ? name.normalize('NFD') : name
}

function writtenDay(random: Random, [y, m, d]: Person['birth'], damage: number): string {
  const at = random.next() / damage
  const [year, month, day] =
    at < 0.01 && d <= 12
      ? [y, d, m]
      : at < 0.025
        ? [y, m, random.between(1, 28)]
        : at < 0.03
          ? [y + 1, m, d]
          : at < 0.036
            ? [y, 1, 1]
            : [y, m, d]
  return `${two(day)}/${two(month)}/${year}`
}

function writtenNumber(random: Random, number: string, damage: number): string {
  const at = random.next() / damage
  if (at < 0.02) return slip(random, number).replace(/\D/g, '7')
  return at < 0.03 ? number.replace(/^0+/, '') : at < 0.035 ? number.slice(0, -1) : number
}

/** Writes `register.csv`, `rows.csv` and `truth.csv` (row, person; empty = nobody's) into a folder. */
export async function writeHoldOut(
  folder: string,
  { people, rows, seed, damage, strangers, namesakes }: HoldOut,
): Promise<void> {
  const random = stream(seed, 'hold-out')
  const files = ['register', 'rows', 'truth'].map(name => createWriteStream(join(folder, `${name}.csv`)))
  const [registerFile, rowsFile, truthFile] = files as [(typeof files)[0], (typeof files)[0], (typeof files)[0]]
  const columns = 'id,full_name,birth_date,sex,number,commune,father,mother,phone\n'
  registerFile.write(columns)
  rowsFile.write(columns)
  truthFile.write('row,person\n')
  const everyone = [...register(random, people)]
  for (const [at, { birth, ...person }] of everyone.entries()) {
    const { name, sex, number, commune, father, mother, phone } = person
    registerFile.write(
      [
        `p${at}`,
        name,
        birth.map((part, i) => (i ? two(part) : part)).join('-'),
        sex,
        number,
        commune,
        father,
        mother,
        phone,
      ].join() + '\n',
    )
  }
  const young = everyone.flatMap(({ birth }, at) => (birth[0] >= 1985 ? [at] : []))
  for (let row = 0; row < rows; row++) {
    const swap = row + random.below(young.length - row)
    const at = young[swap] ?? 0
    young[swap] = young[row] ?? 0
    young[row] = at
    const own = everyone[at]
    if (!own) continue
    const isStranger = random.chance(strangers)
    // Whom a stranger resembles has a row of their own as often as not.
    const like = random.chance(0.5) ? own : everyone[young[random.below(row + 1)] ?? at]
    const who = isStranger ? stranger(random, random.chance(namesakes) ? like : undefined) : own
    truthFile.write(`r${row},${isStranger ? '' : `p${at}`}\n`)
    const { name, birth, sex, number, commune, father, mother, phone } = who
    const written = [
      ...[
        `r${row}`,
        writtenName(random, name, damage),
        random.chance(0.99) ? writtenDay(random, birth, damage) : '',
        sex,
      ],
      random.chance(0.6) ? writtenNumber(random, number, damage) : '',
      random.chance(0.9) ? commune : communeOf(random),
      father && random.chance(0.7) ? writtenName(random, father, damage) : '',
      mother && random.chance(0.7) ? writtenName(random, mother, damage) : '',
      random.chance(0.3) ? phone : '',
    ]
    rowsFile.write(`${written.join()}\n`)
  }
  for (const file of files) file.end()
  await Promise.all(files.map(file => finished(file)))
}
