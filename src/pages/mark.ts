import { type Html, html } from '../lib/html.ts'

/** The bean: one broad stroke is its body, one fine stroke its seam. The same drawing as `favicon.svg`. */
export const mark = (size: number): Html => html`<svg
  class="mark" viewBox="0 0 32 32" width="${size}" height="${size}" fill="none" stroke-linecap="round" aria-hidden="true"
><path class="mark-body" d="M10 22.4A17 17 0 0 1 22.4 10" stroke-width="17" /><path
  class="mark-seam" d="M15.3 21A12.5 12.5 0 0 1 21 15.3" stroke-width="2.2" /></svg>`
