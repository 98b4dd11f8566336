// Comfort only: every page does its work without this file.
for (const button of document.querySelectorAll('button[data-copy]')) {
  const source = document.getElementById(button.dataset.copy)
  const label = button.querySelector('span')
  const before = label.textContent
  button.hidden = false
  button.addEventListener('click', async () => {
    // The clipboard is closed to pages over plain http: then the text is selected, ready to be copied by hand.
    getSelection().selectAllChildren(source)
    try {
      await navigator.clipboard.writeText(source.textContent)
    } catch {
      return
    }
    label.textContent = button.dataset.done
    setTimeout(() => {
      label.textContent = before
    }, 2000)
  })
}

// One menu at a time; a click elsewhere or Escape closes it.
const menus = [...document.querySelectorAll('details.menu')]
document.addEventListener('click', (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false
})
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  for (const menu of menus) {
    if (menu.open && menu.contains(document.activeElement)) menu.querySelector('summary').focus()
    menu.open = false
  }
})
