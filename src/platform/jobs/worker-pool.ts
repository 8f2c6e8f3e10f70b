import { parentPort, Worker, workerData } from 'node:worker_threads'

/** Threads that answer tasks, each one task at a time; tasks wait in order until one is free. */
export type WorkerPool<Task, Answer> = {
  /**
   * Throws what the thread threw, or the signal's reason once it is aborted; the task is then not begun, or its answer
   * let go. Throws TaskLimitError where the pool has a limit.
   */
  ask(task: Task, signal?: AbortSignal): Promise<Answer>
  close(): Promise<void>
}

/** For tasks on what strangers send: a bad one fails alone, its thread is ended and another begun in its place. */
export type TaskLimit = {
  /** The longest that one task may take. */
  readonly milliseconds: number
  /** How many may wait for a thread; more are refused. */
  readonly waiting: number
}

export type WorkerPoolOptions = {
  readonly count: number
  /** What each thread begins with; shared memory stays shared. */
  readonly data?: unknown
  /** The most that the values of one thread may take; more ends it. */
  readonly megabytes?: number
  /** What is allocated between two collections: as much as pays, where each thread has its own. */
  readonly youngMegabytes?: number
  readonly limit?: TaskLimit
}

/** A task took too long or too much memory, or too many wait. */
export class TaskLimitError extends Error {
  readonly limit: 'time' | 'memory' | 'waiting'

  constructor(limit: TaskLimitError['limit'], cause?: unknown) {
    super(`a task of a thread met its limit: ${limit}`, { cause })
    this.limit = limit
  }
}

type SentTask<Task> = { readonly id: number; readonly task: Task }
type TaskResult<Answer> =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly failed: unknown }

/** A thread, and the task that it is at. */
type Thread = { readonly worker: Worker; isReady: boolean; task: number | undefined; timer: NodeJS.Timeout | undefined }

/** Starts threads on a script that calls `serveTasks`. */
export function openWorkerPool<Task, Answer>(
  script: URL,
  { count, data, megabytes = 512, youngMegabytes = 24, limit }: WorkerPoolOptions,
): WorkerPool<Task, Answer> {
  const waiting = new Map<number, PromiseWithResolvers<Answer>>()
  const queue: SentTask<Task>[] = []
  const idle: Thread[] = []
  const threads = new Set<Thread>()
  let [lastId, isClosed] = [0, false]
  let broken: { readonly why: unknown } | undefined

  /** A pool with a limit lives as long as its process: it keeps no process alive but while somebody waits. */
  const holdProcess = () => {
    if (limit) for (const { worker } of threads) waiting.size > 0 ? worker.ref() : worker.unref()
  }
  const settle = (id: number | undefined, end: (one: PromiseWithResolvers<Answer>) => void) => {
    const one = id === undefined ? undefined : waiting.get(id)
    if (id !== undefined) waiting.delete(id)
    if (one) end(one)
    holdProcess()
  }
  const giveWork = () => {
    while (idle.length > 0 && queue.length > 0) {
      const [thread, sent] = [idle.pop() as Thread, queue.shift() as SentTask<Task>]
      thread.task = sent.id
      if (limit) thread.timer = setTimeout(() => replace(thread, new TaskLimitError('time')), limit.milliseconds)
      thread.worker.postMessage(sent)
    }
  }
  /** A thread that ends by itself has run out of memory or fallen over its script: the others would too. */
  const failAll = (error: unknown) => {
    broken ??= { why: error }
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    queue.length = 0
  }
  /** Ends a thread whose task met a limit, and begins another. */
  const replace = (thread: Thread, error: TaskLimitError) => {
    if (!threads.delete(thread)) return
    clearTimeout(thread.timer)
    void thread.worker.terminate()
    threads.add(begin())
    settle(thread.task, one => one.reject(error))
  }
  /** One that was never ready has a script that cannot begin; another would fare no better. */
  const hasEnded = (thread: Thread, error: unknown) => {
    if (isClosed || !threads.has(thread)) return
    if (limit && thread.isReady) replace(thread, new TaskLimitError('memory', error))
    else failAll(error)
  }
  const begin = (): Thread => {
    const worker = new Worker(script, {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: youngMegabytes },
    })
    const thread: Thread = { worker, isReady: false, task: undefined, timer: undefined }
    worker.on('message', (said: TaskResult<Answer> | 'ready') => {
      if (!threads.has(thread)) return
      clearTimeout(thread.timer)
      thread.isReady = true
      thread.task = undefined
      if (said !== 'ready')
        settle(said.id, one => ('failed' in said ? one.reject(said.failed) : one.resolve(said.answer)))
      idle.push(thread)
      giveWork()
    })
    worker.on('error', error => hasEnded(thread, error))
    worker.on('exit', code => hasEnded(thread, new Error(`a thread ended with ${code}`)))
    return thread
  }
  for (let begun = 0; begun < count; begun += 1) threads.add(begin())
  holdProcess()

  return {
    async ask(task, signal) {
      signal?.throwIfAborted()
      if (broken) throw broken.why
      if (limit && queue.length >= limit.waiting) throw new TaskLimitError('waiting')
      const id = ++lastId
      const asked = Promise.withResolvers<Answer>()
      const giveUp = () => {
        const at = queue.findIndex(sent => sent.id === id)
        if (at >= 0) queue.splice(at, 1)
        settle(id, one => one.reject(signal?.reason))
      }
      signal?.addEventListener('abort', giveUp, { once: true })
      waiting.set(id, asked)
      queue.push({ id, task })
      holdProcess()
      giveWork()
      return asked.promise.finally(() => signal?.removeEventListener('abort', giveUp))
    },
    async close() {
      isClosed = true
      for (const { timer } of threads) clearTimeout(timer)
      await Promise.all([...threads].map(({ worker }) => worker.terminate()))
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
