// A ticket that was just given is printed, and the screen goes back for the next person.
const { back } = document.currentScript.dataset
addEventListener('load', () => {
  print()
  setTimeout(() => location.replace(back), 12_000)
})
