import type { LinkageModel } from './weights.ts'

/**
 * The weights before anything is learnt. `m`: the damage reported for school rolls (domain.md 6.4, 6.5) and assumed by
 * the prototype in scale.md C: a wrong digit 7 %, no marks 12 %, a slip in the name 7 %, a middle name dropped 5 %,
 * dates 8.5 %, another commune 15 %. `u`: counted as chances where the calendar gives them (a day is 1/365 of its year,
 * 12 of 31 days can be swapped, nine other days and two other months or so are one digit away), and for numbers from
 * their build: 6 random digits after a prefix that those born in one year and province share.
 */
export const typicalModel: LinkageModel = {
  format: 1,
  name: 'typical',
  rates: {
    name: {
      exact: { m: 0.77, u: 0.85 },
      'marks-missing': { m: 0.09, u: 0.1 },
      'marks-differ': { m: 0.03, u: 1 },
      'one-edit': { m: 0.05, u: 1 },
      'middle-dropped': { m: 0.03, u: 0.15 },
      'words-swapped': { m: 0.004, u: 0.01 },
      near: { m: 0.015, u: 1 },
      'family-given': { m: 0.006, u: 1 },
      given: { m: 0.003, u: 0.7 },
      family: { m: 0.003, u: 0.25 },
      different: { m: 0.002, u: 0.7 },
    },
    birth: {
      exact: { m: 0.88, u: 1 },
      swapped: { m: 0.02, u: 0.36 / 365 },
      'partial-month': { m: 0.01, u: 0.01 / 12 },
      'year-off': { m: 0.006, u: 2 / 365 },
      'partial-year': { m: 0.02, u: 0.02 },
      'one-digit': { m: 0.025, u: 16 / 365 },
      default: { m: 0.01, u: 0.02 },
      'year-month': { m: 0.008, u: 0.08 },
      year: { m: 0.012, u: 0.9 },
      different: { m: 0.009, u: 0.9 },
    },
    number: {
      exact: { m: 0.89, u: 0.01 },
      'was-cancelled': { m: 0.01, u: 0.0002 },
      'old-number': { m: 0.01, u: 0.0003 },
      transposed: { m: 0.01, u: 5e-6 },
      'one-digit': { m: 0.035, u: 4e-5 },
      different: { m: 0.045, u: 0.99 },
    },
    sex: {
      same: { m: 0.985, u: 0.5 },
      different: { m: 0.015, u: 0.5 },
    },
    unit: {
      'same-commune': { m: 0.8, u: 1 },
      'same-district': { m: 0.09, u: 0.9 },
      elsewhere: { m: 0.11, u: 0.9 },
      'school-commune': { m: 0.5, u: 1 },
      'school-district': { m: 0.35, u: 0.9 },
      'school-elsewhere': { m: 0.15, u: 0.9 },
    },
    father: {
      'name-and-year': { m: 0.75, u: 0.06 },
      name: { m: 0.8, u: 1 },
      'name-other-year': { m: 0.06, u: 1 },
      'given-and-year': { m: 0.05, u: 0.06 },
      different: { m: 0.12, u: 0.98 },
    },
    mother: {
      'name-and-year': { m: 0.77, u: 0.06 },
      name: { m: 0.82, u: 1 },
      'name-other-year': { m: 0.06, u: 1 },
      'given-and-year': { m: 0.05, u: 0.06 },
      different: { m: 0.1, u: 0.98 },
    },
    phone: {
      same: { m: 0.3, u: 1e-5 },
      different: { m: 0.7, u: 1 },
    },
  },
}
