import { useRef, useState } from 'react'
import type { AttachedCaseKind, AttachedPaper } from '../../../src/attachments/attachment.ts'
import { attachmentLimits } from '../../../src/attachments/law.ts'
import { upload } from '../../parts/upload.ts'
import { useReadAnew } from '../base/use-endpoint.ts'
import { caseDoors } from './case-doors.ts'

/** To which case a file goes, or about whom the form is that is not sent yet. */
export type AttachTo = { readonly caseId: string } | { readonly personId: string }

/** A file on its way, or one that was not taken: what its officer calls it stays in the browser. */
export type Upload = {
  readonly key: number
  readonly name: string
  readonly bytes: number
  readonly sent: number
  readonly stop: () => void
  readonly refused?: unknown
  /** It was there already. */
  readonly already?: boolean
}

export const tooLarge = Symbol('larger than any file that is taken')

/** Sends files one after another, and keeps what became of each until its officer has read it. */
export function useUploads(kind: AttachedCaseKind, to: AttachTo) {
  const { attach, list, unfinished, ofCase } = caseDoors[kind]
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const last = useRef<Promise<unknown>>(Promise.resolve())
  const count = useRef(0)
  const readAnew = useReadAnew()
  const change = (key: number, part: Partial<Upload>) =>
    setUploads(all => all.map(one => (one.key === key ? { ...one, ...part } : one)))
  const drop = (key: number) => setUploads(all => all.filter(one => one.key !== key))

  const sendOne = async (key: number, file: File, paper: AttachedPaper, signal: AbortSignal) => {
    if (signal.aborted) return drop(key)
    try {
      const { already } = await upload(attach, file, {
        fields: { paper, ...to },
        signal,
        onSent: sent => change(key, { sent }),
      })
      // The form is sent with what the list has: no file is done before it stands there.
      await readAnew([list, unfinished, ...ofCase])
      if (already) change(key, { already })
      else drop(key)
    } catch (error) {
      if (signal.aborted) drop(key)
      else change(key, { refused: error })
    }
  }

  const send = (files: readonly File[], paper: AttachedPaper) => {
    for (const file of files) {
      count.current += 1
      const key = count.current
      const stopper = new AbortController()
      const isTooLarge = file.size > attachmentLimits.bytes
      setUploads(all => [
        ...all,
        {
          key,
          name: file.name,
          bytes: file.size,
          sent: 0,
          stop: () => stopper.abort(),
          ...(isTooLarge && { refused: tooLarge }),
        },
      ])
      if (!isTooLarge) last.current = last.current.then(() => sendOne(key, file, paper, stopper.signal))
    }
  }
  const isBusy = uploads.some(({ refused, already }) => refused === undefined && !already)
  return { uploads, send, drop, isBusy }
}
