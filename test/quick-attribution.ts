// Loaded before the test runner in each process of test files (run.ts). The runner learns of which test an error or an
// `after` is by a hook on everything asynchronous, which makes each promise dear: a tenth of all work of the tests that
// share a process. It gets the same from the context that node carries along anyway.
import asyncHooks, { AsyncLocalStorage, AsyncResource, type HookCallbacks } from 'node:async_hooks'

/** The runner's tests are asynchronous resources that have subtests. */
const isTest = (resource: AsyncResource) => 'createSubtest' in resource

/** The number of the test that runs, as the runner knows it. */
const running = new AsyncLocalStorage<number>()
const { createHook, executionAsyncId } = asyncHooks

let noteResource: HookCallbacks['init']
const noHook = { enable: () => noHook, disable: () => noHook }
asyncHooks.createHook = callbacks => {
  noteResource = callbacks.init
  return noHook
}
asyncHooks.executionAsyncId = () => running.getStore() ?? executionAsyncId()
// The runner keeps both as it finds them when it is loaded; everybody else has node's own.
await import('node:test')
Object.assign(asyncHooks, { createHook, executionAsyncId })

const noted = new WeakSet<AsyncResource>()
const { runInAsyncScope } = AsyncResource.prototype
type Work<This, Result> = (this: This, ...given: never[]) => Result
AsyncResource.prototype.runInAsyncScope = function <This, Result>(
  work: Work<This, Result>,
  that?: This,
  ...given: unknown[]
): Result {
  if (!isTest(this)) return Reflect.apply(runInAsyncScope, this, [work, that, ...given]) as Result
  const id = this.asyncId()
  if (!noted.has(this)) noteResource?.(id, 'Test', this.triggerAsyncId(), this)
  noted.add(this)
  const inContext = () => running.run(id, () => Reflect.apply(work as () => Result, that, given))
  return Reflect.apply(runInAsyncScope, this, [inContext]) as Result
}
