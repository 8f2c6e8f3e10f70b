import { Cursor, Malformed, onlyElement, readObjectIdentifier } from '../der/read.ts'
import { element, objectIdentifier, printableText, sequence, utf8Text } from '../der/write.ts'
import { objectIds } from '../object-ids.ts'

/** Whom a certificate names (ICAO 9303-12, table 5): the country is demanded, in capitals. */
export type CertificateName = {
  readonly country: string
  readonly organization?: string | undefined
  readonly unit?: string | undefined
  readonly commonName: string
}

const attributeIds = {
  country: objectIds.countryName,
  organization: objectIds.organizationName,
  unit: objectIds.organizationalUnitName,
  commonName: objectIds.commonName,
} as const

/** The name of a country is PrintableString, the others UTF8String. */
export const nameBytes = (name: CertificateName): Uint8Array<ArrayBuffer> =>
  sequence(
    ...(Object.keys(attributeIds) as (keyof CertificateName)[]).flatMap(part => {
      const text = name[part]
      if (!text) return []
      const value = part === 'country' ? printableText(text) : utf8Text(text)
      return [element(0x31, [sequence(objectIdentifier(attributeIds[part]), value)])]
    }),
  )

const shortNames: Readonly<Record<string, string>> = {
  [objectIds.countryName]: 'C',
  [objectIds.organizationName]: 'O',
  [objectIds.organizationalUnitName]: 'OU',
  [objectIds.commonName]: 'CN',
  [objectIds.serialNumber]: 'serialNumber',
  [objectIds.localityName]: 'L',
}

/** The attributes of a name with their values, in their order. Throws Malformed. */
export function readAttributes(name: Uint8Array): readonly (readonly [id: string, value: string])[] {
  const cursor = new Cursor(onlyElement(name, 0x30).content, 'name')
  const found: (readonly [string, string])[] = []
  for (let set = cursor.any(); set; set = cursor.any()) {
    if (set.tag !== 0x31) throw new Malformed('a name is not a list of sets')
    const members = new Cursor(set.content, 'name')
    for (let member = members.any(); member; member = members.any()) {
      const attribute = new Cursor(member.content, 'attribute of a name')
      const id = readObjectIdentifier(attribute.take(0x06))
      const value = attribute.any()
      attribute.end()
      if (!value) throw new Malformed('an attribute of a name has no value')
      found.push([id, Buffer.from(value.content).toString('utf8')])
    }
  }
  return found
}

/** The parts of a name that `nameBytes` writes. Throws Malformed. */
export function readName(name: Uint8Array): CertificateName {
  const found = new Map(readAttributes(name))
  const part = (what: keyof CertificateName) => found.get(attributeIds[what])
  return {
    country: part('country') ?? '',
    organization: part('organization'),
    unit: part('unit'),
    commonName: part('commonName') ?? '',
  }
}

/** As people read it: `C=VN, O=…, CN=…`. */
export const nameText = (name: Uint8Array): string =>
  readAttributes(name)
    .map(([id, value]) => `${shortNames[id] ?? id}=${value}`)
    .join(', ')

/** The country of a name, in capitals; some states write it in small letters. */
export const countryOf = (name: Uint8Array): string | undefined =>
  readAttributes(name)
    .find(([id]) => id === objectIds.countryName)?.[1]
    .toUpperCase()

/** Whether two names are the same, letter for letter. */
export const isSameName = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
