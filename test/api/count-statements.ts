import type { TestServer } from '../server.ts'

/** Counts the statements that reading sends to the database from now on. */
export function countStatements({ ctx }: TestServer): () => number {
  let count = 0
  const db = ctx.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      count++
      return result
    },
  })
  Object.defineProperty(ctx, 'db', { value: db })
  return () => count
}

/** The same for what calls cost: whoever calls next is looked up, whether they were remembered or not. */
export function countStatementsOfCalls(server: TestServer): () => number {
  const count = countStatements(server)
  return () => {
    for (const { id } of [server.admin, server.alice, server.bob]) server.ctx.bus.publish({ type: 'user', id })
    return count()
  }
}
