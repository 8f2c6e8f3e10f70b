import { useCallback, useState } from 'react'
import { save } from '../../parts/call.ts'
import { takeAnswer, usbFile, writeFile } from '../send/usb-file.ts'
import { useSay } from '../words/language.tsx'
import { useRunning } from './running.tsx'

/** Copying to a stick and reading an answer back, as buttons do it, and what is said of it afterwards. */
export function useUsb() {
  const say = useSay()
  const { keep } = useRunning()
  const [said, setSaid] = useState('')
  const write = useCallback(async () => {
    const file = await usbFile(keep)
    if (!file) return setSaid(say('usb-none'))
    try {
      const written = await writeFile(file, save)
      if (!written) return
      setSaid(
        [
          say('usb-written', { n: file.packets, file: file.name }),
          file.left > 0 ? say('usb-left', { n: file.left }) : '',
        ]
          .join(' ')
          .trim(),
      )
    } catch {
      setSaid(say('usb-failed'))
    }
  }, [keep, say])
  const readAnswer = useCallback(
    async (file: File | undefined) => {
      if (!file) return
      const taken = await takeAnswer(keep, await file.text())
      setSaid(
        taken
          ? say('answer-taken', {
              released: taken.released,
              refused: taken.refused,
              again: taken.wanted,
              wrong: taken['word-wrong'],
            })
          : say('answer-wrong'),
      )
    },
    [keep, say],
  )
  return { said, write, readAnswer }
}
