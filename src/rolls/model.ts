import * as audit from '../audit/audit.ts'
import { type Linker, prepare } from '../linkage/linkage.ts'
import { hashOf, type LinkageModel, typicalModel } from '../linkage/weights.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as store from './store-model.ts'

/** The model of the errors in rolls by which this house compares: learnt from its own rolls, or the typical one while there are too few. */

export { type KeptModel, listModels } from './store-model.ts'

export const modelOf = async (work: Work): Promise<LinkageModel> => (await store.modelInUse(work))?.model ?? typicalModel

/** Compares by a model from now on; what it was learnt from is a deed. */
export async function useModel(work: Work, model: LinkageModel, rows: number): Promise<void> {
  const hash = hashOf(model)
  await store.useModel(work, { hash, name: model.name, model, rows })
  await audit.record(work, 'linkage-model.learnt', { kind: 'linkage-model', id: work.id }, { hash, rows })
}

/** The counts of a register serve for this long; a house of a million people is counted from a sample in a second. */
const linkerMilliseconds = 10 * 60_000
const linkers = new WeakMap<object, { readonly linker: Linker; readonly model: string; readonly at: number }>()

/** How often names and places occur in this house's register, and its model. Made once for many rolls. */
export async function linkerOf(work: Work): Promise<Linker> {
  const house = work.tx.getExecutor().adapter
  const model = await modelOf(work)
  const known = linkers.get(house)
  if (known && known.model === hashOf(model) && work.now.getTime() - known.at < linkerMilliseconds) return known.linker
  const linker = prepare(await register.linkageCounts(work), model)
  linkers.set(house, { linker, model: linker.modelHash, at: work.now.getTime() })
  return linker
}
