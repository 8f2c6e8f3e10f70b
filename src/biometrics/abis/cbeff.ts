import { writeFaceRecord } from './face-record.ts'
import { type BiometricPicture, requirePictures } from './pictures.ts'

/**
 * The pictures of one reference as engines fetch them: a record of records in the XML of ISO/IEC 19785-3 (patron format
 * "XML", the edition of MOSIP's cbeff.xsd), each picture a block in base64.
 */

const namespace = 'http://standards.iso.org/iso-iec/19785/-3/ed-2/'

/** Owner and types of the blocks, as MOSIP's engines know them: 7 a finger, 8 a face, 9 an eye. */
const blocks = {
  finger: { type: 'Finger', format: 7 },
  face: { type: 'Face', format: 8 },
  iris: { type: 'Iris', format: 9 },
} as const

const version = '<Major>1</Major><Minor>1</Minor>'

function blockOf({ modality, subtype, bytes, quality, capturedAt }: BiometricPicture): string {
  const { type, format } = blocks[modality]
  const record = modality === 'face' ? writeFaceRecord(bytes, capturedAt) : bytes
  const score =
    quality === undefined
      ? '<QualityCalculationFailed>not measured</QualityCalculationFailed>'
      : `<Score>${Math.round(Math.min(100, Math.max(0, quality)))}</Score>`
  return (
    `<BIR><Version>${version}</Version><CBEFFVersion>${version}</CBEFFVersion>` +
    '<BIRInfo><Integrity>false</Integrity></BIRInfo>' +
    `<BDBInfo><Format><Organization>Mosip</Organization><Type>${format}</Type></Format>` +
    `<CreationDate>${capturedAt.toISOString()}</CreationDate><Type>${type}</Type>` +
    `${subtype === undefined ? '' : `<Subtype>${subtype}</Subtype>`}<Level>Raw</Level><Purpose>Enroll</Purpose>` +
    // MOSIP writes this name of the measure whatever the measure is, and its readers look for it.
    '<Quality><Algorithm><Organization>HMAC</Organization><Type>SHA-256</Type></Algorithm>' +
    `${score}</Quality></BDBInfo><BDB>${Buffer.from(record).toString('base64')}</BDB></BIR>`
  )
}

/**
 * The document of all pictures of a reference. It has nothing but base64, numbers, dates and names of a list, and so
 * needs no quoting. Throws a RangeError (`requirePictures`), also where a face is no JPEG.
 */
export function writeCbeff(pictures: readonly BiometricPicture[]): string {
  requirePictures(pictures)
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<BIR xmlns="${namespace}">` +
    `<BIRInfo><Integrity>false</Integrity></BIRInfo>${pictures.map(blockOf).join('')}</BIR>\n`
  )
}
