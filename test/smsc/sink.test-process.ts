import { createHmac } from 'node:crypto'
import { appendFileSync, openSync } from 'node:fs'
import { createServer } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { sinkSecrets } from './sink-form.ts'

/**
 * A gateway over HTTP that fails as the simulator of SMPP does (simulator.py), by the last two digits of a phone: one
 * of a hundred is refused for good, one is taken and never answered, one gets its receipt late. Receipts are posted,
 * signed, until they are answered by 200: `node sink.test-process.ts LOG RECEIPTS_URL ANSWER_MS LATE_SECONDS`. It
 * prints its port, and ends with its standard input.
 */
const [log = '', receiptsUrl = '', answerAfter = '10', lateSeconds = '3'] = process.argv.slice(2)
const out = openSync(log, 'a')
const faults = ['refused', 'silent', 'late']
let names = 0
let waiting: string[] = []

async function postReceipts() {
  for (;;) {
    await setTimeout(50)
    const ids = waiting.splice(0, 500)
    if (ids.length === 0) continue
    const body = JSON.stringify(ids.map(id => ({ id, status: '5' })))
    const headers = {
      'content-type': 'text/plain',
      'x-sign': createHmac('sha256', sinkSecrets.sign).update(body).digest('hex'),
    }
    const isKept = await fetch(receiptsUrl, { method: 'POST', body, headers }).then(
      ({ ok }) => ok,
      () => false,
    )
    if (!isKept) waiting = [...ids, ...waiting]
  }
}

const server = createServer(async (request, response) => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  const { phone } = JSON.parse(Buffer.concat(pieces).toString()) as { phone: string }
  await setTimeout(Number(answerAfter))
  const what = faults[Number(phone.slice(-2))] ?? 'taken'
  appendFileSync(out, `${what} ${phone}\n`)
  if (what === 'silent') return
  if (what === 'refused') return void response.end('{"code":"105"}')
  names += 1
  const id = `s${names}`
  response.end(JSON.stringify({ code: '0', id }))
  if (what === 'late') await setTimeout(Number(lateSeconds) * 1000)
  waiting.push(id)
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(typeof address === 'object' && address ? address.port : 0)
})
void postReceipts()
process.stdin.on('end', () => process.exit(0)).resume()
