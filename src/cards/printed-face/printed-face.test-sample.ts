import sharp from 'sharp'
import { asDay } from '../../platform/day.ts'
import type { CardContent } from '../content.ts'
import type { PrintedFace } from './printed-card.ts'

/** Made-up holders for the tests of what is printed. */

/** A drawn head and shoulders: nobody's face. */
export const portrait = (): Promise<Buffer> =>
  sharp(
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="700" height="900"><rect width="700" height="900" ' +
        'fill="#dfe6ea"/>' +
        '<path d="M90 900c10-190 110-260 260-260s250 70 260 260z" fill="#35506b"/><path d="M280 ' +
        '560h140v130c-40 40-100 40-140 0z" fill="#c99f7f"/>' +
        '<ellipse cx="350" cy="400" rx="150" ry="195" fill="#dcb391"/><path d="M195 380c-10-150 60-215 ' +
        '155-215s170 65 155 215c-30-90-80-110-155-110s-130 20-155 110z" fill="#22201f"/></svg>',
    ),
  )
    .jpeg({ quality: 82 })
    .toBuffer()

export const signature = (): Promise<Buffer> =>
  sharp(
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="160"><path d="M20 110c60-120 90-110 ' +
        '70-20s40 20 70-40 30 80 70 20 60-60 80-10 40 20 70-20" fill="none" stroke="#1d4b86" stroke-width="6"/>' +
        '</svg>',
    ),
  )
    .png()
    .toBuffer()

const dat: CardContent = {
  number: '022205001234',
  fullName: 'Nguyễn Văn Đạt',
  birthDate: { y: 2005, m: 3, d: 15 },
  sex: 'M',
  nationality: 'Việt Nam',
  hometown: 'Yên Hải, Quảng Yên, Quảng Ninh',
  birthPlace: 'Phường Hồng Hà, tỉnh Quảng Ninh',
  residence: 'Tổ 5, Khu 3, Hồng Hà, Hạ Long, Quảng Ninh',
  features: 'Nốt ruồi C: 1,5cm trên sau đuôi mắt trái',
  oldNumber: '101234567',
}

const [in2023, in2024] = [asDay('2023-04-20'), asDay('2024-08-05')]
const face = { serial: 'QN230420-000123', specimen: true } as const

/** Short and long names, names of other peoples, births known in part, cards without term. */
export const samples: Readonly<
  Record<string, { readonly content: CardContent } & Omit<PrintedFace, 'content' | 'portrait'>>
> = {
  short: { ...face, content: dat, issuedOn: in2023, expiresOn: asDay('2030-03-15') },
  'short-2024': { ...face, content: dat, issuedOn: in2024, expiresOn: asDay('2030-03-15') },
  long: {
    ...face,
    content: {
      ...dat,
      fullName: 'Công Tằng Tôn Nữ Phương Nguyễn Hoàng Khánh Quỳnh',
      sex: 'F',
      number: '022305001234',
      hometown: 'Thôn Nà Cà, xã Lục Hồn, huyện Bình Liêu, tỉnh Quảng Ninh, Việt Nam',
      residence:
        'Số 1234/56/78 đường Nguyễn Văn Cừ kéo dài, tổ dân phố số 12, khu đô thị mới Cột Đồng Hồ - Cọc 8, ' +
        'phường Hồng Hải, thành phố Hạ Long, tỉnh Quảng Ninh',
      features:
        'Sẹo chấm cách 2,5cm dưới sau mép phải; nốt ruồi cách 1cm trên trước đầu lông mày trái, sẹo dài 3cm giữa trán',
    },
    issuedOn: in2023,
    expiresOn: asDay('2030-03-15'),
  },
  'long-2024': {
    ...face,
    content: {
      ...dat,
      fullName: 'Công Tằng Tôn Nữ Phương Nguyễn Hoàng Khánh Quỳnh',
      sex: 'F',
      number: '022305001234',
      birthPlace: 'Đại sứ quán nước Cộng hòa xã hội chủ nghĩa Việt Nam tại Liên bang Nga, thành phố Mát-xcơ-va',
      residence:
        'Số 1234/56/78 đường Nguyễn Văn Cừ kéo dài, tổ dân phố số 12, khu đô thị mới Cột Đồng Hồ - Cọc 8, ' +
        'phường Hồng Hải, thành phố Hạ Long, tỉnh Quảng Ninh',
      cancelledNumber: '001305004321',
      parents: ['Công Tằng Tôn Thất Nguyễn Hoàng Bảo Long', 'Nguyễn Thị Phương Thảo Nguyên'],
    },
    issuedOn: in2024,
    expiresOn: asDay('2030-03-15'),
  },
  'year-only': {
    ...face,
    content: {
      ...dat,
      fullName: 'Voòng A Sáng',
      number: '022048000321',
      birthDate: { y: 1948 },
      features: undefined,
      oldNumber: undefined,
    },
    issuedOn: in2023,
  },
  highland: {
    ...face,
    content: {
      ...dat,
      fullName: "Chìu Sủi Lìn H'Brơi Đuôl",
      number: '022308004321',
      sex: 'F',
      birthDate: { y: 2008, m: 12 },
    },
    issuedOn: in2024,
    expiresOn: asDay('2033-12-01'),
  },
  'one-word': {
    ...face,
    content: { ...dat, fullName: 'Y', number: '022060000077', birthDate: { y: 1960, m: 7, d: 1 } },
    issuedOn: in2024,
  },
  capitals: {
    ...face,
    content: { ...dat, fullName: 'Nguyễn Ngọc Ễ Ậm Ắng Ỗ', residence: 'Ễ Ẩm Ậ, Ặng Ộ Ợ, Ẵng Ỡ, Hạ Long, Quảng Ninh' },
    issuedOn: in2023,
    expiresOn: asDay('2030-03-15'),
  },
}

/** A card of a sample, with its pictures. */
export async function sample(name: string): Promise<PrintedFace> {
  const found = samples[name]
  if (!found) throw new RangeError(`there is no sample ${name}`)
  return { ...found, portrait: await portrait(), ...(name.startsWith('short') && { signature: await signature() }) }
}
