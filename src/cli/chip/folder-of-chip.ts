import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { type ChipCertificate, readCertificateFile } from '../../chip/certificates/certificate.ts'
import { anchorFault } from '../../chip/certificates/chain.ts'
import { type RevocationList, readRevocationList } from '../../chip/certificates/revocation-list.ts'
import { Malformed } from '../../chip/der/read.ts'
import type { FilesRead } from '../../chip/inspecting/inspect-files.ts'
import { chipLimits } from '../../chip/law.ts'
import { WrongUsage } from '../../platform/terminal.ts'

/** A folder with the files of one chip, as `card personalise` or another tool writes them. */

type FileKind = 'common' | 'securityObject' | 'cardAccess' | 'cardSecurity' | number

/** `EF_COM.bin`, `ef.com`, `COM.bin`, `DG1.bin`, `EF_DG01.bin`, `dg1`; undefined for what is none of the chip's. */
function chipFileKind(name: string): FileKind | undefined {
  const [, word = '', number] =
    /^(?:ef[._-]?)?(com|sod|card[._-]?access|card[._-]?security|dg)[._-]?0?(\d{1,2})?(?:\.(?:bin|dat|der))?$/i.exec(
      name,
    ) ?? []
  const what = word.toLowerCase().replace(/[._-]/g, '')
  if (what === 'dg') return Number(number) >= 1 && Number(number) <= chipLimits.dataGroups ? Number(number) : undefined
  if (number !== undefined) return undefined
  return (
    {
      com: 'common',
      sod: 'securityObject',
      cardaccess: 'cardAccess',
      cardsecurity: 'cardSecurity',
    } as const
  )[what]
}

async function readLimited(path: string, most: number): Promise<Uint8Array> {
  const found = await stat(path)
  if (!found.isFile()) throw new WrongUsage(`${path} is no file`)
  const { size } = found
  if (size > most) throw new WrongUsage(`${path} has ${size} bytes; at most ${most} are read`)
  return readFile(path)
}

export type FolderOfChip = FilesRead & {
  /** The names of its files that were read, and of those that are none of a chip's. */
  readonly read: readonly string[]
  readonly others: readonly string[]
}

/** What is read beside the files of a chip: lists of revoked signers, certificates. */
const endings = ['.crl', '.cer'] as const

/** Reads the files of a chip. Throws wrong usage where there is none, or two are the same. */
export async function readFolderOfChip(folder: string): Promise<FolderOfChip> {
  const names = await readdir(folder).catch(() => undefined)
  if (!names) throw new WrongUsage(`${folder} is no folder`)
  const found = new Map<FileKind, { readonly name: string; readonly file: Uint8Array }>()
  const others: string[] = []
  for (const name of names.toSorted()) {
    const kind = chipFileKind(name)
    const before = kind !== undefined && found.get(kind)
    if (before) throw new WrongUsage(`${before.name} and ${name} in ${folder} are the same file of a chip`)
    if (kind === undefined) {
      if (!endings.some(ending => name.endsWith(ending))) others.push(name)
    } else found.set(kind, { name, file: await readLimited(join(folder, name), chipLimits.file) })
  }
  if (found.size === 0) throw new WrongUsage(`${folder} has no file of a chip, such as EF_SOD.bin and DG1.bin`)
  return {
    common: found.get('common')?.file,
    securityObject: found.get('securityObject')?.file,
    cardAccess: found.get('cardAccess')?.file,
    cardSecurity: found.get('cardSecurity')?.file,
    groups: new Map(
      [...found].flatMap(([kind, { file }]) => (typeof kind === 'number' ? [[kind, file] as const] : [])),
    ),
    read: [...found.values()].map(({ name }) => name),
    others,
  }
}

function parsed<T>(path: string, file: Uint8Array, read: (file: Uint8Array) => T): T {
  try {
    return read(file)
  } catch (error) {
    if (error instanceof Malformed) throw new WrongUsage(`${path} cannot be read: ${error.message}`)
    throw error
  }
}

/** The certificate of an authority that the operator trusts. Throws wrong usage where it is that of no authority. */
export function authorityOf(path: string, file: Uint8Array): ChipCertificate {
  const certificate = parsed(path, file, readCertificateFile)
  const fault = anchorFault(certificate)
  if (fault) throw new WrongUsage(`${path} is not trusted: ${fault}`)
  return certificate
}

export const authorityIn = async (path: string): Promise<ChipCertificate> =>
  authorityOf(path, await readLimited(path, 2 * chipLimits.certificate))

/** Files with an ending, in the folder and beside it. */
async function filesBeside(folder: string, ending: (typeof endings)[number]): Promise<readonly string[]> {
  const places = [resolve(folder), dirname(resolve(folder))]
  const found = await Promise.all(
    places.map(async place =>
      (await readdir(place)).filter(name => name.endsWith(ending)).map(name => join(place, name)),
    ),
  )
  return found.flat()
}

/** What lies beside the files of a chip; nothing is trusted for lying there. */
export type BesideChip = {
  /** Lists of revoked signers: their authority signs them, anyone may bring them. */
  readonly revocationLists: readonly RevocationList[]
  /** Certificates of signers, needed where a security object lacks its own, and to compare. */
  readonly signers: readonly ChipCertificate[]
  /** Certificates of authorities; a link by which a trusted one vouches for its next key is needed. */
  readonly links: readonly ChipCertificate[]
  /** All of them with their names as seen from the folder. */
  readonly brought: readonly { readonly name: string; readonly bytes: Uint8Array }[]
}

/** Sorts what lies beside a chip, by names as seen from its folder. Throws wrong usage where a file cannot be read. */
export function sortBeside(files: ReadonlyMap<string, Uint8Array>): BesideChip {
  const named = [...files]
  const lists = named
    .filter(([name]) => name.endsWith('.crl'))
    .map(([name, file]) => [name, parsed(name, file, readRevocationList)] as const)
  const certificates = named
    .filter(([name]) => name.endsWith('.cer'))
    .map(([name, file]) => [name, parsed(name, file, readCertificateFile)] as const)
  return {
    revocationLists: lists.map(([, list]) => list),
    signers: certificates.map(([, one]) => one).filter(({ extensions }) => !extensions.isAuthority),
    links: certificates.map(([, one]) => one).filter(({ extensions }) => extensions.isAuthority),
    brought: [...lists, ...certificates].map(([name, { bytes }]) => ({ name, bytes })),
  }
}

/** Reads certificates and lists in the folder and beside it. Throws wrong usage where one cannot be read. */
export async function readBesideChip(folder: string): Promise<BesideChip> {
  const files = new Map<string, Uint8Array>()
  for (const [ending, most] of [
    ['.crl', chipLimits.revocationList],
    ['.cer', 2 * chipLimits.certificate],
  ] as const)
    for (const path of await filesBeside(folder, ending))
      files.set(relative(resolve(folder), path), await readLimited(path, most))
  return sortBeside(files)
}
