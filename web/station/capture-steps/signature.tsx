import { useCaptureSay } from '../capture/base/language.tsx'
import { unableReasons } from '../capture/base/offered-reasons.ts'
import { reasonText } from '../capture/base/reason-form.tsx'
import { type Signature, SignaturePad } from '../capture/signature-pad.tsx'
import type { SignatureTaken, Taking } from '../draft/captured-parts.ts'
import { Spoken } from './form-of-address.tsx'

function Pad({ taken, onTaken }: Taking<SignatureTaken>) {
  const say = useCaptureSay()
  const tell = (kept: Signature | undefined) =>
    onTaken(
      kept && {
        ...(kept.kind === 'signed'
          ? { png: kept.png }
          : { unable: reasonText(say, kept.reason, unableReasons).slice(0, 200) }),
        kept,
      },
    )
  return <SignaturePad value={taken?.kept} onChange={tell} />
}

export const DeviceSignature = (props: Taking<SignatureTaken>) => (
  <Spoken>
    <Pad {...props} />
  </Spoken>
)
