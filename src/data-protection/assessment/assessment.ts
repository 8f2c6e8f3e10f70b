/**
 * The impact assessment of the processing of personal data. In: the catalogue of the database, the list of tables with
 * their purposes, the legal bases and the rules of retention of a day. Decided: nothing; a column that is not on the
 * list is refused. Out: each processing with its purpose, basis, data, people, recipients, retention and measures,
 * as markdown. No deeds.
 */

import { isOutsideEngineSet } from '../../biometrics/engines-in-use.ts'
import { type Confidence, ruleOn } from '../../platform/law.ts'
import type { Language } from '../../platform/pages/html.ts'
import { citedIn } from '../../platform/pages/law-mark.ts'
import type { Work } from '../../platform/work.ts'
import { type RetentionKind, type RetentionTerm, retentionTerms } from '../law.ts'
import { basisRowOn, basisText, purposeText } from '../legal-basis.ts'
import { dataProtectionProblem } from '../problems.ts'
import { type DataPurpose, type LegalBasis, purposes } from '../purpose.ts'
import { type ConcernedPerson, type KeptTable, keptTables } from './kept-tables.ts'
import * as store from './store.ts'
import { sayOfAssessment } from './words.ts'

export type AssessedTable = {
  readonly table: string
  readonly of: readonly ConcernedPerson[]
  readonly columns: readonly store.CatalogColumn[]
  readonly retention: RetentionKind
  readonly term: RetentionTerm
}

export type AssessedPurpose = {
  readonly purpose: DataPurpose
  readonly basis: LegalBasis
  readonly tables: readonly AssessedTable[]
}

export type Assessment = {
  readonly on: string
  readonly source: string
  readonly confidence: Confidence
  readonly processings: readonly AssessedPurpose[]
  readonly tables: number
  readonly protectedTables: number
}

/** What of the catalogue nobody has said a purpose of, and what is said of tables that are not there. */
export function columnsWithoutBasis(
  columns: readonly store.CatalogColumn[],
  known: readonly KeptTable[] = keptTables,
): string[] {
  const said = new Map(known.map(one => [one.table, one]))
  const found = new Set(columns.map(({ table }) => table))
  return [
    ...columns
      .filter(({ table }) => (said.get(table)?.purposes.length ?? 0) === 0)
      .map(({ table, column }) => `${table}.${column}`),
    ...known.filter(({ table }) => !found.has(table)).map(({ table }) => `${table}: no such table`),
  ]
}

/** The assessment on the day of the work. Throws processing-without-basis. */
export async function assess(work: Work): Promise<Assessment> {
  const columns = await store.findPersonalColumns(work)
  const lacking = columnsWithoutBasis(columns)
  if (lacking.length > 0) throw dataProtectionProblem('processing-without-basis', { columns: lacking })
  const { value: bases, source, confidence = 'medium' } = basisRowOn(work.today, work)
  const terms = ruleOn(retentionTerms, work.today, work)
  const byTable = Map.groupBy(columns, ({ table }) => table)
  const processings = purposes.flatMap(purpose => {
    const tables = keptTables
      .filter(one => one.purposes.includes(purpose))
      .map(({ table, of, retention }) => ({
        table,
        of,
        columns: byTable.get(table) ?? [],
        retention,
        term: terms[retention],
      }))
    return tables.length > 0 ? [{ purpose, basis: bases[purpose], tables }] : []
  })
  const names = keptTables.map(({ table }) => table)
  return {
    on: work.today,
    source,
    confidence,
    processings,
    tables: names.length,
    protectedTables: await store.countProtectedTables(work, names),
  }
}

type Say = ReturnType<typeof sayOfAssessment>

const termText = (say: Say, language: Language, { years, rule, from, after, by }: RetentionTerm): string =>
  [
    say(`after-${after}`),
    years > 0 ? say('at-least-years').replace('{n}', String(years)) : '',
    rule && `\`${rule}\``,
    say(`from-${from}`),
    citedIn(by, language),
  ]
    .filter(Boolean)
    .join('; ')

function processingLines(say: Say, language: Language, { purpose, basis, tables }: AssessedPurpose): string[] {
  return [
    `### ${purposeText(purpose, language)} (\`${purpose}\`)`,
    '',
    `- ${say('basis')}: ${basisText(basis, language)}`,
    `- ${say('people')}: ${[...new Set(tables.flatMap(({ of }) => of))].map(one => say(`of-${one}`)).join(', ')}`,
    `- ${say('recipients')}: ${say(recipientOf(purpose))}`,
    '',
    `| ${say('table')} | ${say('columns')} | ${say('kept')} |`,
    '|---|---|---|',
    ...tables.map(
      ({ table, columns, term }) =>
        `| \`${table}\` | ${columns
          .map(({ column, level }) => (level === 'secret' ? `${column} (${say('secret')})` : column))
          .join(', ')} | ${termText(say, language, term)} |`,
    ),
    '',
  ]
}

/** Who receives what beyond the installation, by purpose; nobody of the others. */
const recipientsOf: Partial<Readonly<Record<DataPurpose, 'to-centre' | 'to-parties' | 'to-channels' | 'to-schools'>>> =
  {
    exchange: 'to-centre',
    register: 'to-centre',
    account: 'to-centre',
    'sign-in': 'to-parties',
    verification: 'to-parties',
    outreach: 'to-channels',
    roll: 'to-schools',
    card: 'to-schools',
  }

const recipientOf = (purpose: DataPurpose) =>
  purpose === 'application' && isOutsideEngineSet() ? 'to-engine' : (recipientsOf[purpose] ?? 'to-nobody')

const measures = ['scope', 'access', 'seals', 'encryption', 'two', 'rights', 'breach'] as const

/** The assessment as markdown. */
export function assessmentMarkdown(one: Assessment, language: Language): string {
  const say = sayOfAssessment(language)
  return [
    `# ${say('title')}`,
    '',
    [
      `${say('on')}: ${one.on}.`,
      `${say('by')}: ${citedIn(one.source, language)} (${say('confidence')}: ${say(`confidence-${one.confidence}`)}).`,
    ].join(' '),
    '',
    say('made'),
    '',
    `## ${say('processings')}`,
    '',
    ...one.processings.flatMap(each => processingLines(say, language, each)),
    `## ${say('measures')}`,
    '',
    `- ${say('measure-tables').replace('{n}', String(one.protectedTables)).replace('{all}', String(one.tables))}`,
    ...measures.map(each => `- ${say(`measure-${each}`)}`),
    '',
    `## ${say('columns-title')}`,
    '',
    ...[
      ...Map.groupBy(
        one.processings.flatMap(({ tables }) => tables),
        ({ table }) => table,
      ),
    ].flatMap(([table, [first]]) => [
      `### \`${table}\``,
      '',
      ...(first?.columns ?? []).map(({ column, comment, level }) => `- \`${column}\` [${level}]: ${comment}`),
      '',
    ]),
  ].join('\n')
}
