import { writeFile } from 'node:fs/promises'
import * as dataProtection from '../../data-protection/data-protection.ts'
import { asOperator } from '../../open-house.ts'
import { printAnswer, WrongUsage } from '../../platform/terminal.ts'
import type { Invocation } from '../invocation.ts'

/** `impact-assessment`: written from the catalogue of this very database, in Vietnamese or English. */
export async function writeImpactAssessment({ house, values, json }: Invocation): Promise<void> {
  const language = values['language'] ?? 'vi'
  if (language !== 'vi' && language !== 'en') throw new WrongUsage('--language takes vi or en')
  const assessment = await house.openWork(asOperator('none'), dataProtection.assess)
  const text = dataProtection.assessmentMarkdown(assessment, language)
  const out = values['out']
  if (typeof out !== 'string') return printAnswer(json, assessment, text)
  await writeFile(out, `${text}\n`)
  await printAnswer(
    json,
    { out, tables: assessment.tables },
    `${assessment.processings.length} processings over ${assessment.tables} tables, written to ${out}`,
  )
}
