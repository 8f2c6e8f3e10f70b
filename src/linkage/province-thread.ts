import { answerTasks, threadData } from '../platform/threads.ts'
import { type LinkAnswer, type LinkTask, linkRows, type ProvinceOf, selectorOf } from './province.ts'

/** A thread of a province: links the rolls that it is given, one after another. */
const of = threadData<ProvinceOf>()
const selector = selectorOf(of)

answerTasks<LinkTask, LinkAnswer>(rows => {
  const before = selector.looked()
  return { linked: linkRows(rows, selector, of.linker), looked: selector.looked() - before }
})
