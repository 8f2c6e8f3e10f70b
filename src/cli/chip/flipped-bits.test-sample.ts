import { type FilesRead, inspectFiles } from '../../chip/inspecting/inspect-files.ts'
import { WrongUsage } from '../../platform/terminal.ts'
import { authorityOf, sortBeside } from './folder-of-chip.ts'

/** What `card inspect` is given of one chip: its files, what lies beside them, the authority that is trusted. */
export type GivenChip = {
  /** By name: `EF_COM`, `EF_SOD`, `DG1` …. */
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly beside: ReadonlyMap<string, Uint8Array>
  readonly authority: Uint8Array
  readonly now: Date
}

const groupNumber = (name: string) => Number(/^DG(\d+)$/.exec(name)?.[1] ?? 0)

export const filesOf = (all: ReadonlyMap<string, Uint8Array>): FilesRead => ({
  common: all.get('EF_COM'),
  securityObject: all.get('EF_SOD'),
  cardAccess: all.get('EF_CardAccess'),
  cardSecurity: all.get('EF_CardSecurity'),
  groups: new Map([...all].flatMap(([name, file]) => (groupNumber(name) ? [[groupNumber(name), file] as const] : []))),
})

/** The reading of a chip as `card inspect` makes it. Throws wrong usage. */
export const readingOf = ({ files, beside, authority, now }: GivenChip) =>
  inspectFiles(filesOf(files), { ...sortBeside(beside), anchors: [authorityOf('csca.cer', authority)], now })

/** What `card inspect` says of a chip but for the words of each check; or why it refuses to read. */
export function saidOf(given: GivenChip): string {
  try {
    // The digest of EF.SOD changes with each of its bits, and says nothing of what was told.
    const { checks, restsOn: _certificates, securityObject: _digest, portrait, ...read } = readingOf(given)
    const outcomes = checks.map(({ check, outcome }) => [check, outcome])
    const face = portrait && { ...portrait, image: Buffer.from(portrait.image).toString('base64') }
    return JSON.stringify({ outcomes, face, ...read })
  } catch (error) {
    if (error instanceof WrongUsage) return error.message
    throw error
  }
}

const flipped = (file: Uint8Array, at: number, bit: number): Uint8Array => {
  const changed = Uint8Array.from(file)
  changed[at] = (changed[at] ?? 0) ^ (1 << bit)
  return changed
}

const flippedIn = (files: ReadonlyMap<string, Uint8Array>, name: string, at: number, bit: number) =>
  new Map([...files, [name, flipped(files.get(name) ?? new Uint8Array(), at, bit)]])

type FlippedBit = { readonly file: string; readonly at: number; readonly bit: number }

/** Which bits of a byte of a file are flipped, one after another. */
type Choice = (file: string, at: number) => readonly number[]

/** Flips bits of all files of a chip, each alone, and gives what is read then. */
function* flips(given: GivenChip, choose: Choice): Generator<FlippedBit & { readonly changed: GivenChip }> {
  const { files, beside, authority } = given
  for (const [file, content] of [...files, ...beside, ['csca.cer', authority] as const])
    for (let at = 0; at < content.length; at++)
      for (const bit of choose(file, at)) {
        const changed = files.has(file)
          ? { ...given, files: flippedIn(files, file, at, bit) }
          : beside.has(file)
            ? { ...given, beside: flippedIn(beside, file, at, bit) }
            : { ...given, authority: flipped(authority, at, bit) }
        yield { file, at, bit, changed }
      }
}

export type FlippedBits = {
  readonly count: number
  /** Bits whose flip changed nothing of what was said, though it was not said that no signature covers them. */
  readonly unseen: readonly string[]
  /** So many changed nothing, and lie where it was said. */
  readonly unsigned: number
}

/** Flips bits of a chip that is genuine, and looks what `card inspect` says. */
export function flipBits(given: GivenChip, choose: Choice): FlippedBits {
  const good = saidOf(given)
  const parts = readingOf(given).unsignedParts.map(part => ({ ...part, file: part.file.replace('.', '_') }))
  const unseen: string[] = []
  let [count, unsigned] = [0, 0]
  for (const { file, at, bit, changed } of flips(given, choose)) {
    count++
    if (saidOf(changed) !== good) continue
    if (parts.some(part => part.file === file && part.from <= at && at < part.to)) unsigned++
    else unseen.push(`${file} byte ${at} bit ${bit}`)
  }
  return { count, unseen, unsigned }
}
