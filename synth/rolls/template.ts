import { type Random, shares } from '../random.ts'

export type Field =
  | 'index'
  | 'class'
  | 'ministry-id'
  | 'name'
  | 'family-middle'
  | 'given'
  | 'birth'
  | 'sex'
  | 'female'
  | 'male'
  | 'people'
  | 'nationality'
  | 'province'
  | 'district'
  | 'commune'
  | 'residence'
  | 'father'
  | 'father-year'
  | 'mother'
  | 'mother-year'
  | 'number'
  | 'phone'
  | 'note'

/**
 * Several classes below each other, each under a line with its name; a table with a column for the class; a sheet a
 * class or a grade.
 */
export type Layout = 'class-blocks' | 'one-table' | 'sheet-per-class' | 'sheet-per-grade'

export type Template = {
  readonly name: string
  readonly fields: readonly Field[]
  /** A first header row over several columns, by the first and last of them. */
  readonly over?: readonly { from: Field; to: Field; words: string }[]
  readonly layouts: readonly Layout[]
}

/** What heads a column: what real rolls write there (domain.md 6.8). */
export const words: Record<Field, readonly string[]> = {
  index: ['STT', 'TT', 'Stt', 'Số TT'],
  class: ['Lớp', 'LỚP', 'Mã lớp', 'Tên lớp'],
  'ministry-id': ['Mã định danh Bộ GD&ĐT', 'Mã định danh Bộ GD&ĐT (trên CSDL ngành)', 'Mã học sinh (CSDL ngành)'],
  name: ['Họ và tên', 'Họ tên', 'HỌ VÀ TÊN', 'Họ và tên học sinh', 'HỌ VÀ TÊN HS', 'Họ và tên (*)'],
  'family-middle': ['Họ đệm', 'Họ và đệm', 'Họ và tên đệm', 'HỌ ĐỆM'],
  given: ['Tên', 'TÊN'],
  birth: ['Ngày sinh', 'Ngày tháng năm sinh', 'Ngày, tháng, năm sinh', 'NS', 'NGÀY SINH', 'Ngày sinh (dd/mm/yyyy)'],
  sex: ['Giới tính', 'GT', 'GIỚI TÍNH', 'Nam/Nữ'],
  female: ['Nữ (x)', 'Nữ', 'NỮ'],
  male: ['Nam'],
  people: ['Dân tộc', 'DT', 'DÂN TỘC'],
  nationality: ['Quốc tịch'],
  province: ['Tỉnh', 'Tỉnh/TP'],
  district: ['Huyện', 'Quận/Huyện'],
  commune: ['Xã', 'Xã/Phường'],
  residence: ['Nơi thường trú', 'HKTT', 'Chỗ ở', 'Hộ khẩu thường trú', 'Địa chỉ', 'Nơi ở hiện nay'],
  father: ['Họ tên cha', 'Họ tên bố', 'Họ và tên cha'],
  'father-year': ['Năm sinh cha', 'Năm sinh bố'],
  mother: ['Họ tên mẹ', 'Họ và tên mẹ'],
  'mother-year': ['Năm sinh mẹ'],
  number: [
    'Số ĐDCN',
    'Mã định danh cá nhân',
    'Số CCCD',
    'CMND/CCCD',
    'Số CCCD/ĐDCN',
    'Số định danh cá nhân',
    'CCCD',
    'Mã định danh',
  ],
  phone: ['SĐT', 'Điện thoại PH', 'Số điện thoại', 'SĐT phụ huynh'],
  note: ['Ghi chú', 'GHI CHÚ'],
}

const templates: readonly (readonly [Template, share: number])[] = [
  [
    {
      name: 'ministry',
      layouts: ['one-table', 'sheet-per-grade', 'sheet-per-class'],
      fields: [
        'index',
        'class',
        'ministry-id',
        'name',
        'birth',
        'sex',
        'people',
        'nationality',
        'province',
        'district',
        'commune',
        'father',
        'father-year',
        'mother',
        'mother-year',
        'number',
      ],
    },
    18,
  ],
  [
    {
      name: 'police',
      layouts: ['one-table', 'class-blocks', 'sheet-per-class'],
      fields: ['index', 'name', 'birth', 'sex', 'number', 'residence', 'class', 'phone', 'note'],
    },
    26,
  ],
  [
    {
      name: 'split-name',
      layouts: ['class-blocks', 'sheet-per-class'],
      fields: ['index', 'family-middle', 'given', 'female', 'birth', 'residence', 'number', 'phone'],
    },
    16,
  ],
  [
    {
      name: 'plain',
      layouts: ['one-table', 'class-blocks', 'sheet-per-grade'],
      fields: ['index', 'class', 'name', 'birth', 'sex', 'number', 'note'],
    },
    16,
  ],
  [
    {
      name: 'parents',
      layouts: ['class-blocks', 'one-table'],
      fields: [
        'index',
        'name',
        'birth',
        'sex',
        'people',
        'class',
        'number',
        'father',
        'father-year',
        'mother',
        'mother-year',
        'residence',
        'phone',
      ],
      over: [
        { from: 'father', to: 'father-year', words: 'Cha' },
        { from: 'mother', to: 'mother-year', words: 'Mẹ' },
      ],
    },
    12,
  ],
  [
    {
      name: 'sex-columns',
      layouts: ['class-blocks', 'sheet-per-class'],
      fields: ['index', 'name', 'birth', 'male', 'female', 'number', 'residence', 'note'],
      over: [{ from: 'male', to: 'female', words: 'Giới tính' }],
    },
    8,
  ],
  [{ name: 'bare', layouts: ['one-table'], fields: ['index', 'name', 'birth', 'class', 'number'] }, 4],
]

const drawn = shares(templates)
export const drawTemplate = (random: Random) => drawn.draw(random)
