import type { Reason } from '../base/reason-form.tsx'
import { drawMiddle } from './camera.ts'
import type { FaceFinder } from './face-finder.ts'
import { type Faces, type Measure, measure } from './portrait.ts'

/** A portrait as it goes into the file. */
export type Portrait = {
  /** 3:4, at least 600 × 800, at most 300 kB, without EXIF: a canvas writes none. */
  readonly jpeg: Blob
  readonly width: number
  readonly height: number
  readonly takenAt: string
  /** As measured on this very picture. */
  readonly measures: readonly Measure[]
  /** Why it was taken although something was poor or not measured. */
  readonly reason: Reason | undefined
  /** The lines that the camera gave; fewer than `height` where the picture had to be enlarged. */
  readonly cameraLines: number
  readonly camera: string
  /** Matching comes with its own matter; until then it is never said to be done. */
  readonly faceMatch: 'not-done'
}

/** The picture that is measured: large enough for the eyes, small enough for a slow machine. */
export const measuredSize = { width: 480, height: 640 } as const
const least = { width: 600, height: 800 } as const
const most = { width: 900, height: 1200 } as const
const mostBytes = 300_000

/** From what is nearly without loss down to what is still good; the first that is small enough is taken. */
const qualities = [0.94, 0.9, 0.86, 0.8, 0.72, 0.64, 0.55, 0.45] as const

const blobOf = (canvas: HTMLCanvasElement, quality: number) =>
  new Promise<Blob | null>(done => canvas.toBlob(done, 'image/jpeg', quality))

async function encode(canvas: HTMLCanvasElement): Promise<Blob> {
  let smallest: Blob | null = null
  for (const quality of qualities) {
    smallest = await blobOf(canvas, quality)
    if (smallest && smallest.size <= mostBytes) return smallest
  }
  throw new Error(`a portrait of ${smallest?.size} bytes`)
}

function canvasOf({ width, height }: { readonly width: number; readonly height: number }): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return canvas
}

/**
 * A detector that fails half-way, as when the graphics card is lost, is none: what it would have measured is then not
 * done.
 */
const facesIn = (frame: ImageData, finder: FaceFinder | undefined): Promise<Faces> | undefined =>
  finder?.find(frame).catch(() => undefined)

/** What the camera shows now, measured. Undefined while it shows nothing. */
export async function measureNow(video: HTMLVideoElement, canvas: HTMLCanvasElement, finder: FaceFinder | undefined) {
  const context = drawMiddle(video, canvas)
  if (!context) return undefined
  const frame = context.getImageData(0, 0, canvas.width, canvas.height)
  return measure(frame, await facesIn(frame, finder))
}

/**
 * Freezes what the camera shows, in full size, with its own measures: they are those of this picture and not of one
 * before.
 */
export async function freeze(video: HTMLVideoElement, finder: FaceFinder | undefined) {
  const lines = Math.round(Math.min(video.videoHeight, (video.videoWidth * 4) / 3))
  const height = Math.min(most.height, Math.max(least.height, lines - (lines % 4)))
  const canvas = canvasOf({ width: (height * 3) / 4, height })
  if (!drawMiddle(video, canvas)) return undefined
  const small = canvasOf(measuredSize)
  const context = small.getContext('2d', { willReadFrequently: true })
  context?.drawImage(canvas, 0, 0, small.width, small.height)
  const frame = context?.getImageData(0, 0, small.width, small.height)
  if (!frame) return undefined
  return { canvas, lines, measures: measure(frame, await facesIn(frame, finder)) }
}

export type Frozen = NonNullable<Awaited<ReturnType<typeof freeze>>>

export async function portraitOf(
  { canvas, lines, measures }: Frozen,
  camera: string,
  reason: Reason | undefined,
): Promise<Portrait> {
  return {
    jpeg: await encode(canvas),
    width: canvas.width,
    height: canvas.height,
    takenAt: new Date().toISOString(),
    measures,
    reason,
    cameraLines: lines,
    camera,
    faceMatch: 'not-done',
  }
}
