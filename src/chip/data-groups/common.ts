import { Cursor, Malformed, onlyElement, type PlaceInFile, placeIn, readText } from '../der/read.ts'
import { element } from '../der/write.ts'
import { commonDataTag, groupTag, groupWithTag } from './files.ts'

/** EF.COM: versions and the data groups that there are (ICAO 9303-10, section 4.6.1). No signature covers it. */
export type CommonData = { readonly lds: string; readonly unicode: string; readonly groups: readonly number[] }

const latin = (text: string) => Buffer.from(text, 'latin1')

export const writeCommonData = ({ lds, unicode, groups }: CommonData): Uint8Array<ArrayBuffer> =>
  element(commonDataTag, [
    element(0x5f01, latin(lds)),
    element(0x5f36, latin(unicode)),
    element(0x5c, Uint8Array.from(groups.toSorted((a, b) => a - b).map(groupTag))),
  ])

/** Where the versions of EF.COM lie in it. Throws Malformed. */
export function versionsPlace(file: Uint8Array): PlaceInFile {
  const cursor = new Cursor(onlyElement(file, commonDataTag).content, 'EF.COM')
  const [lds, unicode] = [cursor.take(0x5f01), cursor.take(0x5f36)]
  return { from: placeIn(file, lds.bytes).from, to: placeIn(file, unicode.bytes).to }
}

/** Throws Malformed. */
export function readCommonData(file: Uint8Array): CommonData {
  const cursor = new Cursor(onlyElement(file, commonDataTag).content, 'EF.COM')
  const [lds, unicode] = [readText(cursor.take(0x5f01)), readText(cursor.take(0x5f36))]
  const tags = [...cursor.take(0x5c).content]
  cursor.end()
  if (!/^\d{4}$/.test(lds) || !/^\d{6}$/.test(unicode))
    throw new Malformed('EF.COM has no versions of four and six digits')
  const groups = tags.map(tag => {
    const group = groupWithTag(tag)
    if (!group) throw new Malformed(`EF.COM lists the tag ${tag.toString(16)}, which is of no data group`)
    return group
  })
  if (new Set(groups).size < groups.length) throw new Malformed('EF.COM lists a data group twice')
  return { lds, unicode, groups }
}
