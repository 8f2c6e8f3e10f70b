/** Where two values differ, letter by letter, as a reviewer has to see it. */

export type Stretch = { readonly text: string; readonly differs: boolean }
export type Pair = { readonly left: readonly Stretch[]; readonly right: readonly Stretch[] }

/** Letters as they are read: NFC, so that a mark is never parted from its letter. */
const lettersOf = (text: string) => [...text.normalize('NFC')]

/** The longest run of letters that both have in the same order: for each pair of beginnings, its length. */
function commonLengths(left: readonly string[], right: readonly string[]): number[][] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0))
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      lengths[i]![j] =
        left[i] === right[j] ? 1 + lengths[i + 1]![j + 1]! : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
  return lengths
}

function joined(letters: readonly string[], differs: readonly boolean[]): Stretch[] {
  const stretches: Stretch[] = []
  letters.forEach((letter, at) => {
    const last = stretches.at(-1)
    if (last && last.differs === differs[at])
      stretches[stretches.length - 1] = { text: last.text + letter, differs: last.differs }
    else stretches.push({ text: letter, differs: differs[at] ?? false })
  })
  return stretches
}

/** Marks the letters that the other side has not, or has elsewhere. */
export function differing(left: string, right: string): Pair {
  const [a, b] = [lettersOf(left), lettersOf(right)]
  const lengths = commonLengths(a, b)
  const [leftDiffers, rightDiffers] = [a.map(() => true), b.map(() => true)]
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      leftDiffers[i++] = false
      rightDiffers[j++] = false
    } else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++
    else j++
  }
  return { left: joined(a, leftDiffers), right: joined(b, rightDiffers) }
}

const parts = (day: string) => /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(day)

/** Two days as dd/MM/yyyy whose day and month changed places. */
export function isSwapped(left: string, right: string): boolean {
  const [a, b] = [parts(left), parts(right)]
  return !!a && !!b && a[3] === b[3] && a[1] === b[2] && a[2] === b[1] && a[1] !== a[2]
}

/** Digits that merely moved are marked as a pair: the whole day and the whole month, on both sides. */
export function differingDays(left: string, right: string): Pair {
  if (!isSwapped(left, right)) return differing(left, right)
  const marked = (day: string): Stretch[] => [
    { text: day.slice(0, 2), differs: true },
    { text: '/', differs: false },
    { text: day.slice(3, 5), differs: true },
    { text: day.slice(5), differs: false },
  ]
  return { left: marked(left), right: marked(right) }
}

/** The differing letters in words, for a reader who does not see marks: "a, á". */
export const inWords = ({ left, right }: Pair) =>
  [left, right]
    .map(
      side =>
        side
          .filter(({ differs }) => differs)
          .map(({ text }) => text.trim() || '␣')
          .join(' ') || '–',
    )
    .join(', ')
