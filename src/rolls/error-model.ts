import * as audit from '../audit/audit.ts'
import { typicalModel } from '../linkage/comparing/typical-model.ts'
import { bandsOf, hashModel, type LinkageModel, loadModel } from '../linkage/comparing/weights.ts'
import { type Linker, makeLinker } from '../linkage/deciding/deciding.ts'
import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'
import { rollProblem } from './problems.ts'
import * as store from './store-model.ts'

/**
 * The model of the errors in rolls by which this house compares: learnt from its own rolls, or the typical one while
 * there are too few.
 */

export const getErrorModel = async (work: Work): Promise<LinkageModel> =>
  (await store.findModelInUse(work))?.model ?? typicalModel

/** Compares by a model from now on; what it was learnt from (0 rows: it came as a file) is a deed. */
export async function adoptModel(work: Work, model: LinkageModel, rows: number): Promise<void> {
  const hash = hashModel(model)
  await store.saveModelInUse(work, { hash, name: model.name, model, rows })
  await audit.record(work, 'linkage-model.learnt', { kind: 'linkage-model', id: work.id }, { hash, rows })
}

/**
 * The model in use, with the risks that it takes by itself, and every model that was learnt or given, the latest first.
 */
export async function listErrorModels(work: Work) {
  const models = await store.listModels(work)
  const typical = {
    hash: hashModel(typicalModel),
    name: typicalModel.name,
    model: typicalModel,
    rows: 0,
    learntOn: undefined,
  }
  const { inUse: _, ...used } = { ...(models.find(({ inUse }) => inUse) ?? { ...typical, inUse: true }) }
  return { inUse: { ...used, bands: bandsOf(used.model) }, models: models.map(({ model, ...told }) => told) }
}

/** Compares by a model that the house kept. Throws linkage-model-unknown. */
export async function chooseModel(work: Work, hash: string): Promise<void> {
  const kept = (await store.listModels(work)).find(one => one.hash === hash)
  if (!kept) throw rollProblem('linkage-model-unknown', { hash })
  await adoptModel(work, kept.model, kept.rows)
}

/** Compares by a model that was saved as text, here or in another house. Throws linkage-model-unknown. */
export async function chooseSavedModel(work: Work, text: string): Promise<void> {
  let model: LinkageModel
  try {
    model = loadModel(text)
  } catch (error) {
    throw rollProblem('linkage-model-unknown', { why: error instanceof Error ? error.message : String(error) })
  }
  await adoptModel(work, model, 0)
}

/** The counts of a register serve for this long; a house of a million people is counted from a sample in a second. */
const linkerLifetime = 10 * 60_000
/** Rolls are of the day's map or, now and then, of the one before. */
const maxLinkers = 3
type PreparedLinker = { readonly linker: Linker; readonly model: string; readonly at: number }
const linkers = new WeakMap<object, Map<string, PreparedLinker>>()

/**
 * How often names and places occur in this house's register, places as they stand on a day, and its model. Made once
 * for many rolls.
 */
export async function getLinker(work: Work, day: Day): Promise<Linker> {
  const house = work.tx.getExecutor().adapter
  const ofHouse = linkers.get(house) ?? new Map<string, PreparedLinker>()
  linkers.set(house, ofHouse)
  const model = await getErrorModel(work)
  const map = (await units.unitsOn(work, day)).map(({ id }) => id).join()
  const known = ofHouse.get(map)
  if (known && known.model === hashModel(model) && work.now.getTime() - known.at < linkerLifetime) return known.linker
  const linker = makeLinker(await register.linkageCounts(work, day), model)
  if (ofHouse.size >= maxLinkers) ofHouse.clear()
  ofHouse.set(map, { linker, model: linker.modelHash, at: work.now.getTime() })
  return linker
}
