/**
 * The words of names that most people bear, the commonest first (domain.md 9.2): whoever looks for several words of a
 * name begins with the one that the fewest bear. A guess is enough; the answer does not depend on it.
 */
const common = [
  'nguyen',
  'thi',
  'van',
  'tran',
  'le',
  'pham',
  'hoang',
  'vu',
  'bui',
  'do',
  'dang',
  'ngoc',
  'duc',
  'ngo',
  'duong',
  'minh',
  'thanh',
  'anh',
  'thu',
  'ha',
  'phuong',
  'linh',
  'huong',
  'hai',
  'hung',
  'dung',
  'tuan',
  'quang',
  'xuan',
  'hoa',
]

const rank = new Map(common.map((word, at) => [word, common.length - at]))
const commonness = (word: string) => rank.get(word) ?? 0

/**
 * The word, without marks, that the fewest bear; empty for no words. Of equals the last: given names are rarer than
 * family names.
 */
export const rarest = (words: readonly string[]): string =>
  words.reduce((best, word) => (commonness(word) <= commonness(best) ? word : best), words[0] ?? '')
