import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Encrypter } from 'age-encryption'
import type { ChipOfCard, ChipWriter } from '../../cards/cards.ts'
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

async function writeSame(out: string, name: string, bytes: Uint8Array): Promise<void> {
  const file = join(out, name)
  const before = existsSync(file) ? await readFile(file) : undefined
  if (before && Buffer.compare(before, bytes) !== 0)
    throw new WrongUsage(`${file} is of another signer; choose another folder`)
  if (!before) await writeFile(file, bytes, { mode: 0o644 })
}

const textOfKeys = ({ cardId, keys: { activeAuthentication, chipAuthentication } }: ChipOfCard): string =>
  JSON.stringify({
    card: cardId,
    activeAuthentication: Buffer.from(activeAuthentication).toString('base64'),
    chipAuthentication: Buffer.from(chipAuthentication).toString('base64'),
  })

/** A folder appears under the name of its card once it is whole. Throws wrong usage. */
export function writerOfFolders(out: string, recipients: readonly string[]): ChipWriter {
  const encrypter = encrypterFor(recipients)
  return {
    async begin({ signer, authority, revocationList }) {
      await mkdir(out, { recursive: true, mode: 0o700 })
      await writeSame(out, 'csca.cer', authority)
      await writeSame(out, 'ds.cer', signer.certificate.bytes)
      if (revocationList) await writeFile(join(out, 'crl.crl'), revocationList.der, { mode: 0o644 })
    },
    async write(chip) {
      const folder = join(out, chip.cardId)
      const partial = `${folder}.part`
      await rm(partial, { recursive: true, force: true })
      await mkdir(partial, { mode: 0o700 })
      for (const [name, file] of chip.files)
        await writeFile(join(partial, `${name}.bin`), file, { mode: 0o600, flag: 'wx' })
      await writeFile(`${folder}.keys.age`, await encrypter.encrypt(textOfKeys(chip)), { mode: 0o600 })
      // What is there was written by a run that was stopped before it was kept, or is made anew.
      await rm(folder, { recursive: true, force: true })
      await rename(partial, folder)
    },
  }
}
