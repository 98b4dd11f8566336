import type { TestEvent } from 'node:test/reporters'

/** A reporter for `node --test` that only tells the parent process of each test that failed, as it happens. */
// biome-ignore lint/correctness/useYield: what there is to say goes another way
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type === 'test:fail' && data.details.type !== 'suite') process.send?.({ name: data.name, file: data.file })
  }
}
