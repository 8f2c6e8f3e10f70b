import type { ChipCheck } from '../../chip/inspecting/check.ts'
import { type ChipReading, inspectFiles } from '../../chip/inspecting/inspect-files.ts'
import type { Trust } from '../../chip/inspecting/signer-checks.ts'
import { readChip } from '../../chip/reading/read-chip.ts'
import { now } from '../../platform/clock.ts'
import { escapedForTerminal, printAnswer, WrongUsage } from '../../platform/terminal.ts'
import { type Invocation, wordOf, wordsOf } from '../invocation.ts'
import { askPassword, withCardIn } from './card-reader.ts'
import { authorityIn, type BesideChip, readBesideChip, readFolderOfChip } from './folder-of-chip.ts'

const outcomeWords: Readonly<Record<ChipCheck['outcome'], string>> = {
  passed: 'passed  ',
  failed: 'FAILED  ',
  'not-done': 'not done',
}

/** Where it was read, and what lay there besides. */
type Source = { readonly read: readonly string[]; readonly others: readonly string[] }

/** Bytes as people count them, from the first to the last. */
const unsignedText = ({ file, part, from, to }: ChipReading['unsignedParts'][number]) =>
  `${part} (${file}, bytes ${from + 1} to ${to})`

/** What the reading says as people read it, with one line for each check. Whoever wrote the chip wrote its texts. */
function readingLines(reading: ChipReading, { read, others }: Source): readonly string[] {
  const { checks, isGenuine, isOriginal, person, national, portrait, unsignedParts, signedAt } = reading
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
    ['not signed', unsignedParts.map(unsignedText).join(', ') || undefined],
    ['passed over', others.join(', ') || undefined],
  ]
  return [
    isGenuine ? 'as a trusted country signed it' : 'NOT proved to be what a trusted country signed',
    isOriginal ? 'on the chip for which it was signed' : 'NOT proved to be no copy',
    ...checks.map(
      ({ check, outcome, detail }) => `${outcomeWords[outcome]}  ${check.padEnd(22)} ${escapedForTerminal(detail)}`,
    ),
    `read: ${escapedForTerminal(read.join(', '))}`,
    ...values.flatMap(([name, value]) => (value ? [`${name}: ${escapedForTerminal(value)}`] : [])),
  ]
}

type Inspected = { readonly reading: ChipReading; readonly source: Source }

/** What was brought and has no part in the outcome. */
const unusedOf = ({ restsOn }: ChipReading, brought: BesideChip['brought']): readonly string[] =>
  brought.filter(one => !restsOn.some(used => Buffer.compare(used, one.bytes) === 0)).map(({ name }) => name)

/** Inspects the files of one chip with what lies beside them. Throws wrong usage where a file cannot be read. */
export async function inspectFolder(folder: string, authorities: readonly string[]): Promise<Inspected> {
  const files = await readFolderOfChip(folder)
  const beside = await readBesideChip(folder)
  const anchors = await Promise.all(authorities.map(authorityIn))
  const reading = inspectFiles(files, { ...beside, anchors, now: now() })
  return { reading, source: { read: files.read, others: [...files.others, ...unusedOf(reading, beside.brought)] } }
}

type InReader = {
  readonly name: string
  readonly folder: string | undefined
  readonly authorities: readonly string[]
  readonly passwordFile: string | undefined
}

async function inspectReader({ name, folder, authorities, passwordFile }: InReader): Promise<Inspected> {
  const anchors = await Promise.all(authorities.map(authorityIn))
  const beside = folder ? await readBesideChip(folder) : undefined
  const trust: Trust = { revocationLists: [], ...beside, anchors, now: now() }
  const password = await askPassword(passwordFile)
  const reading = await withCardIn(name, connection => readChip(connection, password, trust))
  return { reading, source: { read: [`the card in ${name}`], others: unusedOf(reading, beside?.brought ?? []) } }
}

/**
 * `card inspect DIR [--csca F]…`, `card inspect [DIR] --reader NAME [--password-file F] [--csca F]…`: says of each
 * check of a chip whether it passed, failed or was not done, and what was read. Trusts the authorities that `--csca`
 * names, no other.
 */
export async function inspectCard({
  positionals,
  values,
  json,
}: Omit<Invocation, 'house'> & { readonly folder: string }): Promise<void> {
  const [folder] = positionals
  const reader = wordOf(values['reader'])
  if (!folder && !reader)
    throw new WrongUsage('card inspect needs the folder with the files of one chip, or --reader with a card in it')
  const authorities = wordsOf(values['csca'])
  const { reading, source } = reader
    ? await inspectReader({ name: reader, folder, authorities, passwordFile: wordOf(values['password-file']) })
    : await inspectFolder(folder ?? '', authorities)
  const { portrait, restsOn: _, ...rest } = reading
  const shown = portrait && { form: portrait.form, width: portrait.width, height: portrait.height }
  await printAnswer(json, { ...rest, portrait: shown, ...source }, readingLines(reading, source).join('\n'))
  if (!reading.isGenuine) process.exitCode = 1
}
