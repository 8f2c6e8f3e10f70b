/**
 * A file that the house ships beside its code (official tables, migrations, guides), by its path from the root of the
 * repository. The one place that knows how far away the root is: a file that moves to another folder finds these still.
 */
export const fromRoot = (path: string): URL => new URL(`../../${path}`, import.meta.url)
