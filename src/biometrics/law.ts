import { policy } from '../platform/law.ts'

/**
 * Limits and policies of comparing faces. No law gives a number: the thresholds are the installation's, to be set from
 * error rates that it measured on faces like its people's (docs/operations.md).
 */

/** Scores from 0 to 100: what counts as the same face, as unsure, and as another record of the same face. */
export const faceThresholds = policy('biometrics.face-thresholds', {
  /** 1:1. From here on it is the same face. */
  same: 50,
  /** 1:1. From here to `same` nobody knows: an officer looks. Below it is another face. */
  unsure: 40,
  /** 1:N. From here on another record of the same face is reported to an officer. */
  duplicate: 60,
})

/**
 * How often the default engine errs at these thresholds, measured on a named set of pictures whose licence allows it:
 * false matches of a million comparisons of different people at `same`, false non-matches of a million of the same
 * person. `not-known` until an installation measured it (`bench/faces/faces.ts`) and wrote it into law.csv.
 */
export const faceErrorRates = policy('biometrics.face-error-rates', {
  set: 'not-known',
  licence: 'not-known',
  comparisons: 0,
  falseMatchesPerMillion: 0,
  falseNonMatchesPerMillion: 0,
})

/** What is looked at: pictures of a capture have 480 to 1200 pixels across. */
export const faceLimits = {
  /** Bytes of a picture that is looked at. */
  pictureBytes: 5_000_000,
  /** Pixels of a picture, either side; larger ones are refused before they are decoded. */
  pictureSide: 6000,
  /** A picture is made smaller than this before a face is looked for. */
  searchedSide: 640,
  /** Candidates of one search that an officer is told; how many there were is told beside it. */
  candidates: 10,
  /** How long one picture may take, with the models' loading. */
  patienceMs: 60_000,
} as const
