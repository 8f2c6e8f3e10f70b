import { parentPort, workerData } from 'node:worker_threads'
import { type Answer, linkRows, type ProvinceOf, selectorOf, type Task } from './province.ts'

/** A thread of a province: links the rolls that it is given, one after another. */
const of: ProvinceOf = workerData
const selector = selectorOf(of)
const say = (answer: Answer | 'ready') => parentPort?.postMessage(answer)

parentPort?.on('message', ({ id, rows }: Task) => {
  try {
    say({ id, linked: linkRows(rows, selector, of.linker), looked: selector.looked() })
  } catch (failed) {
    say({ id, failed })
  }
})
say('ready')
