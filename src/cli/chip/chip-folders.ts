import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Encrypter } from 'age-encryption'
import type { ChipOfCard, ChipWriter, NamedChip } from '../../cards/cards.ts'
import { ownIdentity, recipientOf } from '../../platform/archive/backup-key.ts'
import { WrongUsage } from '../../platform/terminal.ts'

/**
 * Where `card personalise` writes: a folder for each card with the files as they lie on its chip, the private keys of
 * the chip beside it under the key of whoever writes chips, and the certificates that all are verified under.
 */

/** Throws wrong usage where a recipient is none of age. */
function encrypterFor(recipients: readonly string[]): Encrypter {
  const encrypter = new Encrypter()
  for (const recipient of recipients)
    try {
      encrypter.addRecipient(recipient)
    } catch {
      throw new WrongUsage(`--recipient ${recipient.slice(0, 80)} is no recipient of age`)
    }
  return encrypter
}

/** Who opens the private keys of chips: those who are named, else this installation (`keys/chip-keys.key`). */
export const recipientsOfChipKeys = async (folder: string, named: readonly string[]): Promise<readonly string[]> =>
  named.length > 0 ? named : [await recipientOf(await ownIdentity(folder, 'chip-keys.key'))]

/** A certificate that may be there already, as it is. Gives its file. Throws wrong usage where another is there. */
export async function writeSame(out: string, name: string, bytes: Uint8Array): Promise<string> {
  await mkdir(out, { recursive: true, mode: 0o700 })
  const file = join(out, name)
  const before = existsSync(file) ? await readFile(file) : undefined
  if (before && Buffer.compare(before, bytes) !== 0)
    throw new WrongUsage(`${file} is of another signer; choose another folder`)
  if (!before) await writeFile(file, bytes, { mode: 0o644 })
  return file
}

const keysName = 'keys.age'

const textOfKeys = ({ cardId, keys: { activeAuthentication, chipAuthentication } }: ChipOfCard): string =>
  JSON.stringify({
    card: cardId,
    activeAuthentication: Buffer.from(activeAuthentication).toString('base64'),
    chipAuthentication: Buffer.from(chipAuthentication).toString('base64'),
  })

const partNames = /^[0-9a-f-]{36}\.[0-9a-f]{12}\.part$/

/**
 * A chip is laid down in `CARD.DIGEST.part`, on the disk before its work commits; its folder appears under the name of
 * its card, whole, once it is kept. Throws wrong usage.
 */
export function writerOfFolders(out: string, recipients: readonly string[]): ChipWriter {
  const encrypter = encrypterFor(recipients)
  const partOf = ({ cardId, securityObject }: NamedChip) => join(out, `${cardId}.${securityObject.slice(0, 12)}.part`)
  return {
    async begin({ signer, authority, links, revocationList }) {
      await writeSame(out, 'csca.cer', authority)
      await writeSame(out, 'ds.cer', signer.certificate.bytes)
      for (const { serial, der } of links) await writeSame(out, `link-${serial}.cer`, der)
      if (revocationList) await writeFile(join(out, 'crl.crl'), revocationList.der, { mode: 0o644 })
    },
    async write(chip) {
      const part = partOf(chip)
      await mkdir(part, { mode: 0o700 })
      const whole = { mode: 0o600, flag: 'wx', flush: true } as const
      for (const [name, file] of chip.files) await writeFile(join(part, `${name}.bin`), file, whole)
      await writeFile(join(part, keysName), await encrypter.encrypt(textOfKeys(chip)), whole)
    },
    async publish(chip) {
      const part = partOf(chip)
      if (!existsSync(part)) return
      const folder = join(out, chip.cardId)
      if (existsSync(join(part, keysName))) await rename(join(part, keysName), `${folder}.${keysName}`)
      await rm(folder, { recursive: true, force: true })
      await rename(part, folder)
    },
    async end() {
      const parts = (await readdir(out)).filter(name => partNames.test(name))
      for (const name of parts) await rm(join(out, name), { recursive: true })
    },
  }
}
