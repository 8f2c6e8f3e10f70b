import { useEffect, useState } from 'react'

/** An address under which the page itself shows a picture that it holds, for as long as it is shown. */
export function usePicture(picture: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    if (!picture) return setAddress(undefined)
    const made = URL.createObjectURL(picture)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [picture])
  return picture && address
}
