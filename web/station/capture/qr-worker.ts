import jsqr from 'jsqr'

/** Looks for a QR code in a picture, beside the page so that it stays quick. Answers with the text, or with nothing. */
addEventListener('message', ({ data }: MessageEvent<ImageData>) => {
  const { data: pixels, width, height } = data
  postMessage(jsqr.default(pixels, width, height, { inversionAttempts: 'dontInvert' })?.data ?? null)
})
