import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The writer of PDF, loaded with the first paper: most commands and most requests print none. */
export const pdfkit = () => require('pdfkit') as typeof import('pdfkit')
