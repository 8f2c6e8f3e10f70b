/** The doors of the console's API that take a request of nobody in particular, by design. */

/** What they take is signed, and is checked by itself. */
const signedDoors = ['POST /api/stations/:id/manifest', 'PUT /api/stations/:id/packets/:hash']

/** By them an officer signs in over an open page: what they take is a password, and the code after it. */
const signInDoors = ['', '/second-factor', '/mail-code', '/demonstration'].map(step => `POST /api/sign-in${step}`)

/** What hangs in a hall: hours with places left, and numbers that are called. Nobody stands in it. */
const publicDoors = ['slots', 'board'].map(what => `GET /api/public-counters/:publicId/${what}`)

export const openDoors: readonly string[] = [...signInDoors, ...signedDoors, ...publicDoors]
