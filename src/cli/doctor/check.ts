/**
 * What `doctor` tells of one thing. `ok` is false where something needs a hand; with `advice` it is the operator's to
 * weigh, and does not fail the command.
 */
export type DoctorCheck = {
  readonly what: string
  readonly ok: boolean
  readonly found: string
  readonly todo?: string
  readonly advice?: true
}
