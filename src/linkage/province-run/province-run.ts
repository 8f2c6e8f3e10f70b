/*
 * The run over a province. In: the whole register packed into shared memory, and the rolls one by one. Decided: which
 * few of a million people are compared with a row exactly (candidate-shortlist.ts, by a first look at numbers side by
 * side), then as for a roll alone. Out: what was found of each row, from threads. No deeds: linkage is pure.
 */

import { openWorkerPool } from '../../platform/jobs/worker-pool.ts'
import type { Selector } from '../blocking/blocking.ts'
import { type Linker, link } from '../deciding/deciding.ts'
import { type LinkResult, toLinkResult } from '../deciding/linked.ts'
import { type LinkRecord, type RawRecord, toLinkRecord } from '../person-record.ts'
import { makeSelector } from './candidate-shortlist.ts'
import type { PackedPeople, UnitParents } from './packed.ts'
import type { PeopleIndex } from './people-index.ts'
import { packLinked, packRows, unpackLinked, unpackRows } from './thread-messages.ts'

/**
 * Links the rolls of a whole province to the people of its register, in memory: threads read one copy of the packed
 * people. Each roll is one task, so that what a roll's rows tell of each other (one place a person, how many are in the
 * register) is judged as for a roll alone.
 */
export type Province = {
  /** What was found of each row, in order. Throws the signal's reason once it is aborted. */
  link(rows: readonly RawRecord[], signal?: AbortSignal): Promise<LinkResult[]>
  /** How many pairs were looked at so far. */
  looked(): number
  close(): Promise<void>
}

export type ProvinceData = {
  readonly people: PackedPeople
  readonly index: PeopleIndex
  readonly linker: Linker
  /** Where each unit of the people's residences lies on the day of the rolls. */
  readonly places: ReadonlyMap<string, UnitParents>
  /** Whoever was born before this year is compared with no row. */
  readonly bornFrom?: number | undefined
}

const nowhere: UnitParents = { communes: [], districts: [] }

/** What a thread does with the rows of one roll. */
export const linkRows = (
  rows: readonly LinkRecord[],
  { candidatesOf }: Pick<Selector, 'candidatesOf'>,
  linker: Linker,
): LinkResult[] => link(rows, candidatesOf, linker).map(toLinkResult)

export const provinceSelector = ({ people, index, linker, places, bornFrom }: ProvinceData): Selector =>
  makeSelector(people, index, linker, unit => places.get(unit) ?? nowhere, bornFrom)

export type LinkTask = string
export type LinkAnswer = { readonly linked: string; readonly compared: number }

export function answerTask(task: LinkTask, selector: Selector, linker: Linker): LinkAnswer {
  const before = selector.looked()
  return {
    linked: packLinked(linkRows(unpackRows(task).map(toLinkRecord), selector, linker)),
    compared: selector.looked() - before,
  }
}

/** Opens a province; `threads` as many as there are processors to spare. */
export function openProvince(data: ProvinceData, { threads }: { readonly threads: number }): Province {
  const workers = openWorkerPool<LinkTask, LinkAnswer>(new URL('./province-thread.ts', import.meta.url), {
    count: threads,
    data: data,
  })
  let looked = 0
  return {
    async link(rows, signal) {
      const answer = await workers.ask(packRows(rows), signal)
      looked += answer.compared
      return unpackLinked(answer.linked)
    },
    looked: () => looked,
    close: workers.close,
  }
}
