import type { FastifyInstance } from 'fastify'
import { API_VERSION, VERSION } from '../config/version.ts'
import type { Ctx } from '../context.ts'
import { registrationOf } from '../core/settings.ts'

/** Nodeinfo 2.0 and 2.1, by which clients find out what kind of server this is. */
export function nodeinfoRoutes(app: FastifyInstance, ctx: Ctx): void {
  const link = (version: string) => ({
    rel: `http://nodeinfo.diaspora.software/ns/schema/${version}`,
    href: `${ctx.config.url}/nodeinfo/${version}`,
  })
  // Clients take the last link they know.
  app.get('/.well-known/nodeinfo', async () => ({ links: [link('2.1'), link('2.0')] }))
  for (const version of ['2.0', '2.1'] as const) {
    app.get(`/nodeinfo/${version}`, async (_request, reply) => {
      const profile = `http://nodeinfo.diaspora.software/ns/schema/${version}#`
      reply.header('cache-control', 'public, max-age=600')
      reply.type(`application/json; profile="${profile}"; charset=utf-8`)
      return document(ctx, version)
    })
  }
}

async function document(ctx: Ctx, version: '2.0' | '2.1') {
  const counts = await ctx.memory.counts()
  const settings = ctx.settings.current()
  const repository = settings.repositoryUrl
  return {
    version,
    software: {
      name: ctx.config.software,
      version: API_VERSION,
      ...(version === '2.1' && repository && { repository }),
    },
    protocols: [],
    services: { inbound: [], outbound: [] },
    openRegistrations: registrationOf(ctx) === 'open',
    usage: {
      users: { total: counts.users, activeHalfyear: counts.activeHalfYear, activeMonth: counts.activeMonth },
      localPosts: counts.notes,
      localComments: 0,
    },
    metadata: {
      nodeName: settings.name,
      nodeDescription: settings.description,
      maintainer: { name: settings.maintainerName, email: settings.maintainerEmail },
      langs: settings.langs,
      tosUrl: settings.tosUrl,
      privacyPolicyUrl: settings.privacyPolicyUrl,
      inquiryUrl: settings.inquiryUrl,
      impressumUrl: settings.impressumUrl,
      repositoryUrl: repository,
      feedbackUrl: settings.feedbackUrl,
      themeColor: settings.themeColor,
      implementation: { name: 'mamekey', version: VERSION },
    },
  }
}
