import type { LucideIcon } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, type ReactNode, useRef, useState } from 'react'
import { Button } from '../../parts/button.tsx'

type DropPlaceProps = {
  readonly label: string
  readonly onFiles: (files: readonly File[]) => void
  readonly children: ReactNode
}

/** A place that files are dropped on, or pasted into. Who has no mouse chooses them by the button in it. */
export function DropPlace({ label, onFiles, children }: DropPlaceProps) {
  const [isOver, setOver] = useState(false)
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files')
  const over = (event: DragEvent) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    setOver(true)
  }
  const drop = (event: DragEvent) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    setOver(false)
    onFiles([...event.dataTransfer.files])
  }
  const paste = ({ clipboardData }: ClipboardEvent) => {
    if (clipboardData.files.length > 0) onFiles([...clipboardData.files])
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is of a form, and this is a place
    <div
      className="drop"
      role="group"
      aria-label={label}
      onDragEnter={over}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      onPaste={paste}
      {...(isOver && { 'data-drop-target': true })}
    >
      {children}
    </div>
  )
}

type FileButtonProps = {
  readonly icon: LucideIcon
  /** Endings and kinds that the browser offers. */
  readonly accept: readonly string[]
  readonly many?: boolean
  /** Opens the camera of a phone, the one that looks away from who holds it. */
  readonly camera?: boolean
  readonly onFiles: (files: readonly File[]) => void
  readonly children: ReactNode
}

/** A button that has the browser choose files. */
export function FileButton({ icon, accept, many, camera, onFiles, children }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button icon={icon} onPress={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept.join(',')}
        multiple={many}
        {...(camera && { capture: 'environment' as const })}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          // The same file, chosen once more, is a choice too.
          target.value = ''
        }}
      />
    </>
  )
}
