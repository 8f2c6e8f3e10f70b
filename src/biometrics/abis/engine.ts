import type { FaceFault } from '../face-engine/face-messages.ts'
import type { FailureReason } from './abis-messages.ts'
import type { BiometricPicture, Modality } from './pictures.ts'

/**
 * What every engine does that searches people by their pictures, whoever makes it: our own, another over HTTP, another
 * behind a queue. A reference is a UUID that was minted for one capture of one person; the engine learns nothing else.
 */
export type AbisEngine = {
  /**
   * Takes the pictures of a reference in. Nothing is searched yet. Throws a RangeError for pictures that are none
   * (`requirePictures`), or for a reference that is no UUID.
   */
  insert(reference: string, pictures: readonly BiometricPicture[]): Promise<EngineAnswer<InsertedReference>>
  /** Searches all others, or those `among`, for the person of a reference that was inserted. */
  identify(reference: string, search: EngineSearch): Promise<EngineAnswer<EngineFindings>>
  /** Lets go of a reference: it is found no more. `was` is false where there was none. */
  remove(reference: string): Promise<EngineAnswer<{ readonly was: boolean }>>
  /** `yes`, or in a word why it cannot be used now. */
  check(): Promise<string>
  close(): Promise<void>
}

export type EngineSearch = {
  /** A score of 0 to 100, from which on our own engine finds; another one has a threshold of its own. */
  readonly threshold?: number
  /** How many candidates are wanted at most, the likest first. */
  readonly most: number
  /** Only these references are searched; all where it is left out. */
  readonly among?: readonly string[]
}

export type InsertedReference = {
  /** Kinds of pictures that the engine was given and took. */
  readonly taken: readonly Modality[]
  /** Kinds that it does nothing with: by them the person is not searched. */
  readonly notDone: readonly Modality[]
}

export type EngineCandidate = {
  readonly reference: string
  /** 0 to 100, 100 the likest; undefined where the engine told none. Scores of two engines are not compared. */
  readonly score: number | undefined
}

export type EngineFindings = {
  /** At most as many as were wanted. */
  readonly candidates: readonly EngineCandidate[]
  /** How many the engine told. */
  readonly count: number
}

export type EngineAnswer<Done> =
  | ({ readonly kind: 'done' } & Done)
  /** There is no engine for it: nobody searched, and nobody may say that nothing was found. */
  | { readonly kind: 'not-done'; readonly why: 'no-engine' | 'no-picture-it-knows' | 'packages-missing' }
  | { readonly kind: 'refused'; readonly why: FailureReason | FaceFault }
  /** It may have been done or not; who asks again for the same reference gets the same. `code` for the log. */
  | { readonly kind: 'unanswered'; readonly code: string }
