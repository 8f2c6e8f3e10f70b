import { CompactSign, importJWK } from 'jose'
import { openBundle, sealBundle } from '../../src/exchange/envelope/bundle.ts'
import { readEnvelope, signEnvelope } from '../../src/exchange/envelope/envelope.ts'
import { publicHalf } from '../../src/exchange/envelope/keys.ts'
import { aKey } from '../a-centre.ts'
import { type Parser, promise } from './parser.ts'

/** Readers of what comes from the national centre: as a stranger sends it, and as whoever has its keys does. */

const [centre, ours] = [aKey(), aKey()]
const told = {
  id: '018f0000-0000-7000-8000-000000000000',
  kind: 'answer',
  from: 'centre',
  to: '018f0000-0000-7000-8000-000000000001',
  seq: 1,
  prev: null,
  at: '2023-04-20T03:00:00.000Z',
  re: { id: '018f0000-0000-7000-8000-000000000002', hash: 'a'.repeat(64) },
  body: { outcome: 'granted', answer: { number: '022308000001' } },
}
const envelope = await signEnvelope(told, centre)
const signed = async (payload: Buffer) =>
  new CompactSign(payload)
    .setProtectedHeader({ alg: 'ES256', typ: 'dinhdanh-envelope' })
    .sign(await importJWK(centre, 'ES256'))

async function readWhole(text: string): Promise<void> {
  const { envelope: read, signer } = await readEnvelope(text, [publicHalf(centre)])
  if (!read) return
  promise(signer?.x === centre.x, 'an envelope has the signature of a key that is known')
  promise(read.v === 1 && !Number.isNaN(Date.parse(read.at)), 'an envelope is of this version and has an instant')
  promise(typeof read.body === 'object' && !Array.isArray(read.body), 'a body has members')
}

export const parsersOfExchange: readonly Parser[] = [
  {
    name: 'exchange-envelope',
    of: 'exchange/envelope/envelope.ts',
    samples: [envelope],
    longest: 20_000,
    read: input => readWhole(input.toString('utf8')),
  },
  {
    name: 'exchange-envelope-signed',
    of: 'exchange/envelope/envelope.ts',
    samples: [JSON.stringify({ v: 1, ...told })],
    longest: 20_000,
    read: async input => readWhole(await signed(input)),
  },
  {
    name: 'exchange-bundle',
    of: 'exchange/envelope/bundle.ts',
    samples: [await sealBundle([envelope], publicHalf(ours))],
    longest: 40_000,
    async read(input) {
      const { lines, fault } = await openBundle(input.toString('utf8'), ours)
      promise((lines === undefined) !== (fault === undefined), 'a bundle is opened or refused')
    },
  },
  {
    name: 'exchange-bundle-sealed',
    of: 'exchange/envelope/bundle.ts',
    samples: [`${envelope}\n${envelope}`],
    longest: 40_000,
    async read(input) {
      const { lines = [] } = await openBundle(await sealBundle([input.toString('utf8')], publicHalf(ours)), ours)
      for (const line of lines) {
        promise(line.trim() === line && line !== '', 'a line has no blanks around it')
        await readWhole(line)
      }
    },
  },
]
