import { nameCountsOf } from '../comparing/frequencies.ts'
import { makeLinker } from '../deciding/deciding.ts'
import { type RawRecord, toLinkRecord } from '../person-record.ts'
import { aRegister, aRoll, type Damage, type ToyRollRow, toyDice, usualDamage } from '../toy-province.fixture.ts'
import type { PackedNameKeys } from './name-keys.ts'
import { makeDictionary, makePacker, type PackedPeople } from './packed.ts'
import { indexPeople } from './people-index.ts'
import type { ProvinceData } from './province-run.ts'

/** The toy's people under ids that a register could have given. */
const withIds = (raws: readonly RawRecord[]) =>
  raws.map((raw, i) => ({ ...raw, id: `00000000-0000-7000-8000-${String(i).padStart(12, '0')}` }))

const digits = (text: string | undefined) => Number((text ?? '').replace(/\D/g, ''))

function packed(raws: readonly RawRecord[]): { people: PackedPeople; keys: PackedNameKeys } {
  const [names, units, households] = [makeDictionary(), makeDictionary(), makeDictionary()]
  const code = (of: typeof names, text: string | undefined) => (text ? of.of(text) : 0)
  const pack = makePacker({ nameOf: at => names.texts[at - 1] ?? '', unitOf: at => units.texts[at - 1] ?? '' })
  for (const raw of raws) {
    const unitCodes = (raw.communes ?? []).map(units.of)
    pack.add({
      id: Buffer.from(raw.id.replaceAll('-', ''), 'hex'),
      name: code(names, raw.name),
      birthYear: raw.birth?.y ?? 0,
      birthMonth: raw.birth?.m ?? 0,
      birthDay: raw.birth?.d ?? 0,
      sex: raw.sex ?? 'M',
      number: digits(raw.number),
      cancelled: (raw.cancelledNumbers ?? []).map(Number),
      cancelledCount: raw.cancelledNumbers?.length ?? 0,
      oldNumber: digits(raw.oldNumber),
      units: unitCodes,
      unitCount: unitCodes.length,
      permanentUnit: unitCodes[0] ?? 0,
      lifeStatus: 'alive',
      phone: digits(raw.phone),
      household: code(households, raw.household),
      fatherName: code(names, raw.fatherName),
      fatherYear: raw.fatherYear ?? 0,
      motherName: code(names, raw.motherName),
      motherYear: raw.motherYear ?? 0,
    })
  }
  return pack.finish()
}

/** A packed toy register and a roll of it. */
export function aProvince(seed: number, size = 20_000, rows = 2_000, damage: Damage = usualDamage) {
  const d = toyDice(seed)
  const toy = aRegister(d, size, [2004, 2005, 2006, 2007, 2008])
  const raw = withIds(toy)
  const idOf = new Map(toy.map(({ id }, i) => [id, raw[i]?.id ?? '']))
  const roll = aRoll(d, toy, rows, damage)
  const register = raw.map(toLinkRecord)
  const { people, keys } = packed(raw)
  const counts = nameCountsOf(register)
  const linker = makeLinker(counts)
  const places = new Map(raw.map(({ communes = [], districts = [] }) => [communes[0] ?? '', { communes, districts }]))
  const of: ProvinceData = { people, index: indexPeople(people, keys), linker, places }
  return { raw, roll, register, of, linker, counts, truthOf: ({ truth }: ToyRollRow) => truth && idOf.get(truth) }
}

export const recordsOf = (roll: readonly ToyRollRow[]) => roll.map(({ row }) => toLinkRecord(row))

export const rawsOf = (roll: readonly ToyRollRow[]) => roll.map(({ row }) => row)
