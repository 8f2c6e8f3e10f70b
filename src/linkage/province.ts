import { cpus } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type Linker, link } from './linkage.ts'
import { asLinked, type Linked } from './linked.ts'
import type { PackedPeople, UnitPlace } from './packed.ts'
import type { PeopleIndex } from './people-index.ts'
import type { LinkRecord } from './person-record.ts'
import { type Selector, selector } from './select.ts'

/**
 * Links the rolls of a whole province to the people of its register, in memory: threads read one copy of the packed people. Each roll is one task, so
 * that what a roll's rows tell of each other (one place a person, how many are in the register) is judged as for a roll alone.
 */
export type Province = {
  /** What was found of each row, in order. Throws the signal's reason once it is aborted. */
  link(rows: readonly LinkRecord[], signal?: AbortSignal): Promise<Linked[]>
  /** How many pairs were looked at so far. */
  looked(): number
  close(): Promise<void>
}

export type ProvinceOf = {
  readonly people: PackedPeople
  readonly index: PeopleIndex
  readonly linker: Linker
  /** Where each unit of the people's residences lies on the day of the rolls. */
  readonly places: ReadonlyMap<string, UnitPlace>
}

const nowhere: UnitPlace = { communes: [], districts: [] }

/** What a thread does with the rows of one roll. */
export function linkRows(rows: readonly LinkRecord[], { candidatesOf }: Pick<Selector, 'candidatesOf'>, linker: Linker): Linked[] {
  return link(rows, candidatesOf, linker).map(asLinked)
}

export const selectorOf = ({ people, index, linker, places }: ProvinceOf): Selector =>
  selector(people, index, linker, unit => places.get(unit) ?? nowhere)

export type Task = { readonly id: number; readonly rows: readonly LinkRecord[] }
export type Answer =
  | { readonly id: number; readonly linked: Linked[]; readonly looked: number }
  | { readonly id: number; readonly failed: unknown }

type Waiting = { readonly resolve: (linked: Linked[]) => void; readonly reject: (error: unknown) => void }

/** Opens a province. `threads` 0 works in the caller's own thread, for small ones and for tests. */
export async function openProvince(of: ProvinceOf, { threads = Math.max(1, Math.min(8, cpus().length)) } = {}): Promise<Province> {
  if (threads === 0) {
    const own = selectorOf(of)
    return {
      async link(rows, signal) {
        signal?.throwIfAborted()
        return linkRows(rows, own, of.linker)
      },
      looked: own.looked,
      async close() {},
    }
  }

  const waiting = new Map<number, Waiting>()
  const queue: Task[] = []
  const looked = new Map<Worker, number>()
  const idle: Worker[] = []
  let lastId = 0

  const giveWork = () => {
    while (idle.length > 0 && queue.length > 0) {
      const task = queue.shift()
      const worker = idle.pop()
      if (task && worker) worker.postMessage(task)
    }
  }
  const failAll = (error: unknown) => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    queue.length = 0
  }
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL('./province-thread.ts', import.meta.url), { workerData: of })
    worker.on('message', (answer: Answer | 'ready') => {
      if (answer !== 'ready') {
        const one = waiting.get(answer.id)
        waiting.delete(answer.id)
        if ('failed' in answer) one?.reject(answer.failed)
        else {
          looked.set(worker, answer.looked)
          one?.resolve(answer.linked)
        }
      }
      idle.push(worker)
      giveWork()
    })
    worker.on('error', failAll)
    worker.on('exit', code => code !== 0 && failAll(new Error(`a thread of linkage ended with ${code}`)))
    return worker
  })

  return {
    async link(rows, signal) {
      signal?.throwIfAborted()
      const id = ++lastId
      const { promise, resolve, reject } = Promise.withResolvers<Linked[]>()
      const giveUp = () => {
        waiting.delete(id)
        const at = queue.findIndex(task => task.id === id)
        if (at >= 0) queue.splice(at, 1)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', giveUp, { once: true })
      waiting.set(id, { resolve, reject })
      queue.push({ id, rows })
      giveWork()
      return promise.finally(() => signal?.removeEventListener('abort', giveUp))
    },
    looked: () => [...looked.values()].reduce((sum, each) => sum + each, 0),
    async close() {
      await Promise.all(workers.map(worker => worker.terminate()))
    },
  }
}
