import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { giveToFolderOwner } from '../../platform/data-folder/owner.ts'
import { dayAt } from '../../platform/day.ts'
import type { Channel, ChannelMessage } from './channel.ts'

/** Makes a private folder where it is missing. */
async function makeFolder(path: string): Promise<void> {
  const made = await mkdir(path, { mode: 0o700 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
      return false
    },
  )
  if (made) await giveToFolderOwner(path)
}

const textOf = ({ id, to, language, subject, text, at }: ChannelMessage) =>
  [
    `Message-ID: ${id}`,
    `Date: ${at.toISOString()}`,
    `To: ${to}`,
    `Content-Language: ${language}`,
    `Subject: ${subject}`,
    '',
    text,
    '',
  ].join('\n')

/**
 * For trying out, and for a house that has no gateway: each letter becomes a file, so that an operator sees what would
 * go out. `outbox/<day it was queued>/<message>.txt`; readable by its owner only. It is written whole or not at all,
 * and twice under one name.
 */
export const fileChannel = (folder: string): Channel => ({
  name: 'file',
  window: 20,
  async send(letter) {
    const day = join(folder, dayAt(letter.at))
    const draft = join(day, `.${randomUUID()}`)
    try {
      await makeFolder(folder)
      await makeFolder(day)
      const file = await open(draft, 'wx', 0o600)
      await file
        .writeFile(textOf(letter))
        .then(() => file.sync())
        .finally(() => file.close())
      await giveToFolderOwner(draft)
      await rename(draft, join(day, `${letter.id}.txt`))
      return { outcome: 'accepted' }
    } catch {
      await rm(draft, { force: true }).catch(() => undefined)
      return { outcome: 'deferred', code: 'folder' }
    }
  },
})
