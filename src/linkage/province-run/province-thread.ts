import { initialData, serveTasks } from '../../platform/jobs/worker-pool.ts'
import { answerTask, type LinkAnswer, type LinkTask, type ProvinceData, provinceSelector } from './province-run.ts'

/** A thread of a province: links the rolls that it is given, one after another. */
const of = initialData<ProvinceData>()
const selector = provinceSelector(of)

serveTasks<LinkTask, LinkAnswer>(task => answerTask(task, selector, of.linker))
