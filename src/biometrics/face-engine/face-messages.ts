import type { Face } from '../face-points.ts'
import type { FaceTemplate } from '../face-template.ts'
import type { MeasuredQuality } from '../portrait-quality/portrait-quality.ts'

/** Why there is no template of a picture. */
export type FaceFault = 'no-face' | 'several-faces' | 'unreadable'

/** What was found in a picture: a template of its one face, or why there is none; and the measures of its quality. */
export type DescribedPicture = {
  readonly template: FaceTemplate | undefined
  readonly fault: FaceFault | undefined
  readonly faces: readonly Face[]
  readonly quality: readonly MeasuredQuality[]
  /** Pixels of the picture as it was looked at; boxes and points are told in it. */
  readonly width: number
  readonly height: number
}

/** What is said between the engine's thread and its opener. */
export type FaceRequest = { readonly ask: number; readonly picture: Uint8Array }
export type FaceAnswer =
  | { readonly ready: true }
  | { readonly ask: number; readonly described: DescribedPicture }
  | { readonly ask: number; readonly failed: string }
