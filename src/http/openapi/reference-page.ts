import { html, render } from '../../lib/html.ts'
import { TOKEN } from './operation.ts'

/** Where things are that the page loads. */
interface Addresses {
  document: string
  script: string
  style: string
}

/**
 * What the page may load: the script builds its style sheets as it runs, and everything else comes from here. Calls
 * made in the console go to this server only.
 */
export const REFERENCE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The reference's own words for its settings. Whatever would speak to another host, or offers to, is off. */
const settings = {
  theme: 'none',
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true, hideAddApi: true },
  mcp: { disabled: true },
  externalUrls: { dashboardUrl: '', registryUrl: '', proxyUrl: '', apiBaseUrl: '' },
  showDeveloperTools: 'never',
  hideClientButton: true,
  // The page's colours follow the system by themselves.
  hideDarkModeToggle: true,
  documentDownloadType: 'json',
  // A token typed here is forgotten with the page.
  persistAuth: false,
  authentication: { preferredSecurityScheme: TOKEN },
  operationTitleSource: 'path',
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
}

/** The page that shows the API document, with a console to try it. */
export const referencePage = (title: string, { document, script, style }: Addresses): string =>
  render(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${style}">
</head>
<body>
<noscript>This page needs JavaScript. The document itself is at <a href="${document}">${document}</a>.</noscript>
<script id="api-reference" type="application/json" data-url="${document}" data-configuration="${JSON.stringify(settings)}"></script>
<script src="${script}"></script>
</body>
</html>
`)
