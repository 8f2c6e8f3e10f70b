import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { jwkOf, thumbprintOf } from './envelopes.ts'
import { type MischiefName, mischiefs, openMischief } from './mischief.ts'
import { openStore } from './store.ts'
import { takeTurn } from './turn.ts'

/**
 * A reference of the national centre: `node centre/main.ts --port 8095 --data DIR`. It plays the other side of
 * docs/exchange.md for trials, with a store and keys of its own, and errs as it is told to. It is nobody's centre.
 */

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8095' },
    data: { type: 'string', default: 'centre-data' },
    name: { type: 'string', default: 'reference-centre' },
    seed: { type: 'string', default: '1' },
    delay: { type: 'string', default: '0' },
    err: { type: 'string', default: '' },
    in: { type: 'string' },
    out: { type: 'string' },
    house: { type: 'string' },
    'rotate-key': { type: 'boolean', default: false },
  },
})

const likely = Object.fromEntries(
  values.err
    .split(',')
    .filter(Boolean)
    .map(one => {
      const [name = '', likelihood = '1'] = one.split(':')
      if (!mischiefs.includes(name as MischiefName)) throw new Error(`--err knows ${mischiefs.join(', ')}`)
      return [name, Number(likelihood)]
    }),
)
const mischief = openMischief(likely, { seed: Number(values.seed), delay: Number(values.delay) })
const centre = openStore(values.data, values.name, values['rotate-key'])
const largest = 16 * 2 ** 20

/** A bundle that was carried here as a file, and its answer as another. */
function byFile(from: string, to: string, party: string): void {
  const card = centre.cardOf(party)
  const answer = card && takeTurn(centre, card, readFileSync(from, 'utf8'), mischief, new Date())
  if (!answer) throw new Error('the file is no bundle of a known installation')
  writeFileSync(to, answer, { mode: 0o600 })
}

function serve(port: number): void {
  const server = createServer(async (request, response) => {
    const party = /^\/exchange\/([\w.-]{1,64})$/.exec(request.url ?? '')?.[1]
    const card = party === undefined || request.method !== 'POST' ? undefined : centre.cardOf(party)
    const pieces: Buffer[] = []
    let length = 0
    for await (const piece of request) {
      length += piece.length
      if (length > largest) return response.writeHead(413).end()
      pieces.push(piece)
    }
    if (!card) return response.writeHead(404).end()
    const answer = takeTurn(centre, card, Buffer.concat(pieces).toString('utf8'), mischief, new Date())
    if (answer === undefined) return response.writeHead(400).end()
    // Done, and nobody hears of it.
    if (mischief.does('lose-answer')) return response.destroy()
    return response.writeHead(200, { 'content-type': 'application/jose' }).end(answer)
  })
  server.listen(port, '127.0.0.1', () => {
    const place = server.address()
    const address = `http://127.0.0.1:${typeof place === 'object' && place ? place.port : port}`
    writeFileSync(join(values.data, 'card.json'), JSON.stringify(centre.card(address), undefined, 2))
    console.log(`${values.name} listens on ${address}; its card is ${join(values.data, 'card.json')}`)
    console.log(`fingerprint ${thumbprintOf(jwkOf(centre.sign))}; cards of installations go into ${values.data}/houses`)
    console.log('Ctrl-C stops it')
  })
}

if (values.in && values.out && values.house) byFile(values.in, values.out, values.house)
else serve(Number(values.port))
