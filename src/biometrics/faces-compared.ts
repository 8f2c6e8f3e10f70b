/** Whether faces are compared in this process. */

let compared = false

/** Set when an installation is opened, from its settings and from what is installed. */
export function setFacesCompared(whether: boolean): void {
  compared = whether
}

export const areFacesCompared = (): boolean => compared
