import { open, writeFile } from 'node:fs/promises'
import * as exchange from '../exchange/exchange.ts'
import { largestBundle } from '../exchange/law.ts'
import { exchangeKinds } from '../exchange-kinds.ts'
import { asOperator, type House } from '../open-house.ts'
import { fromRoot } from '../platform/root.ts'
import { printAnswer, WrongUsage } from '../platform/terminal.ts'
import type { Invocation } from './invocation.ts'

const authority = asOperator('exchange')
const mostBytesOfCard = 10_000

async function readFileUpTo(file: string, most: number): Promise<string> {
  const handle = await open(file).catch(error => {
    throw new WrongUsage(`${file} cannot be read: ${error.code}`)
  })
  try {
    const { size } = await handle.stat()
    if (size > most) throw new WrongUsage(`${file} has ${size} bytes; at most ${most} are read`)
    return await handle.readFile('utf8')
  } finally {
    await handle.close()
  }
}

const inboxOf = (house: House) => exchange.inboxOf(house.openWork, house.exchangeSide(), exchangeKinds)

/** `exchange card`: our own card, which the centre needs to know this installation. */
export async function exchangeCard({ house, values }: Invocation): Promise<void> {
  const { party, keys } = house.exchangeSide()
  const text = JSON.stringify(exchange.cardOf(party, keys), undefined, 2)
  const out = values['out']
  if (typeof out !== 'string') return printAnswer(false, undefined, text)
  await writeFile(out, `${text}\n`)
  return printAnswer(false, undefined, `${out}: give it to the national centre`)
}

/** `exchange join CARD.json`: the centre that this installation answers to. */
export async function exchangeJoin({ house, positionals: [file], values, json }: Invocation): Promise<void> {
  if (!file) throw new WrongUsage('exchange join needs the card that the centre gave')
  const text = await readFileUpTo(file, mostBytesOfCard)
  let card: unknown
  try {
    card = JSON.parse(text)
  } catch {
    throw new WrongUsage(`${file} is no JSON`)
  }
  const joined = await house.openWork(authority, async work => {
    const centre = await exchange.joinCentre(work, house.record().id, card)
    if (centre.fingerprint !== values['fingerprint'])
      throw new WrongUsage(`the card's key is ${centre.fingerprint}, not ${values['fingerprint']}: nothing was joined`)
    return centre
  })
  await printAnswer(
    json,
    { centre: joined.id, address: joined.address, fingerprint: joined.fingerprint },
    `joined to ${joined.id}, ${joined.address || 'by files alone'}; numbers and accounts are handed up from now on, ` +
      'unless law.csv says that they are delegated',
  )
}

/** `exchange leave`: ends that; what waits goes on waiting. */
export async function exchangeLeave({ house, json }: Invocation): Promise<void> {
  await house.openWork(authority, work => exchange.leaveCentre(work, house.record().id))
  await printAnswer(json, {}, 'joined to no centre any more; what was handed up waits')
}

/** `exchange out FILE`: what the centre has not acknowledged, for a stick. */
export async function exchangeOut({ house, positionals: [file], json }: Invocation): Promise<void> {
  if (!file) throw new WrongUsage('exchange out needs the file to write')
  const { text, envelopes } = await exchange.bundleForFile(house.openWork, inboxOf(house))
  await writeFile(file, text, { mode: 0o600 })
  await printAnswer(json, { envelopes }, `${envelopes} envelopes in ${file}, encrypted to the centre`)
}

/** `exchange in FILE`: takes in what the centre wrote. */
export async function exchangeIn({ house, positionals: [file], json }: Invocation): Promise<void> {
  if (!file) throw new WrongUsage('exchange in needs the file that the centre wrote')
  const taken = await exchange.bundleFromFile(inboxOf(house), await readFileUpTo(file, largestBundle))
  await printAnswer(
    json,
    taken,
    `${taken.taken} taken, ${taken.known} known already, ${taken.quarantined} in quarantine (the console says why)`,
  )
}

/**
 * `exchange rotate-key`: another key signs our envelopes, once the centre has acknowledged it. Until then the command
 * is to be run again, which announces nothing twice.
 */
export async function exchangeRotateKey({ house, json }: Invocation): Promise<void> {
  const ours = house.exchangeSide()
  const next = exchange.nextSigningKey(house.folder)
  const announce = () => house.openWork(authority, work => exchange.announceKey(work, ours, next))
  let state = await announce()
  if (state === 'waiting') {
    await exchange.exchangeOnce(inboxOf(house))
    state = await announce()
  }
  if (state === 'waiting')
    return printAnswer(json, { state }, 'announced; run this again when the centre has acknowledged it')
  await house.openWork(authority, work => exchange.recordKeyRotation(work, ours, next))
  exchange.replaceSigningKey(house.folder)
  return printAnswer(json, { state: 'rotated' }, 'the new key signs from now on; take a backup of keys/')
}

/** `exchange now`: one turn with the centre at once. */
export async function exchangeNow({ house, json }: Invocation): Promise<void> {
  const { fault, ...turn } = await exchange.exchangeOnce(inboxOf(house))
  await printAnswer(
    json,
    { ...turn, ...(fault && { fault }) },
    fault
      ? `the centre does not answer: ${fault}; ${turn.sent} envelopes leave again later`
      : `${turn.sent} sent, ${turn.taken} taken, ${turn.quarantined} in quarantine`,
  )
  if (fault) process.exitCode = 1
}

/**
 * `centre-reference`: the other side for trials. This process becomes the centre's, with a store of its own; the two
 * share no code, and it reads its own options.
 */
export async function startReferenceCentre({
  values,
}: Omit<Invocation, 'house'> & { readonly folder: string }): Promise<void> {
  const given = ['port', 'data', 'delay', 'err', 'seed'].flatMap(name =>
    typeof values[name] === 'string' ? [`--${name}`, values[name]] : [],
  )
  process.argv = [process.execPath, 'centre', ...given]
  await import(fromRoot('centre/main.ts').href)
}
