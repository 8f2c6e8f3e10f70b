import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { giveToFolderOwner } from '../data-folder/owner.ts'
import { placeOfKey } from '../settings/secrets.ts'
import { systemCodeOf } from './age-file.ts'
import { backupProblem } from './problems.ts'

/**
 * The key that opens this installation's backups: an identity of age in `keys/backup.key`, made at first use, or of the
 * folder of credentials. Whoever loses the disk loses it, so it is also written on a paper for the safe, which is an
 * identity file by itself.
 */

/** The identities of age that an installation has, each in a file of its own. */
type OwnIdentity = 'backup.key' | 'chip-keys.key'

const identityFile = (folder: string, name: OwnIdentity) => placeOfKey(folder, name).path

/** The lines of an identity file that are no comments. Throws backup-identity-wrong where there is none. */
function identitiesIn(text: string, file: string): string[] {
  const lines = text.split('\n').map(line => line.trim())
  const identities = lines.filter(line => line.startsWith('AGE-SECRET-KEY-'))
  if (identities.length === 0) throw backupProblem('backup-identity-wrong', { file })
  return identities
}

/** Identities that another installation, or the safe, gave. Throws backup-identity-wrong. */
export const readIdentities = async (file: string): Promise<string[]> =>
  identitiesIn(
    await readFile(file, 'utf8').catch((error: unknown) => {
      if (systemCodeOf(error) === 'ENOENT') throw backupProblem('backup-identity-wrong', { file })
      throw error
    }),
    file,
  )

/** This installation's own identities: the first is the one in use. None where it has made no backup yet. */
export const knownIdentities = async (folder: string, name: OwnIdentity = 'backup.key'): Promise<string[]> =>
  readIdentities(identityFile(folder, name)).catch((error: unknown) => {
    if ((error as { code?: string }).code === 'backup-identity-wrong') return []
    throw error
  })

/** The identity in use; made at first use, whole or not at all, and of two processes that begin at once the first's. */
export async function ownIdentity(folder: string, name: OwnIdentity): Promise<string> {
  const file = identityFile(folder, name)
  const [known] = await knownIdentities(folder, name)
  if (known) return known
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${await generateX25519Identity()}\n`, { mode: 0o600, flag: 'w' })
  await giveToFolderOwner(draft)
  try {
    linkSync(draft, file)
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  const [made] = identitiesIn(readFileSync(file, 'utf8'), file)
  return made ?? ''
}

/** The identity that opens this installation's backups. */
export const backupIdentity = (folder: string): Promise<string> => ownIdentity(folder, 'backup.key')

/** To whom something is encrypted, so that this identity opens them. */
export const recipientOf = (identity: string): Promise<string> => identityToRecipient(identity)

/** To whom an installation's backups are encrypted: itself, and those who are named, separated by commas. */
export const backupRecipients = async (folder: string, named: string): Promise<string[]> => [
  await recipientOf(await backupIdentity(folder)),
  ...named.split(',').flatMap(text => text.trim() || []),
]

export type Paper = { readonly installation: string; readonly identity: string; readonly fingerprint: string }

/** Writes the paper for the safe, readable by its owner alone. Throws backup-paper-exists where there is one. */
export async function writePaper(file: string, { installation, identity, fingerprint }: Paper): Promise<void> {
  const recipient = await recipientOf(identity)
  const lines = [
    '# Dinhdanh: giấy cất két / paper for the safe',
    '#',
    '# In ra, cất vào két niêm phong, rồi XÓA tệp này. Ai có tờ giấy này thì mở được mọi bản sao lưu.',
    '# Print it, put it into a sealed safe, then DELETE this file. Whoever has this paper opens every backup.',
    '#',
    '# Khôi phục / restore:',
    '#   npx dinhdanh restore FILE --data NEW --identity THIS.txt --signed-by FINGERPRINT --journal revocations.jsonl',
    '#',
    `# installation: ${installation}`,
    `# recipient:    ${recipient}`,
    `# fingerprint:  ${fingerprint}`,
    identity,
    '',
  ]
  await writeFile(file, lines.join('\n'), { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    throw systemCodeOf(error) === 'EEXIST' ? backupProblem('backup-paper-exists', { file }) : error
  })
}
