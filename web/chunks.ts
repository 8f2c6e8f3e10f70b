/**
 * How the code is cut. The frame, which every page needs, is one file. What many pages share is some: the doors of
 * `src/`, the signs, small parts. What the first page of most officers needs beside is one. Browsers fetch six files at
 * a time: hundreds of small ones would arrive later. What one page alone needs, or is heavy (a table, a dialog), comes
 * with the pages that have it.
 */
/** Contracts, and the small rules that they name; not what only some pages run. */
const isDoor = (id: string) =>
  id.includes('/src/') &&
  !/\/(words|names\/|contract-definition|problems|seal-packet|capture\.)|enrolment\/law|data-protection\/law/.test(id)
/** A file of the console that is no page: a page is where a file of its own begins. */
const isOwn = (id: string) => id.includes('/web/console/') && !id.endsWith('-page.tsx')
/** What is left of words once the texts come as data: those that ask the law. */
const isWords = (id: string) => /\/web\/console\/(?:accounts|follow-ups|out-of-school)\/words\.ts$/.test(id)
/** What such a file takes in goes where it is needed, not along with it. */
const alone = { includeDependenciesRecursively: false }

export const chunksOf = (firstPage: ReadonlySet<string>) => ({
  groups: [
    { name: 'frame', tags: ['$initial' as const], priority: 30 },
    { name: 'signs', test: /\/lucide-react\//, minShareCount: 2, priority: 28 },
    { name: 'doors', test: isDoor, minShareCount: 2, priority: 26, ...alone },
    {
      name: 'basics',
      test: (id: string) => /\/web\/(?:console\/)?parts\//.test(id) && firstPage.has(id),
      minShareCount: 8,
      priority: 24,
    },
    { name: 'first', test: (id: string) => (firstPage.has(id) && isOwn(id)) || isWords(id), priority: 22, ...alone },
  ],
})
