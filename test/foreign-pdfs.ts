import { deflateSync } from 'node:zlib'

/** PDFs as a scanner, or somebody who means harm, might write them: by hand, for tests. */

type Made = {
  /** Objects from number 4 on; 1 to 3 are the catalogue, the pages and a page. */
  readonly objects?: readonly string[]
  readonly catalogue?: string
  readonly page?: string
  readonly trailer?: string
  /** Between the head and the first object. */
  readonly front?: string
  /** Behind the end of the file. */
  readonly tail?: string
  readonly head?: string
}

export const aPdf = ({ objects = [], catalogue = '', page = '', trailer = '', ...made }: Made = {}): Buffer => {
  const { front = '', tail = '\n', head = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n' } = made
  const all = [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R ${page} >>`,
    ...(objects.length ? objects : [aStream('0 0 100 100 re f')]),
  ]
  let text = head + front
  const places = all.map((object, at) => {
    const place = text.length
    text += `${at + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const rows = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const table = text.length
  text += `xref\n0 ${all.length + 1}\n0000000000 65535 f \n${rows}`
  text += `trailer\n<< /Size ${all.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${table}\n%%EOF${tail}`
  return Buffer.from(text, 'latin1')
}

export const aStream = (content: string, members = '', length = String(content.length)) =>
  `<< /Length ${length} ${members} >>\nstream\n${content}\nendstream`

/** An object stream (ISO 32000-2, 7.5.7) with one object. */
export function anObjectStream(object: string, { members = '', type = '/Type /ObjStm' } = {}): string {
  const content = deflateSync(Buffer.from(`7 0 ${object}`, 'latin1')).toString('latin1')
  return aStream(content, `${type} /N 1 /First 4 /Filter /FlateDecode ${members}`)
}
