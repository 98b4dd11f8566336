/** The reference in the colours and letters of the server's pages: what follows `tokens.css`. */
export const REFERENCE_STYLE = `
body {
  background: var(--paper);
  color: var(--ink);
  font-family: var(--font-text);
}

.light-mode,
.dark-mode {
  --scalar-font: var(--font-text);
  --scalar-font-code: var(--font-code);

  --scalar-background-1: var(--paper);
  --scalar-background-2: var(--surface);
  --scalar-background-3: var(--kinako);
  --scalar-background-accent: var(--green-quiet);
  --scalar-border-color: var(--hairline);

  --scalar-color-1: var(--ink);
  --scalar-color-2: var(--ink-soft);
  --scalar-color-3: var(--ink-soft);
  --scalar-color-accent: var(--green);
  --scalar-color-green: var(--green);
  --scalar-color-red: var(--azuki);
  --scalar-color-blue: #1f5f86;
  --scalar-color-orange: #98430d;
  --scalar-color-purple: #6b3a8a;

  --scalar-button-1: var(--green);
  --scalar-button-1-hover: var(--green-strong);
  --scalar-button-1-color: var(--on-green);

  --scalar-radius: 0.25rem;
  --scalar-radius-lg: 0.5rem;
  --scalar-radius-xl: var(--corner);
}

/* Like the tokens, by what the system says: parts of the page are marked as dark in themselves. */
@media (prefers-color-scheme: dark) {
  .light-mode,
  .dark-mode {
    --scalar-color-blue: #9accea;
    --scalar-color-orange: #f0a878;
    --scalar-color-purple: #cfaeea;
  }
}

/* Only scripts give focus to these: what it marks is in view already. */
[tabindex="-1"]:focus-visible {
  outline: none;
}
`
