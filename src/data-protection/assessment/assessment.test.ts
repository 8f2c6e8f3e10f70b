import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import { setOutsideEngine } from '../../biometrics/engines-in-use.ts'
import { asDay } from '../../platform/day.ts'
import { builtInLaw } from '../../platform/law.ts'
import { Problem } from '../../platform/problem.ts'
import { basisText, legalBasisOf } from '../legal-basis.ts'
import { purposes } from '../purpose.ts'
import { assess, assessmentMarkdown, columnsWithoutBasis } from './assessment.ts'
import { keptTables } from './kept-tables.ts'

/** The impact assessment is made of the catalogue of the database: what nobody gave a basis makes it fail. */

const house = await openHouse()

test('each personal column of the database stands in the assessment with its purpose and legal basis', async () => {
  const assessment = await house.work(assess)
  assert.equal(assessment.tables, keptTables.length)
  assert.equal(assessment.protectedTables, assessment.tables, 'each table of people has row-level security')
  for (const language of ['vi', 'en'] as const) {
    const text = assessmentMarkdown(assessment, language)
    for (const { table } of keptTables) assert.ok(text.includes(`\`${table}\``), table)
    assert.doesNotMatch(text, /undefined|\{n\}|null/)
  }
  const vi = assessmentMarkdown(assessment, 'vi')
  assert.match(vi, /# Hồ sơ đánh giá tác động xử lý dữ liệu cá nhân/)
  assert.match(vi, /`register\.phone` \| person_id, phone \| lưu vĩnh viễn/)
  assert.match(vi, /token_hash \(bí mật\)/)
  assert.match(vi, /LCCCD Điều 9, 10/)
})

test('the assessment names whoever runs an engine of somebody else’s, where there is one', async () => {
  const assessment = await house.work(assess)
  const text = () => assessmentMarkdown(assessment, 'vi')
  assert.ok(!text().includes('abisUrl'))
  setOutsideEngine(true)
  after(() => setOutsideEngine(false))
  assert.ok(text().includes('Bên nhận dữ liệu: đơn vị vận hành bộ tra cứu sinh trắc học (`abisUrl`)'))
})

test('a column of which nobody said the legal basis makes the assessment fail, by its name', async () => {
  await house.owner(`create table register.secret_list (person_id uuid, mark text)`)
  await house.owner(`comment on column register.secret_list.mark is 'What is noted of somebody. [personal]'`)
  try {
    await assert.rejects(
      house.work(assess),
      (error: unknown) =>
        error instanceof Problem &&
        error.code === 'processing-without-basis' &&
        String(error.facts['columns']) === 'register.secret_list.mark',
    )
  } finally {
    await house.owner('drop table register.secret_list')
  }
  const gone = columnsWithoutBasis(
    [],
    [{ table: 'a.b', of: ['citizen'], purposes: ['register'], retention: 'register' }],
  )
  assert.deepEqual(gone, ['a.b: no such table'])
})

test('each purpose has a basis on each day, the one of its day', () => {
  for (const day of ['2023-04-20', '2023-07-01', '2024-07-01', '2026-01-01'].map(asDay))
    for (const purpose of purposes) {
      const basis = legalBasisOf(purpose, day, builtInLaw)
      assert.ok(basis && (basis.act !== '' || basis.ground === 'nobody-real'), `${purpose} ${day}`)
    }
  const ofRegister = (day: string) => {
    const basis = legalBasisOf('register', asDay(day), builtInLaw)
    return basis && basisText(basis, 'en')
  }
  assert.match(ofRegister('2024-06-30') ?? '', /^LCCCD/)
  assert.match(ofRegister('2024-07-01') ?? '', /^LCC Art/)
  assert.equal(legalBasisOf('developers', asDay('2023-04-20'), builtInLaw), undefined)
})
