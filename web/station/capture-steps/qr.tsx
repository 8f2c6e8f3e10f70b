import { QrCamera } from '../capture/qr-camera.tsx'
import { Button } from '../parts/button.tsx'
import { useSay } from '../words/language.tsx'
import { Spoken } from './form-of-address.tsx'

export function DeviceQr({
  onLine,
  onClose,
}: {
  readonly onLine: (line: string) => void
  readonly onClose: () => void
}) {
  const say = useSay()
  return (
    <Spoken>
      <QrCamera onText={onLine} />
      <Button onPress={onClose}>{say('qr-close')}</Button>
    </Spoken>
  )
}
