/**
 * What PostgreSQL runs for each segment that it needs while it recovers (`restore_command`):
 *
 *     node fetch-segment.ts SOCKET NAME PATH
 *
 * It asks the process that restores, which alone has the keys. It ends with 1 where there is no such segment, which
 * PostgreSQL takes for the end of the log, and with 200 where anything else failed, as a full disk: then PostgreSQL
 * gives up (more than 125).
 */

import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'

const cannotBeUsed = 200
// What is thrown ends a process with 1, and a restore would end before the rest of the log.
process.on('uncaughtException', () => process.exit(cannotBeUsed))

const [socket = '', name = '', path = ''] = process.argv.slice(2)

const answer = await new Promise<Buffer>((resolve, reject) => {
  const pieces: Buffer[] = []
  connect(socket)
    .on('connect', function (this: ReturnType<typeof connect>) {
      this.write(`${name}\n`)
    })
    .on('data', piece => pieces.push(piece))
    .on('end', () => resolve(Buffer.concat(pieces)))
    .on('error', reject)
}).catch(() => Buffer.from('!'))

// The first letter: + the segment follows, - there is none, ! it cannot be used.
if (answer[0] === 0x2b) await writeFile(path, answer.subarray(1))
process.exitCode = answer[0] === 0x2b ? 0 : answer[0] === 0x2d ? 1 : cannotBeUsed
