import { answerTasks, threadData } from '../../platform/jobs/worker-pool.ts'
import { answerTask, type LinkAnswer, type LinkTask, type ProvinceOf, selectorOf } from './province-run.ts'

/** A thread of a province: links the rolls that it is given, one after another. */
const of = threadData<ProvinceOf>()
const selector = selectorOf(of)

answerTasks<LinkTask, LinkAnswer>(task => answerTask(task, selector, of.linker))
