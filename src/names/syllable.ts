import { placeTone, toneOf } from './letter.ts'

/**
 * The words that Vietnamese spelling allows. They distinguish names garbled by a legacy font from intact ones, and
 * never decide whether a name is allowed.
 */

const wordSet = (text: string) => text.trim().split(/\s+/)

export const onsets = ['', ...wordSet('b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x')]

/** Rhymes without tone, as they are written after an onset other than qu and gi. */
export const rhymes = wordSet(`
  a ac ach ai am an ang anh ao ap at au ay     ăc ăm ăn ăng ăp ăt        âc âm ân âng âp ât âu ây
  e ec em en eng eo ep et                      ê êch êm ên ênh êp êt êu  i ia ich im in inh ip it iu
  iêc iêm iên iêng iêp iêt iêu                 o oc oi om on ong op ot   oong ooc
  oa oac oach oai oam oan oang oanh oao oap oat oay  oăc oăm oăn oăng oăt  oe oem oen oeo oet
  ô ôc ôi ôm ôn ông ôp ôt                      ơ ơi ơm ơn ơp ơt
  u ua uc ui um un ung up ut                   uân uâng uât uây uê uêch uênh  uôc uôi uôm uôn uông uôt  uơ
  uy uya uych uynh uyt uyu uyp uyên uyêt       ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
  y ych ynh yt yêm yên yêng yêt yêu`)

const afterQu =
  wordSet(`a ac ach ai am an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eo et ê êch ên ênh êt
  i ich in inh it ơ ôc y ych ynh yt yên yêt yêu iên iêt`)

const rhymesOf = (onset: string) =>
  onset === 'qu'
    ? afterQu
    : onset === 'gi'
      ? [...rhymes.filter(rhyme => !/^[iy]/.test(rhyme)), 'êng', 'êt', 'êm']
      : rhymes

const bodies = new Set(onsets.flatMap(onset => rhymesOf(onset).map(rhyme => onset + rhyme)))
for (const rhyme of ['i', 'in', 'im', 'it', 'ip']) bodies.add(`g${rhyme}`)

/** Every written syllable without its tone. */
export const toneless: ReadonlySet<string> = bodies

/** Syllables that end in a stop take only sắc or nặng. */
export const takesTone = (body: string, tone: number) => !/(?:c|ch|p|t)$/.test(body) || tone === 4 || tone === 5

/** Whether a lower-case NFC word is a Vietnamese syllable, with its tone on either accepted letter. */
export function isSyllable(word: string): boolean {
  const letters = [...word].map(toneOf)
  const tones = letters.filter(({ tone }) => tone > 0)
  if (tones.length > 1) return false
  const body = letters.map(({ plain }) => plain).join('')
  return bodies.has(body) && takesTone(body, tones[0]?.tone ?? 0) && isToneSeated(word)
}

/** The two accepted placements: the older one, and the newer one of oa, oe and uy (hoà, khoẻ, thuý). */
const isToneSeated = (word: string) => {
  const older = placeTone(word)
  return older === word || /^[^aeiouyq]*(?:oa|oe|uy)$/.test([...word].map(letter => toneOf(letter).plain).join(''))
}
