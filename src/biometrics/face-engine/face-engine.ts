import { Worker } from 'node:worker_threads'
import { faceLimits } from '../law.ts'
import type { DescribedPicture, FaceAnswer, FaceRequest } from './face-messages.ts'
import { areFaceModelsInstalled } from './load-face-models.ts'

/**
 * Faces of pictures, by the networks of @vladmandic/face-api in a thread of their own, which is begun with the first
 * picture and ends by itself once none came for a while: it takes some 400 MB.
 */
export type FaceEngine = {
  /** Describes a JPEG or PNG. Throws FaceEngineFailed where the thread fails or takes too long. */
  describe(picture: Uint8Array): Promise<DescribedPicture>
  close(): Promise<void>
}

export class FaceEngineFailed extends Error {}

const idleMs = 60_000

/** Undefined where the optional packages are not installed: comparing is then not done. */
export function openFaceEngine(): FaceEngine | undefined {
  if (!areFaceModelsInstalled()) return undefined
  let asked = 0
  let running: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  const waiting = new Map<
    number,
    { readonly done: (one: DescribedPicture) => void; readonly fail: (e: Error) => void }
  >()

  const stop = async (reason: string) => {
    clearTimeout(idle)
    const ending = running
    running = undefined
    for (const { fail } of waiting.values()) fail(new FaceEngineFailed(reason))
    waiting.clear()
    await ending?.terminate()
  }
  const thread = (): Worker => {
    if (running) return running
    const begun = new Worker(new URL('./face-thread.ts', import.meta.url), { stdout: false, stderr: false })
    begun.unref()
    begun.on('message', (answer: FaceAnswer) => {
      if ('ready' in answer) return
      const one = waiting.get(answer.ask)
      waiting.delete(answer.ask)
      if ('failed' in answer) one?.fail(new FaceEngineFailed(answer.failed))
      else one?.done(answer.described)
    })
    begun.on('error', error => void (running === begun && stop(error instanceof Error ? error.message : String(error))))
    begun.on('exit', () => void (running === begun && stop('the thread of the face engine ended')))
    running = begun
    return begun
  }

  return {
    async describe(picture) {
      if (picture.length > faceLimits.pictureBytes)
        throw new FaceEngineFailed('the picture is larger than is looked at')
      clearTimeout(idle)
      const ask = ++asked
      const patience = new AbortController()
      try {
        return await new Promise<DescribedPicture>((done, fail) => {
          waiting.set(ask, { done, fail })
          const late = setTimeout(() => void stop('a picture took too long'), faceLimits.patienceMs)
          patience.signal.addEventListener('abort', () => clearTimeout(late))
          thread().postMessage({ ask, picture } satisfies FaceRequest)
        })
      } finally {
        patience.abort()
        if (waiting.size === 0) idle = setTimeout(() => void stop('idle'), idleMs).unref()
      }
    },
    close: () => stop('the face engine was closed'),
  }
}
