import { createHash } from 'node:crypto'
import type { LinkName, LinkRecord } from '../person-record.ts'
import { type Comparison, type FieldLevel, fields, isNewYear, levels, type MatchField } from './comparing.ts'
import * as chance from './frequencies.ts'

type Frequencies = chance.Frequencies

/**
 * How often a level is met in pairs of one person (`m`) and in pairs of two people (`u`). The `u` of a name, date,
 * number, unit or parent's name is per chance of the values in which the two agree (see `basis`), so that a model
 * learnt on one register serves another.
 */
export type Rates = { readonly m: number; readonly u: number }
/**
 * What risk of a false link a pair may carry and still be linked without a person's look, by what the row gives: a
 * number of nobody's proves less than none. `alike`: name and date are the same to the letter, and the only risk is of
 * two people alike, which no look at the papers lowers. `bare`: the row gives no number, its date agrees in part only,
 * and nothing that a namesake would not have stands beside it; a model without it leaves these to a person. They follow
 * from the risks that are stated (see bandsFrom); in a model that was not learnt they are those of typical rolls.
 */
export type Bands = { readonly risk: number; readonly alike: number; readonly bare?: number }

export type LinkageModel = {
  readonly format: 1
  readonly name: string
  readonly bands?: Bands
  readonly rates: { readonly [F in MatchField]: { readonly [L in Exclude<FieldLevel<F>, 'missing'>]: Rates } }
}

type Basis = (a: LinkRecord, b: LinkRecord, f: Frequencies) => number

const nameBasis = (
  of: (a: LinkName, b: LinkName, f: Frequencies) => number,
  which: 'name' | 'father' | 'mother' = 'name',
): Basis => {
  const nameOf = (record: LinkRecord) => (which === 'name' ? record.name : record[which]?.name)
  return (a, b, f) => {
    const [left, right] = [nameOf(a), nameOf(b)]
    return left && right ? of(left, right, f) : 1
  }
}

const eitherPlain = (a: LinkName, b: LinkName, f: Frequencies) =>
  Math.max(chance.chanceOfPlain(a, f), chance.chanceOfPlain(b, f))
const wholeName = (a: LinkName, b: LinkName, f: Frequencies) =>
  a.marked === b.marked
    ? chance.chanceOfMarked(a, f)
    : Math.max(chance.chanceOfMarked(a, f), chance.chanceOfMarked(b, f))
const plainOrNear = (a: LinkName, b: LinkName, f: Frequencies) =>
  a.plain === b.plain ? chance.chanceOfPlain(a, f) : chance.chanceOfNear(a, b, f)
const familyAndGiven = (a: LinkName, _: LinkName, f: Frequencies) => chance.chanceOfFamilyAndGiven(a, f)
const givenName = (a: LinkName, _: LinkName, f: Frequencies) => chance.chanceOfGiven(a, f)

const yearBasis: Basis = (a, b, f) => (a.birth && b.birth ? chance.chanceOfYear(a.birth.y, b.birth.y, f) : 1)
const dayBasis: Basis = (a, b, f) => yearBasis(a, b, f) * (a.birth && isNewYear(a.birth) ? f.newYear : 1 / 365)
const onePerson: Basis = (_a, _b, f) => 1 / f.total
/** The chance of the commonest unit that both have. */
function sharedUnit(a: readonly string[], b: readonly string[], chanceOf: (unit: string) => number): number {
  let most = 0
  for (const unit of a) if (b.includes(unit)) most = Math.max(most, chanceOf(unit))
  return most
}
const communeBasis: Basis = (a, b, f) => sharedUnit(a.communes, b.communes, unit => chance.chanceOfCommune(unit, f))
const districtBasis: Basis = (a, b, f) => sharedUnit(a.districts, b.districts, unit => chance.chanceOfDistrict(unit, f))
const withoutHome = (a: LinkRecord, b: LinkRecord) => (a.communes.length > 0 ? b : a)
const schoolCommune: Basis = (a, b, f) => chance.chanceOfCommune(withoutHome(a, b).schoolCommune ?? '', f)
const schoolDistrict: Basis = (a, b, f) => chance.chanceOfDistrict(withoutHome(a, b).schoolDistrict ?? '', f)

/** The values in which two records of a level agree; their chance in the register is the term-frequency adjustment. */
const basis: { readonly [F in MatchField]?: { readonly [L in FieldLevel<F>]?: Basis } } = {
  name: {
    exact: nameBasis(wholeName),
    'marks-missing': nameBasis(eitherPlain),
    'marks-differ': nameBasis(eitherPlain),
    'words-swapped': nameBasis(eitherPlain),
    'one-edit': nameBasis(chance.chanceOfNear),
    near: nameBasis(chance.chanceOfNear),
    'middle-dropped': nameBasis(familyAndGiven),
    'family-given': nameBasis(familyAndGiven),
    given: nameBasis(givenName),
  },
  birth: {
    exact: dayBasis,
    swapped: yearBasis,
    'partial-month': yearBasis,
    'year-off': yearBasis,
    'partial-year': yearBasis,
    'one-digit': yearBasis,
    default: yearBasis,
    'year-month': yearBasis,
    year: yearBasis,
  },
  number: { exact: onePerson, 'was-cancelled': onePerson, 'old-number': onePerson },
  unit: {
    'same-commune': communeBasis,
    'same-district': districtBasis,
    'school-commune': schoolCommune,
    'school-district': schoolDistrict,
  },
  father: {
    'name-and-year': nameBasis(plainOrNear, 'father'),
    name: nameBasis(plainOrNear, 'father'),
    'name-other-year': nameBasis(plainOrNear, 'father'),
  },
  mother: {
    'name-and-year': nameBasis(plainOrNear, 'mother'),
    name: nameBasis(plainOrNear, 'mother'),
    'name-other-year': nameBasis(plainOrNear, 'mother'),
  },
}

/** No value speaks louder than this, in bits, either way. */
const loudest = 30

/**
 * The bits by which each field, in the order of `fields`, speaks for (above 0) or against the two being one person; 0
 * where either lacks it.
 */
export type Weights = readonly number[]

export function weighComparison(
  comparison: Comparison,
  a: LinkRecord,
  b: LinkRecord,
  model: LinkageModel,
  f: Frequencies,
): Weights {
  return [
    levelWeight('name', comparison.name, a, b, model, f),
    levelWeight('birth', comparison.birth, a, b, model, f),
    levelWeight('number', comparison.number, a, b, model, f),
    levelWeight('sex', comparison.sex, a, b, model, f),
    levelWeight('unit', comparison.unit, a, b, model, f),
    levelWeight('father', comparison.father, a, b, model, f),
    levelWeight('mother', comparison.mother, a, b, model, f),
    levelWeight('phone', comparison.phone, a, b, model, f),
  ]
}

function levelWeight(
  field: MatchField,
  level: FieldLevel<MatchField>,
  a: LinkRecord,
  b: LinkRecord,
  model: LinkageModel,
  f: Frequencies,
): number {
  if (level === 'missing') return 0
  const rates = ratesOf(model, field, level)
  const bits = Math.log2(rates.m / Math.min(1, rates.u * basisOf(field, level, a, b, f)))
  return Math.max(-loudest, Math.min(loudest, bits))
}

export function ratesOf(model: LinkageModel, field: MatchField, level: FieldLevel<MatchField>): Rates {
  const table: Readonly<Partial<Record<string, Rates>>> = model.rates[field] ?? {}
  const rates = table[level]
  if (!rates) throw new RangeError(`the model has no rates for ${field} ${level}`)
  return rates
}

/** The chance in the register of what a and b have in common at this level; 1 where nothing is shared. */
function basisOf(
  field: MatchField,
  level: FieldLevel<MatchField>,
  a: LinkRecord,
  b: LinkRecord,
  f: Frequencies,
): number {
  const table: Readonly<Partial<Record<string, Basis>>> = basis[field] ?? {}
  return Math.max(table[level]?.(a, b, f) ?? 1, 1 / f.total / 1e6)
}

/** Whether the register's counts say how likely the level is by chance. */
export const hasBasis = (field: MatchField, level: FieldLevel<MatchField>) => Object.hasOwn(basis[field] ?? {}, level)

const isOfTheHousehold = fields.map(
  field => field === 'unit' || field === 'father' || field === 'mother' || field === 'phone',
)

/**
 * The sum. What brothers and sisters share does not count above what it takes to tell the household from all others:
 * its fields depend on each other, and a child has about two siblings on the register, which no number of equal parents
 * can tell apart.
 */
export function totalWeight(weights: Weights, f: Frequencies): number {
  let own = 0
  let household = 0
  for (let at = 0; at < weights.length; at++) {
    if (isOfTheHousehold[at]) household += weights[at] ?? 0
    else own += weights[at] ?? 0
  }
  return own + Math.min(household, Math.log2(f.total / 2))
}

const typicalBands: Bands = { risk: 0.02, alike: 0.05 }

export const bandsOf = ({ bands }: LinkageModel): Bands => bands ?? typicalBands

/** A model as text, to be kept and read back. */
export const saveModel = (model: LinkageModel) => JSON.stringify(model)

/** Names a model by what it says, in whichever order it is kept: decisions record it. Twelve hexadecimal digits. */
export function hashModel(model: LinkageModel): string {
  const rates = fields.map(field =>
    levels[field]
      .filter(level => level !== 'missing')
      .map((level: FieldLevel<MatchField>) => {
        const { m, u } = ratesOf(model, field, level)
        return [m, u]
      }),
  )
  const { risk, alike, bare } = model.bands ?? {}
  return createHash('sha256')
    .update(JSON.stringify([rates, risk ?? null, alike ?? null, ...(bare === undefined ? [] : [bare])]))
    .digest('hex')
    .slice(0, 12)
}

/** Reads a model; throws a RangeError when it is none, or of another format, or lacks a level. */
export function loadModel(text: string): LinkageModel {
  const model: LinkageModel = JSON.parse(text)
  if (model?.format !== 1 || typeof model.name !== 'string' || typeof model.rates !== 'object')
    throw new RangeError('not a linkage model of format 1')
  for (const field of fields)
    for (const level of levels[field])
      if (level !== 'missing') {
        const { m, u } = ratesOf(model, field, level)
        if (!(m > 0 && m <= 1 && u > 0 && u <= 1))
          throw new RangeError(`the model's rates for ${field} ${level} are no shares`)
      }
  const { risk, alike, bare = 0 } = bandsOf(model)
  if (!(risk > 0 && risk <= 1 && alike > 0 && alike <= 1 && bare >= 0 && bare <= 1))
    throw new RangeError('the risks of the model are no shares')
  return model
}
