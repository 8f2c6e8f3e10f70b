import type { ChipCheck } from '../../chip/inspecting/check.ts'
import { type ChipReading, inspectFiles } from '../../chip/inspecting/inspect-files.ts'
import { now } from '../../platform/clock.ts'
import { escapedForTerminal, printAnswer, WrongUsage } from '../../platform/terminal.ts'
import { type Invocation, wordsOf } from '../invocation.ts'
import { authorityIn, certificatesBeside, type FolderOfChip, listsBeside, readFolderOfChip } from './folder-of-chip.ts'

const outcomeWords: Readonly<Record<ChipCheck['outcome'], string>> = {
  passed: 'passed  ',
  failed: 'FAILED  ',
  'not-done': 'not done',
}

/** What the reading says as people read it, with one line for each check. Whoever wrote the chip wrote its texts. */
function readingLines(reading: ChipReading, { read, others }: FolderOfChip): readonly string[] {
  const { checks, isGenuine, person, national, portrait, unsignedParts, signedAt } = reading
  const values: readonly (readonly [name: string, value: string | undefined])[] = [
    ['number', person?.personalNumber ?? national?.number],
    ['name', person?.fullName ?? national?.fullName],
    ['born', person?.birthDate ?? national?.birthDate],
    ['features', national?.features],
    [
      'portrait',
      portrait && `${portrait.form}, ${portrait.width} × ${portrait.height}, ${portrait.image.length} bytes`,
    ],
    ['signed at', signedAt?.toISOString()],
    ['not signed', unsignedParts.join(', ') || undefined],
    ['passed over', others.join(', ') || undefined],
  ]
  return [
    isGenuine ? 'as a trusted country signed it' : 'NOT proved to be what a trusted country signed',
    ...checks.map(
      ({ check, outcome, detail }) => `${outcomeWords[outcome]}  ${check.padEnd(22)} ${escapedForTerminal(detail)}`,
    ),
    `read: ${escapedForTerminal(read.join(', '))}`,
    ...values.flatMap(([name, value]) => (value ? [`${name}: ${escapedForTerminal(value)}`] : [])),
  ]
}

/**
 * `card inspect DIR [--csca F]…`: says of each check of a chip's files whether it passed, failed or was not done, and
 * what was read. Trusts the authorities that `--csca` names, no other.
 */
export async function inspectCard({
  positionals,
  values,
  json,
}: Omit<Invocation, 'house'> & { readonly folder: string }): Promise<void> {
  const [folder] = positionals
  if (!folder) throw new WrongUsage('card inspect needs the folder with the files of one chip')
  const anchors = await Promise.all(wordsOf(values['csca']).map(authorityIn))
  const files = await readFolderOfChip(folder)
  const reading = inspectFiles(files, {
    anchors,
    revocationLists: await listsBeside(folder),
    ...(await certificatesBeside(folder)),
    now: now(),
  })
  const { portrait, ...rest } = reading
  const shown = portrait && { form: portrait.form, width: portrait.width, height: portrait.height }
  await printAnswer(
    json,
    { ...rest, portrait: shown, read: files.read, others: files.others },
    readingLines(reading, files).join('\n'),
  )
  if (!reading.isGenuine) process.exitCode = 1
}
