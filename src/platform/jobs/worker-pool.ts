import { parentPort, Worker, workerData } from 'node:worker_threads'

/** Threads that answer tasks, each one task at a time; tasks wait in order until one is free. */
export type WorkerPool<Task, Answer> = {
  /**
   * Throws what the thread threw, or the signal's reason once it is aborted; the task is then not begun, or its answer
   * let go.
   */
  ask(task: Task, signal?: AbortSignal): Promise<Answer>
  close(): Promise<void>
}

export type WorkerPoolOptions = {
  readonly count: number
  /** What each thread begins with; shared memory stays shared. */
  readonly data?: unknown
  /** The most that the values of one thread may take; more ends it. */
  readonly megabytes?: number
  /** What is allocated between two collections: as much as pays, where each thread has its own. */
  readonly youngMegabytes?: number
}

type SentTask<Task> = { readonly id: number; readonly task: Task }
type TaskResult<Answer> =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly failed: unknown }

/** Starts threads on a script that calls `serveTasks`. */
export function openWorkerPool<Task, Answer>(
  script: URL,
  { count, data, megabytes = 512, youngMegabytes = 24 }: WorkerPoolOptions,
): WorkerPool<Task, Answer> {
  const waiting = new Map<number, PromiseWithResolvers<Answer>>()
  const queue: SentTask<Task>[] = []
  const idle: Worker[] = []
  let [lastId, isClosed] = [0, false]
  let broken: { readonly why: unknown } | undefined

  const giveWork = () => {
    while (idle.length > 0 && queue.length > 0) idle.pop()?.postMessage(queue.shift())
  }
  /** A thread that ends by itself has run out of memory or fallen over its script: the others would too. */
  const failAll = (error: unknown) => {
    broken ??= { why: error }
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    queue.length = 0
  }
  const workers = Array.from({ length: count }, () => {
    const worker = new Worker(script, {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: youngMegabytes },
    })
    worker.on('message', (said: TaskResult<Answer> | 'ready') => {
      if (said !== 'ready') {
        const one = waiting.get(said.id)
        waiting.delete(said.id)
        if ('failed' in said) one?.reject(said.failed)
        else one?.resolve(said.answer)
      }
      idle.push(worker)
      giveWork()
    })
    worker.on('error', failAll)
    worker.on('exit', code => !isClosed && failAll(new Error(`a thread ended with ${code}`)))
    return worker
  })

  return {
    async ask(task, signal) {
      signal?.throwIfAborted()
      if (broken) throw broken.why
      const id = ++lastId
      const asked = Promise.withResolvers<Answer>()
      const giveUp = () => {
        waiting.delete(id)
        const at = queue.findIndex(sent => sent.id === id)
        if (at >= 0) queue.splice(at, 1)
        asked.reject(signal?.reason)
      }
      signal?.addEventListener('abort', giveUp, { once: true })
      waiting.set(id, asked)
      queue.push({ id, task })
      giveWork()
      return asked.promise.finally(() => signal?.removeEventListener('abort', giveUp))
    },
    async close() {
      isClosed = true
      await Promise.all(workers.map(worker => worker.terminate()))
      failAll(new Error('the threads are closed'))
    },
  }
}

/** What the thread began with. Its shape is a matter between the script and its opener. */
export const initialData = <Data>(): Data => workerData

/** In a thread: answers its tasks, one after another. */
export function serveTasks<Task, Answer>(answer: (task: Task) => Answer | Promise<Answer>): void {
  const say = (said: TaskResult<Answer> | 'ready') => parentPort?.postMessage(said)
  parentPort?.on('message', async ({ id, task }: SentTask<Task>) => {
    try {
      say({ id, answer: await answer(task) })
    } catch (failed) {
      say({ id, failed })
    }
  })
  say('ready')
}
