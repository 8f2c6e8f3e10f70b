import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import type { ExchangeCard } from '../src/exchange/centre/centre.ts'
import type { ExchangeKey } from '../src/exchange/envelope/envelope.ts'
import { publicHalf } from '../src/exchange/envelope/keys.ts'
import * as exchange from '../src/exchange/exchange.ts'
import { newId } from '../src/platform/ids.ts'
import type { TestHouse } from './house.ts'

/** The reference of the national centre as a process of its own, and an installation that is joined to it. */

export const aKey = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) as ExchangeKey

export const anExchangeSide = (): exchange.OurSide => ({ party: newId(), keys: { sign: aKey(), open: aKey() } })

const started = (child: ChildProcess) =>
  new Promise<void>((ready, fail) => {
    let said = ''
    child.stdout?.on('data', piece => {
      said += String(piece)
      if (said.includes('Ctrl-C')) ready()
    })
    child.stderr?.on('data', piece => {
      said += String(piece)
    })
    child.on('exit', code => fail(new Error(`the centre ended with ${code}: ${said}`)))
  })

export type ACentre = {
  readonly folder: string
  readonly card: ExchangeCard
  stop(): Promise<void>
  /** Starts it anew on the same data, with other errors. */
  restart(errors: readonly string[]): Promise<ExchangeCard>
}

/** Starts the reference centre, which knows one installation by its card. */
export async function startCentre(ours: exchange.OurSide, errors: readonly string[] = []): Promise<ACentre> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-centre-'))
  await mkdir(join(folder, 'houses'), { recursive: true })
  await writeFile(join(folder, 'houses', 'one.json'), JSON.stringify(exchange.cardOf(ours.party, ours.keys)))
  let child: ChildProcess | undefined
  const stop = async () => {
    const ending = child
    child = undefined
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const over = new Promise(done => ending.once('exit', done))
    ending.removeAllListeners('exit').once('exit', () => {})
    ending.kill('SIGKILL')
    await Promise.race([over, new Promise(done => ending.once('exit', done))])
  }
  const restart = async (given: readonly string[]) => {
    await stop()
    child = spawn(process.execPath, ['centre/main.ts', '--port', '0', '--data', folder, ...given], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    await started(child)
    return JSON.parse(await readFile(join(folder, 'card.json'), 'utf8')) as ExchangeCard
  }
  const card = await restart(errors)
  after(async () => {
    await stop()
    await rm(folder, { recursive: true, force: true })
  })
  return { folder, card, stop, restart }
}

/** A centre that a test plays itself: its keys, and its card without an address. */
export function aPlayedCentre() {
  const [sign, open] = [aKey(), aKey()]
  const card: ExchangeCard = { exchange: 1, party: 'centre-of-a-test', sign: publicHalf(sign), open: publicHalf(open) }
  return { sign, open, card }
}

export const joinTo = (house: TestHouse, ours: exchange.OurSide, card: ExchangeCard) =>
  house.work(work => exchange.joinCentre(work, ours.party, card))
