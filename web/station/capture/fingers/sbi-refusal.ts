/**
 * Why a device gave nothing, in the words of ../base/words.ts. `own` is the standard's code, shown in small print.
 */
export type SbiReason =
  | 'not-allowed'
  | 'no-device'
  | 'no-answer'
  | 'busy'
  | 'timed-out'
  | 'nothing-on-glass'
  | 'turned'
  | 'stopped'
  | 'not-registered'
  | 'tampered'
  | 'needs-its-server'
  | 'certificate-expired'
  | 'not-for-enrolment'
  | 'not-supported'
  | 'device-fault'
  | 'not-understood'
  | 'signature-wrong'
  | 'chain-broken'
  | 'not-trusted'
  | 'another-finger'
  | 'another-transaction'

export class SbiRefusal extends Error {
  readonly reason: SbiReason
  readonly own: string | undefined
  constructor(reason: SbiReason, own?: string) {
    super(own ? `${reason} (${own})` : reason)
    this.reason = reason
    this.own = own
  }
}

/**
 * The standard's codes (Secure Biometric Interface 0.9.5, "Error codes": 100–109; 110 and up, 5xx, 6xx and 7xx as
 * MOSIP's own reference device gives them). Any other code is the maker's own: a fault of the device, told with its
 * number.
 */
const reasons: Readonly<Record<string, SbiReason>> = {
  100: 'not-registered',
  101: 'nothing-on-glass',
  102: 'device-fault',
  103: 'tampered',
  104: 'needs-its-server',
  105: 'turned',
  106: 'no-device',
  107: 'certificate-expired',
  108: 'certificate-expired',
  109: 'not-supported',
  110: 'no-device',
  111: 'busy',
  112: 'not-supported',
  113: 'not-supported',
  114: 'not-supported',
  115: 'not-for-enrolment',
  116: 'not-supported',
  117: 'not-supported',
  118: 'not-supported',
  119: 'not-supported',
  120: 'not-supported',
  121: 'not-for-enrolment',
  122: 'not-supported',
  502: 'not-supported',
  503: 'no-device',
  601: 'not-for-enrolment',
  605: 'no-device',
  606: 'not-for-enrolment',
  607: 'busy',
  609: 'timed-out',
  700: 'stopped',
  701: 'timed-out',
  702: 'stopped',
  703: 'busy',
  705: 'no-device',
  706: 'not-for-enrolment',
  707: 'nothing-on-glass',
  708: 'nothing-on-glass',
  709: 'not-for-enrolment',
}

/** Code 0 and no code at all are success; some devices send an empty text. */
export function refuseError(error: unknown): void {
  if (typeof error !== 'object' || error === null || !('errorCode' in error)) return
  const code = String(error.errorCode ?? '').trim()
  if (code === '' || code === '0') return
  throw new SbiRefusal(reasons[code] ?? 'device-fault', code)
}
