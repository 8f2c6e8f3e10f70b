import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOfAccountAge } from '../src/accounts/account.ts'
import { admissionOf, daysToDecide, ownAccountAges } from '../src/accounts/law.ts'
import { needLawOn } from '../src/campaign/need-law.ts'
import { groundOfMergedCard, isTermOver, mustRenew, namesParents, termOf } from '../src/cards/law.ts'
import { childConsent } from '../src/citizens/law.ts'
import { lawAhead } from '../src/cli/doctor/law-ahead.ts'
import { breachNotice, requestTerms, retentionTerms } from '../src/data-protection/law.ts'
import { type FeeRequest, feeFor } from '../src/enrolment/fee.ts'
import {
  capturesIris,
  feeExemptionsOfDay,
  formsOn,
  lawfulReasons,
  wholeLimits,
  workingDaysFor,
} from '../src/enrolment/law.ts'
import { delegationOf } from '../src/exchange/centre/centre.ts'
import { overLimits } from '../src/planning/overtime/reckoning.ts'
import { asDay, type Day, partialDay } from '../src/platform/day.ts'
import { builtInLaw, rowOn, ruleOn } from '../src/platform/law.ts'
import type { Work } from '../src/platform/work.ts'
import { evidenceText } from '../src/register/corrections/check-papers.ts'
import { correctionDays, formsOfPages, residenceForms } from '../src/register/law.ts'
import { compulsoryStages } from '../src/rolls/law.ts'
import * as units from '../src/units/units.ts'

/** What the law said on the last day of a rule and on the first of the next, as statutes and circulars have it. */

type Case = {
  readonly rule: string
  /** The last day of the rule before, and what it says; the first day of the next, and what that says. */
  readonly before: readonly [day: string, says: unknown]
  readonly after: readonly [day: string, says: unknown]
  readonly ask: (day: Day) => unknown
}

const born = (day: string) => asDay(day)
const feeOf = (request: FeeRequest) => (day: Day) => {
  const fee = feeFor(request, day, builtInLaw)
  return fee.is === 'due' ? fee.amount : fee.is
}
const lost: FeeRequest = { kind: 're-issue', reason: 'lost' }
const onRequest: FeeRequest = { kind: 'exchange', reason: 'on-request' }
const exempt = (kind: 'disabled' | 'border-commune' | 'orphan' | 'agency-error'): FeeRequest => ({
  ...lost,
  fee: { exemption: { kind, evidence: 'giấy xác nhận số 7' } },
})
const eraseTerm = (day: Day) => {
  const { count, unit } = ruleOn(requestTerms, day, builtInLaw).erase
  return `${count} ${unit}`
}
const exchange = (day: Day) => lawfulReasons('exchange', day, builtInLaw)
const card2030 = { state: 'handed-over', issuedOn: born('2023-04-20'), expiresOn: born('2030-03-15') } as const
const bornBy = (day: Day) => needLawOn(day, builtInLaw).accountBornBy

const cases: readonly Case[] = [
  {
    rule: 'a request to erase one’s data had no time in law, then 72 hours, and since 2026 twenty days',
    before: ['2023-06-30', '15 days'],
    after: ['2023-07-01', '72 hours'],
    ask: day => eraseTerm(day),
  },
  {
    rule: 'a request to erase one’s data had 72 hours by NĐ13/2023, and has twenty days by NĐ356/2025',
    before: ['2025-12-31', '72 hours'],
    after: ['2026-01-01', '20 days'],
    ask: day => eraseTerm(day),
  },
  {
    rule: 'the notice of a breach counted from the breach, and counts from its discovery',
    before: ['2025-12-31', ['happened', false]],
    after: ['2026-01-01', ['discovered', true]],
    ask: day => [ruleOn(breachNotice, day, builtInLaw).from, ruleOn(breachNotice, day, builtInLaw).onlyIfHarmful],
  },
  {
    rule: 'data whose purpose is over goes by the house’s own rule, then by NĐ13/2023',
    before: ['2023-06-30', ''],
    after: ['2023-07-01', 'NĐ13/2023 Art. 3(7), 16(1)'],
    ask: day => ruleOn(retentionTerms, day, builtInLaw)['working-data'].by,
  },
  {
    rule: 'a child lacks an account from the age at which the law gives one of one’s own: fourteen, then six',
    before: ['2024-06-30', '2010-06-30'],
    after: ['2024-07-01', '2018-07-01'],
    ask: bornBy,
  },
  {
    rule: 'a child of seven may have an account of level 2 since 1 July 2024',
    before: ['2024-06-30', false],
    after: ['2024-07-01', true],
    ask: day => isOfAccountAge(born('2017-01-01'), 2, day, builtInLaw),
  },
  {
    rule: 'level 1 of a child below six needs an issued card, asked for by who represents it',
    before: ['2024-06-30', undefined],
    after: ['2024-07-01', 'card representative'],
    ask: day => {
      const row = admissionOf(1, 3, day, builtInLaw)
      return row && `${row.document} ${row.acts}`
    },
  },
  {
    rule: 'a damaged card was exchanged by the law of 2014, and is issued anew by that of 2023',
    before: ['2024-06-30', [true, false]],
    after: ['2024-07-01', [false, true]],
    ask: day => [exchange(day).includes('damaged'), lawfulReasons('re-issue', day, builtInLaw).includes('damaged')],
  },
  {
    rule: 'the law of 2014 exchanged for a name or hometown, that of 2023 for a name or birth date',
    before: ['2024-06-30', ['name', 'hometown']],
    after: ['2024-07-01', ['name-or-birth-date']],
    ask: day => exchange(day).filter(reason => ['name', 'hometown', 'name-or-birth-date'].includes(reason)),
  },
  {
    rule: 'fees are halved to the end of 2024',
    before: ['2024-12-31', 35_000],
    after: ['2025-01-01', 70_000],
    ask: feeOf(lost),
  },
  {
    rule: 'fees are halved again since 1 July 2025',
    before: ['2025-06-30', 50_000],
    after: ['2025-07-01', 25_000],
    ask: feeOf(onRequest),
  },
  {
    rule: 'fees are whole again after 2026',
    before: ['2026-12-31', 25_000],
    after: ['2027-01-01', 50_000],
    ask: feeOf(onRequest),
  },
  {
    rule: 'an application filed online costs half in 2025 already',
    before: ['2024-12-31', [25_000, 25_000]],
    after: ['2025-01-01', [50_000, 25_000]],
    ask: day => [onRequest, { ...onRequest, fee: { filedOnline: true } }].map(request => feeOf(request)(day)),
  },
  {
    rule: 'an application filed online costs half to the end of 2025, and then no less than at the counter',
    before: ['2025-06-30', [50_000, 25_000]],
    after: ['2027-01-01', [50_000, 50_000]],
    ask: day => [onRequest, { ...onRequest, fee: { filedOnline: true } }].map(request => feeOf(request)(day)),
  },
  {
    rule: 'fees were halved to 30 June 2022',
    before: ['2022-06-30', 25_000],
    after: ['2022-07-01', 50_000],
    ask: feeOf(onRequest),
  },
  {
    rule: 'disabled people owe no fee since 21 October 2024, with the paper recorded',
    before: ['2024-10-20', 35_000],
    after: ['2024-10-21', 'exempt'],
    ask: feeOf(exempt('disabled')),
  },
  {
    rule: 'children and the elderly owe no fee since 21 October 2024',
    before: ['2024-10-20', [35_000, 35_000]],
    after: ['2024-10-21', ['exempt', 'exempt']],
    ask: day => [partialDay(2009, 5, 1), partialDay(1950)].map(birthDate => feeOf({ ...lost, birthDate })(day)),
  },
  {
    rule: 'residents of border communes owe no fee on any day',
    before: ['2023-04-20', 'exempt'],
    after: ['2025-07-01', 'exempt'],
    ask: feeOf(exempt('border-commune')),
  },
  {
    rule: 'island districts became special zones by the circular of 2025',
    before: ['2025-06-30', 'Thông tư 73/2024/TT-BTC'],
    after: ['2025-07-01', 'Thông tư 73/2024/TT-BTC; Thông tư 71/2025/TT-BTC'],
    ask: day => {
      const { value, source } = rowOn(feeExemptionsOfDay, day, builtInLaw)
      return value.includes('island') && source
    },
  },
  {
    rule: 'orphans are named by the circular of 2019 alone',
    before: ['2024-10-20', 'exempt'],
    after: ['2024-10-21', 35_000],
    ask: feeOf(exempt('orphan')),
  },
  {
    rule: 'a card printed wrong is free where the agency erred alone, on any day',
    before: ['2024-06-30', [50_000, 'exempt']],
    after: ['2024-07-01', [25_000, 'exempt']],
    ask: day => {
      const wrong: FeeRequest = { kind: 'exchange', reason: 'printed-wrong' }
      return [feeOf(wrong)(day), feeOf({ ...wrong, fee: exempt('agency-error').fee })(day)]
    },
  },
  {
    rule: 'a card takes two, three and two days since 1 July 2021, on islands and for a lost one too',
    before: ['2021-06-30', [20, 15, 7]],
    after: ['2021-07-01', [7, 7, 7]],
    ask: day => [
      workingDaysFor('exchange', 'remote', day, builtInLaw),
      workingDaysFor('re-issue', 'city', day, builtInLaw),
      workingDaysFor('first-issue', 'city', day, builtInLaw),
    ],
  },
  {
    rule: 'a card takes seven days by the law of 2023 itself, as it did by the circular before',
    before: ['2024-06-30', [7, 'TT60/2021/TT-BCA']],
    after: ['2024-07-01', [7, 'LCC']],
    ask: day => [workingDaysFor('re-issue', 'elsewhere', day, builtInLaw), rowOn(wholeLimits, day, builtInLaw).source],
  },
  {
    rule: 'eyes are captured since 1 July 2024',
    before: ['2024-06-30', false],
    after: ['2024-07-01', true],
    ask: day => capturesIris(day, builtInLaw),
  },
  {
    rule: 'a refusal stands on CC03 since 1 July 2024, and on that of TT53/2025 a year later',
    before: ['2024-06-30', 'TB TT59/2021'],
    after: ['2024-07-01', 'CC03 TT17/2024'],
    ask: day => Object.values(formsOn(day, builtInLaw).refusal).join(' '),
  },
  {
    rule: 'a province decides on numbers and accounts only from the day on which the centre delegated that',
    before: ['2024-06-30', ['centre', 'centre']],
    after: ['2024-07-01', ['delegated', 'delegated']],
    ask: today => {
      const rows = [
        { from: asDay('2023-01-01'), value: 'centre', source: 'C06' },
        { from: asDay('2024-07-01'), value: 'delegated', source: 'C06' },
      ]
      const lawRows = new Map(['exchange.delegated-numbers', 'exchange.delegated-accounts'].map(id => [id, rows]))
      return (['numbers', 'accounts'] as const).map(what => delegationOf({ today, lawRows } as unknown as Work, what))
    },
  },
  {
    rule: 'the code of the card of 2024 names the parents of a child below six, and of nobody older',
    before: ['2024-06-30', [false, false]],
    after: ['2024-07-01', [true, false]],
    ask: day => [partialDay(2020, 1, 1), partialDay(2005, 3, 15)].map(one => namesParents(one, day, builtInLaw)),
  },
  {
    rule: 'somebody is collected on DC01 of TT104/2020, then of TT17/2024',
    before: ['2024-06-30', 'DC01 TT104/2020'],
    after: ['2024-07-01', 'DC01 TT17/2024'],
    ask: day => Object.values(ruleOn(formsOfPages, day, builtInLaw).collection).join(' '),
  },
  {
    rule: 'somebody is collected on DC01 of TT53/2025 since 1 July 2025',
    before: ['2025-06-30', 'DC01 TT17/2024'],
    after: ['2025-07-01', 'DC01 TT53/2025'],
    ask: day => Object.values(ruleOn(formsOfPages, day, builtInLaw).collection).join(' '),
  },
  {
    rule: 'a number is cancelled and made anew on DC02',
    before: ['2024-06-30', 'DC02 TT104/2020'],
    after: ['2024-07-01', 'DC02 TT17/2024'],
    ask: day => Object.values(ruleOn(formsOfPages, day, builtInLaw).newNumber).join(' '),
  },
  {
    rule: 'a residence is declared on CT01 of TT66/2023 too since 1 January 2024',
    before: ['2023-12-31', ['TT56/2021']],
    after: ['2024-01-01', ['TT56/2021', 'TT66/2023']],
    ask: day => ruleOn(residenceForms, day, builtInLaw).circulars,
  },
  {
    rule: 'the second card of one person ends as wrongly issued since 1 July 2024',
    before: ['2024-06-30', 'misprinted'],
    after: ['2024-07-01', 'wrongly-issued'],
    ask: day => ruleOn(groundOfMergedCard, day, builtInLaw),
  },
  {
    rule: 'the Saturday of 4 May 2024 is worked for the Monday of 29 April',
    before: ['2024-04-29', [false, false]],
    after: ['2024-05-04', [true, true]],
    ask: day => [units.isWorkingDay(day), units.isMadeUp(day)],
  },
  {
    rule: 'the Saturday of 10 January 2026 is worked for the Friday of 2 January',
    before: ['2026-01-02', false],
    after: ['2026-01-10', true],
    ask: units.isWorkingDay,
  },
  {
    rule: 'the doctor warns of the next year in December, until its holidays are known',
    before: ['2026-11-30', [false, true]],
    after: ['2026-12-01', [true, false]],
    ask: day => {
      const { found } = lawAhead(day, { lawRows: new Map(), ownDays: [] })
      return [/no holidays of 2027/.test(found), /holidays of 2027 are not announced yet/.test(found)]
    },
  },
  {
    rule: 'only primary school is compulsory; lower secondary school since 2026',
    before: ['2025-12-31', ['primary']],
    after: ['2026-01-01', ['primary', 'lower-secondary']],
    ask: day => ruleOn(compulsoryStages, day, builtInLaw),
  },
  {
    rule: 'an identity paper of nine digits shows nothing since 1 January 2025',
    before: ['2024-12-31', 'Thẻ căn cước, chứng minh nhân dân số 101234567'],
    after: ['2025-01-01', 'evidence-over'],
    ask: day => {
      try {
        return evidenceText({ scope: 'house', today: day }, { kind: 'identity-card', number: '101234567' })
      } catch (error) {
        return (error as { code?: string }).code
      }
    },
  },
  {
    rule: 'accounts are of QĐ34/2021 before NĐ59/2022',
    before: ['2022-10-19', 'QĐ34/2021/QĐ-TTg'],
    after: ['2022-10-20', 'NĐ59/2022'],
    ask: day => rowOn(ownAccountAges, day, builtInLaw).source,
  },
  {
    rule: 'level 1 needed no card by QĐ34/2021, and a chip card by NĐ59/2022',
    before: ['2022-10-19', 'none'],
    after: ['2022-10-20', 'card'],
    ask: day => admissionOf(1, 20, day, builtInLaw)?.document,
  },
  {
    rule: 'the days to decide a request are of NĐ69/2024 since 1 July 2024',
    before: ['2024-06-30', 'NĐ59/2022'],
    after: ['2024-07-01', 'NĐ69/2024'],
    ask: day => rowOn(daysToDecide, day, builtInLaw).source,
  },
  {
    rule: 'the two days for a correction are of NĐ70/2024, and of no law before',
    before: ['2024-06-30', ['house', 2]],
    after: ['2024-07-01', ['NĐ70/2024', 2]],
    ask: day => {
      const { source, value } = rowOn(correctionDays, day, builtInLaw)
      return [source, value]
    },
  },
  {
    rule: 'a child of seven agrees beside the parent under NĐ13/2023',
    before: ['2023-06-30', 'nothing'],
    after: ['2023-07-01', 'processing'],
    ask: day => ruleOn(childConsent, day, builtInLaw).to,
  },
  {
    rule: 'a child of seven agrees to disclosure alone under Law 91/2025',
    before: ['2025-12-31', 'processing'],
    after: ['2026-01-01', 'disclosure'],
    ask: day => ruleOn(childConsent, day, builtInLaw).to,
  },
  {
    rule: 'forty hours of overtime a month became sixty on 1 April 2022',
    before: ['2022-03-31', ['month']],
    after: ['2022-04-01', []],
    ask: day => overLimits({ month: 45 * 60, year: 0 }, day, builtInLaw),
  },
  {
    rule: 'two hundred hours of overtime a year, three hundred where the law lists the work, before and after 2022',
    before: ['2022-03-31', [[], ['year'], ['year'], ['listed-year']]],
    after: ['2022-04-01', [[], ['year'], ['year'], ['listed-year']]],
    ask: day => [200, 201, 300, 301].map(hours => overLimits({ month: 0, year: hours * 60 }, day, builtInLaw)),
  },
  {
    rule: 'a card holds through its printed day, from which on it may be renewed',
    before: ['2030-03-15', [false, true]],
    after: ['2030-03-16', [true, true]],
    ask: day => [
      isTermOver(card2030.expiresOn, day, builtInLaw),
      mustRenew(card2030, born('2005-03-15'), day, builtInLaw),
    ],
  },
  {
    rule: 'a card whose term ended in the spring of 2024 holds to 30 June',
    before: ['2024-06-30', false],
    after: ['2024-07-01', true],
    ask: day => isTermOver(born('2024-02-01'), day, builtInLaw),
  },
  {
    rule: 'a card of a child is renewed at fourteen by the law of 2023, which that of 2014 did not know',
    before: ['2024-06-30', '2039-07-01'],
    after: ['2024-07-01', '2028-07-01'],
    ask: day => termOf(born('2014-07-01'), day, builtInLaw),
  },
]

for (const { rule, before, after, ask } of cases)
  test(rule, () => {
    for (const [day, says] of [before, after]) assert.deepEqual(ask(asDay(day)), says, day)
  })

test('every year from 2021 to 2026 has its eleven holidays, and 2027 is told as not announced', () => {
  const missing = [2021, 2022, 2023, 2024, 2025, 2026].map(year => units.holidaysMissing(year, builtInLaw))
  assert.deepEqual(missing, [0, 0, 0, 0, 0, 0])
  assert.ok(units.holidaysMissing(2027, builtInLaw) > 0)
})

test('a time limit counts a Saturday that is made up', () => {
  // Thursday 25 April 2024; off from Saturday to Wednesday, then Thursday, Friday, and Saturday in place of Monday.
  assert.equal(units.workingDaysAfter(asDay('2024-04-25'), 4), '2024-05-04')
  assert.equal(units.workingDaysBetween(asDay('2024-04-26'), asDay('2024-05-05')), 3)
})
