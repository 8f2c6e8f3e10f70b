import { placeTone, toneSeat, withTone } from './letter.ts'
import { takesTone, toneless } from './syllable.ts'

/** Made-up people and written syllables for the tests of this folder. */

const list = (text: string) => text.trim().split(/\s*[,\n]\s*/)

export const families = list(
  `Nguyễn, Trần, Lê, Phạm, Hoàng, Huỳnh, Phan, Vũ, Võ, Đặng, Bùi, Đỗ, Hồ, Ngô, Dương, Lý, Lã, Lò, Lù, Vì, Cà, Quàng,
  Tòng, Hà, Hứa, Từ, Tô, Tạ, Cù, Bế, Nông, Hoà, Mạc, Doãn, Khuất, Giáp, Giàng, Sùng, Vàng, Thào, Má, Hầu, Chẻo, Tẩn,
  Phùng, Triệu, Bàn, Đặng, Chìu, Chíu, Tằng, Lỷ, Voòng, Lục, Trạc, Sú, Sì, Sỳ, Ní, Lồ, Ngưu, Phoòng, Hoóng, Nìm, Dường,
  Tắc, Đường, Y, Niê, Êban, Mlô, Ksơr, Kpă, Siu, Rmah, Bá, Quế, Âu, Ấu, Ông, Ứng, Ưng, Uông`,
)
export const middles = list(
  'Thị, Văn, Đức, Hữu, A, Ngọc, Thuý, Thúy, Minh, Sủi, Sáng, Nhật, Quỳnh, Mí, Seo, Thế, Xuân, Gia, Đình, ' +
    'Phương, Khánh, Bảo, Hoà',
)
export const givens = list(
  `An, Ánh, Ân, Ấn, Anh, Bình, Hà, Hạ, Hạnh, Hoà, Hòa, Hoài, Huế, Huệ, Hương, Tài, Sáng, Lìn, Tùng, Toàn, Toán, Trí,
  Trâm, Thu, Thư, Tú, Út, Ý, Yến, Duy, Giang, Giá, Quý, Quyên, Khuê, Khuyến, Loan, Mỹ, Mĩ, Nghĩa, Ngoan, Nhàn, Như,
  Oanh, Phúc, Sơn, Tấn, Thảo, Thoại, Thuỳ, Uyên, Vân, Việt, Xuyến, Dậu, Đạt, Lê, Công, Cúc, Tô, Hồ`,
)

/** Names of peoples with other spellings, and of people from abroad: nothing in them may be taken for an old font. */
export const others = list(
  `H'Hen Niê, H' Bih Êban, Y Bih Niê, Y Moan Ênuôl, K'Sor Phước, K' Thị Liên, Ka Să Hà Thuyên, Rơ Châm H'Yéo, Đinh Núp,
  Siu Black, A Lăng Bhuốch, Bríu Pố, Hồ Thị Kỳ Đèng, Blúp, Bờ Nướch Thị Bằng, Zơ Râm Nga, Kră Jăn Plin, Chế Mỹ Lan,
  Đạo Thanh Quyên, Thạch Sô Phia, Kim Sà Rây, Danh Út, Sơn Thị Sà Mét, Lò Văn Ón, Cà Thị Ín, Vừ A Dính, Vừ Mí Pó,
  Giàng A Páo, Hờ A Chớ, Mùa A Sùa, Sồng A Páo, Tráng A Chu, Phàn Lở Mẩy, Chẻo Tả Mẩy, Lý Láo Lở, Tẩn Láo San,
  Chìu Sủi Lìn, Tằng A Tài, Lỷ A Sáng, Voòng A Sáu, Chíu A Tài, Phùn Nhì Múi, Dường Phúc Thím, Nình A Lộc, Lê, Hà, Hoà,
  Hồ, Ý, A, Út, François Noël, Françoise Hardy, José Hervé, Zoé, Zoë, Chloé, Théo, Léa, Hélène Nguyễn, Hélène,
  Anaïs Lê, Loïc Trần, Loïc, Maï, Raphaël, Gaëlle, Maël, Noël, Joël, Jürgen Müller, Björn Höfer, Günther Weiß,
  Søren Kierkegaard, Åse Bø, Jørn Næss, Łukasz Żółć, Müßig, Strauß, João Simões, Conceição, Guimarães, Peña Núñez,
  Muñoz Ibáñez, Saúl Raúl, Iñaki Echaníz, Þórður Jónsson, Guðrún, Siân Ó Briain, Seán, Áine, Maïté, Eloïse, Moïse,
  Naïm, Saïd, Aïcha, Çelik, Gökçe, Ömer, Ünal, Mary-Jane O'Neil, John Smith, Nguyen Van An, Tran Thi B,
  Ana-Lucía Àlvarez, Renée Zoë, Lê Thanh, Lâm, Tâm, LÃ THANH AN, LÃ, LÂM THÀNH, VŨ, HÀ, TÔN, ÂU, ÔNG ÂN`,
)

/** Every written syllable with every tone it takes, in the older placement of the tone; about seventeen thousand. */
export const syllables: readonly string[] = [...toneless].flatMap(body => {
  const letters = [...body]
  const seat = toneSeat(letters)
  if (seat === undefined) return []
  return [0, 1, 2, 3, 4, 5]
    .filter(tone => takesTone(body, tone))
    .map(tone => placeTone(letters.map((letter, at) => (at === seat ? withTone(letter, tone) : letter)).join('')))
})

/** A small generator, so that combinations are many and always the same (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const pick = <T>(items: readonly T[], random: () => number): T => {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}

export function fullNames(count: number, seed = 1): string[] {
  const random = seeded(seed)
  return Array.from({ length: count }, () => {
    const words = [pick(families, random), ...(random() < 0.9 ? [pick(middles, random)] : []), pick(givens, random)]
    return words.join(' ')
  })
}
