import type { Day } from '../../platform/day.ts'

/** The articles on which an application is refused, by reason. Each starts with the article on who may have a card. */

type LegalBasisRegime = {
  readonly from: Day | ''
  readonly always: string
  readonly of: Readonly<Record<string, readonly string[]>>
}

// biome-ignore format: a table of law
const legalBasisRegimes: readonly LegalBasisRegime[] = [
  {
    from: '',
    always: 'Luật Căn cước công dân số 59/2014/QH13, Điều 19',
    of: {
      'data-unproved':   ['Luật Căn cước công dân số 59/2014/QH13, Điều 22', 'Thông tư 59/2021/TT-BCA'],
      'person-twice':    ['Luật Căn cước công dân số 59/2014/QH13, Điều 22', 'Thông tư 59/2021/TT-BCA'],
      'card-not-needed': ['Luật Căn cước công dân số 59/2014/QH13, Điều 21, Điều 23'],
    },
  },
  {
    from: '2024-07-01' as Day,
    always: 'Luật Căn cước số 26/2023/QH15, Điều 19',
    of: {
      'data-unproved':   ['Luật Căn cước số 26/2023/QH15, Điều 23', 'Nghị định 70/2024/NĐ-CP, Điều 6'],
      'person-twice':    ['Luật Căn cước số 26/2023/QH15, Điều 23', 'Nghị định 70/2024/NĐ-CP, Điều 6'],
      'card-not-needed': ['Luật Căn cước số 26/2023/QH15, Điều 21, Điều 24'],
    },
  },
]

/** The articles for a reason, by the law of a day; one a line. */
export function legalBasisOf(code: string, day: Day): readonly string[] {
  const basis = legalBasisRegimes.findLast(({ from }) => from <= day) ?? legalBasisRegimes[0]
  return basis?.of[code] ?? (basis ? [basis.always] : [])
}
