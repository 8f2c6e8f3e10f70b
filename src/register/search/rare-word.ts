/**
 * The words of names that most people bear, the commonest first (domain.md 9.2). A search for several words begins with
 * the rarest. The order may be wrong; the answer does not depend on it.
 */
const commonWords = [
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

const commonnessByWord = new Map(commonWords.map((word, at) => [word, commonWords.length - at]))
const commonness = (word: string) => commonnessByWord.get(word) ?? 0

/** The rarest word, without marks; empty for no words. Of equals the last: given names are rarer than family names. */
export const rarest = (words: readonly string[]): string =>
  words.reduce((best, word) => (commonness(word) <= commonness(best) ? word : best), words[0] ?? '')
