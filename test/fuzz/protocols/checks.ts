import { bent } from '../bend.ts'
import { hostileTexts } from '../hostile.ts'
import { mutated } from '../mutate.ts'
import type { Random } from '../random.ts'
import { asJson, type Protocol, type ProtocolHouse } from './protocol.ts'

/** A party with a right token checks many people: lines of a stream, and of a batch that it sends in pieces. */

const by = 'verification'
const purpose = 'để ghi vào hồ sơ thi'

function aLine(random: Random, { numbers, names }: ProtocolHouse['served'], ref: number): Buffer {
  const right = {
    ref,
    person_number: random.pick(numbers),
    full_name: random.pick(names),
    birth_date: random.pick(['2005-03-15', '15/03/2005', '2005']),
    sex: random.pick(['M', 'F']),
  }
  if (random.once(2)) return Buffer.from(JSON.stringify(right))
  if (random.once(2)) return Buffer.from(JSON.stringify(bent(right, random)) ?? 'null')
  const line = mutated([Buffer.from(JSON.stringify(right)), Buffer.from(random.pick(hostileTexts))], random)
  return Buffer.from(line.filter(byte => byte !== 10 && byte !== 13))
}

const headOfCsv = 'person_number,full_name,birth_date,sex,ref'

export const checks: Protocol = {
  name: 'checks',
  async open(house) {
    const headers = { 'content-type': 'application/x-ndjson' }
    return async random => {
      const lines = Array.from({ length: 1 + random.below(12) }, (_, ref) => aLine(random, house.served, ref))
      const isCsv = random.once(4)
      const rows = isCsv
        ? [
            Buffer.from(headOfCsv),
            ...lines.map(line => mutated([Buffer.from('022205000001,An,2005-03-15,M,1'), line], random)),
          ]
        : lines
      const body = Buffer.concat(rows.flatMap(line => [line, Buffer.from(random.once(9) ? '\r\n' : '\n')]))
      house.note(body.toString('latin1'))
      if (random.once(3)) return sendBatch(house, { body, isCsv }, random)
      const answer = await house.ask({
        method: 'POST',
        route: '/api/verifications/batch',
        path: `/api/verifications/batch?purpose=${encodeURIComponent(purpose)}`,
        by,
        headers: isCsv ? { 'content-type': 'text/csv' } : headers,
        body: new Uint8Array(body),
      })
      if (answer.status !== 200 || isCsv) return
      const given = (await answer.text()).split('\n').filter(Boolean)
      for (const line of given) JSON.parse(line)
      // Read as the house reads it: a lone byte A0 is a blank in Latin-1, and a broken letter in UTF-8.
      const asked = body
        .toString('utf8')
        .split('\n')
        .filter(line => line.trim() !== '').length
      house.promise(given.length <= asked, `no row is answered twice: ${given.length} of ${asked}`)
      house.promise(given.length > 0 || asked === 0, 'rows are answered')
    }
  },
}

async function sendBatch(
  house: ProtocolHouse,
  { body, isCsv }: { readonly body: Buffer; readonly isCsv: boolean },
  random: Random,
) {
  const path = `/api/verifications/batches/${crypto.randomUUID()}`
  const begun = { purpose, format: isCsv ? 'csv' : 'ndjson', bytes: body.length }
  const first = await house.ask({
    method: 'PUT',
    route: '/api/verifications/batches/:id',
    path,
    by,
    ...asJson(random.once(4) ? bent(begun, random) : begun),
  })
  if (first.status !== 200) return
  for (let from = 0, tries = 0; from < body.length && tries < 6; tries += 1) {
    const to = Math.min(body.length, from + 1 + random.below(body.length))
    const answer = await house.ask({
      method: 'PUT',
      route: '/api/verifications/batches/:id/input',
      path: `${path}/input?offset=${random.once(6) ? random.below(body.length) : from}`,
      by,
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(body.subarray(from, to)),
    })
    if (answer.status === 200) from = to
  }
  await house.ask({ method: 'GET', route: '/api/verifications/batches/:id', path, by })
}
