import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SystemAccount } from '../postgres/system-account.ts'
import { findSegment } from './backup-folder.ts'
import { readSegment, type SegmentKeys } from './segment.ts'

/**
 * Gives the segments of an archive to the PostgreSQL that recovers, over a private socket: this process alone has the
 * keys, and the server's account needs none, nor the right to read the archive.
 */

export type SegmentServer = {
  readonly socket: string
  /** Why a segment could not be given; undefined while all could. */
  failure(): unknown
  close(): Promise<void>
}

/** The first line that a connection sends; no name is longer. */
const nameSent = (connection: Socket) =>
  new Promise<string>((resolve, reject) => {
    let text = ''
    connection.on('data', piece => {
      text += String(piece)
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
      else if (text.length > 64) reject(new Error('this is no name of a segment'))
    })
    connection.on('error', reject)
  })

export async function serveSegments(wal: string, keys: SegmentKeys, account: SystemAccount): Promise<SegmentServer> {
  const dir = await mkdtemp(join(tmpdir(), 'dinhdanh-wal-'))
  const socket = join(dir, 'segments')
  let failed: unknown

  async function answer(connection: Socket): Promise<void> {
    try {
      const name = await nameSent(connection)
      const segment = await findSegment(wal, name)
      if (!segment) connection.end('-')
      else connection.end(Buffer.concat([Buffer.from('+'), await readSegment(segment.path, name, keys)]))
    } catch (error) {
      failed ??= error
      connection.end('!')
    }
  }

  const server = createServer(connection => {
    // Whoever goes away has no use of the answer.
    connection.on('error', () => undefined)
    void answer(connection)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socket, resolve))
  if (account.kind !== 'self') for (const path of [socket, dir]) await chown(path, account.uid, account.gid)
  return {
    socket,
    failure: () => failed,
    async close() {
      await new Promise(resolve => server.close(resolve))
      await rm(dir, { recursive: true, force: true })
    },
  }
}
