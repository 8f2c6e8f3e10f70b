import { workbook } from '../../workbooks/workbook-parts.ts'
import { bent } from '../bend.ts'
import { mutated } from '../mutate.ts'
import type { Random } from '../random.ts'
import { asJson, type Protocol, type ProtocolHouse } from './protocol.ts'

/**
 * An education officer's roll, from the form to its rows: parts of the workbook are bent and then packed again, so that
 * the package is whole, and each part of the form stands where it should.
 */

const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
const heads = ['STT', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Số ĐDCN', 'Lớp']
const letters = 'ABCDEF'

function sheetOf(random: Random, { numbers, names }: ProtocolHouse['served']): string {
  const rows = Array.from({ length: 1 + random.below(6) }, (_, at) => [
    String(at + 1),
    random.pick(names),
    random.pick(['15/03/2005', '2005', '31/02/2005', '38426']),
    random.pick(['Nam', 'Nữ', 'x']),
    random.pick(numbers),
    '12A1',
  ])
  return [heads, ...rows]
    .map((row, r) => `<row r="${r + 1}">${row.map((text, c) => cell(`${letters[c]}${r + 1}`, text)).join('')}</row>`)
    .join('')
}

const styles = '<fonts><font><name val=".VnTimeH"/></font></fonts><cellXfs><xf numFmtId="14" fontId="0"/></cellXfs>'
const shared = '<si><t>Nguyễn Văn An</t></si>'

function aWorkbook(random: Random, served: ProtocolHouse['served']): Buffer {
  const bentText = (text: string) => mutated([Buffer.from(text)], random).toString('utf8')
  const sheet = sheetOf(random, served)
  const place = random.below(6)
  return workbook({
    sheet: place === 0 ? bentText(sheet) : sheet,
    shared: place === 1 ? bentText(shared) : shared,
    styles: place === 2 ? bentText(styles) : styles,
    ...(place === 3 && { after: bentText('<mergeCells><mergeCell ref="A1:B1"/></mergeCells>') }),
    ...(place === 4 && { sheets: bentText('<sheet name="Lớp 12A1" sheetId="1" r:id="rId1"/>') }),
  })
}

export const roll: Protocol = {
  name: 'roll',
  async open(house) {
    const by = 'rolls.import'
    const schools = house.served.ids['school'] ?? []
    const mapping = { mapping: [{ sheet: 0, headerRow: 1, columns: [{ column: 1, field: 'name' }] }] }
    return async random => {
      const form = new FormData()
      form.set('schoolId', random.pick(schools))
      form.set('schoolYear', random.once(9) ? '2022' : '2022-2023')
      if (random.once(4))
        form.set(random.pick(['asOf', 'kind', 'x'.repeat(50)]), random.pick(['2023-04-20', 'staff', 'pupils', '']))
      const file = aWorkbook(random, house.served)
      form.set('file', new File([new Uint8Array(random.once(5) ? mutated([file], random) : file)], 'lop.xlsx'))
      const sent = await house.ask({ method: 'POST', route: '/api/rolls', by, body: form })
      if (sent.status !== 200) return
      const id = ((await sent.json()) as { roll?: { id?: string } }).roll?.id
      if (!id) return house.promise(false, 'a draft has an id')
      const at = `/api/rolls/${id}`
      const shown = await house.ask({ method: 'GET', route: '/api/rolls/:id/preview', path: `${at}/preview`, by })
      house.promise(shown.status === 200, `a draft that was taken is shown, not ${shown.status}`)
      if (random.once(2))
        await house.ask({
          method: 'PUT',
          route: '/api/rolls/:id/mapping',
          path: `${at}/mapping`,
          by,
          ...asJson(random.once(2) ? bent(mapping, random) : mapping),
        })
      const taken = await house.ask({
        method: 'POST',
        route: '/api/rolls/:id/import',
        path: `${at}/import`,
        by,
      })
      const roll = await house.ask({ method: 'GET', route: '/api/rolls/:id', path: at, by })
      if (taken.status < 300) house.promise(roll.status === 200, `a roll that was taken is there, not ${roll.status}`)
    }
  },
}
