// A link's secret stands behind # in its address, which no server, proxy or log is sent. From there it goes into the
// form's field, and out of the address and the history. Without script it is copied from the letter or typed.
const { field } = document.currentScript.dataset

function takeSecret() {
  const secret = location.hash.slice(1)
  if (!secret) return
  history.replaceState(null, '', location.pathname + location.search)
  const input = document.getElementById(field)
  if (!input) return
  input.value = secret
  // The hand goes on at what is still empty.
  const empty = [...input.form.elements].find(one => one.matches('input:not([type="hidden"])') && one.value === '')
  empty?.focus()
}

takeSecret()
// Another link to the same page, in the same tab.
addEventListener('hashchange', takeSecret)
