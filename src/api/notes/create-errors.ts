/** Why a note is not made. Ids are those clients know. */
export const createNoteErrors = {
  noSuchFile: {
    code: 'NO_SUCH_FILE',
    id: 'b6992544-63e7-67f0-fa7f-32444b1b5306',
    message: 'One of the files does not exist or is not yours.',
  },
  noSuchRenoteTarget: {
    code: 'NO_SUCH_RENOTE_TARGET',
    id: 'b5c90186-4ab0-49c8-9bba-a1f76c282ba4',
    message: 'The note to renote does not exist.',
  },
  cannotReRenote: {
    code: 'CANNOT_RENOTE_TO_A_PURE_RENOTE',
    id: 'fd4cc33e-2a37-48dd-99cc-9b806eb2031a',
    message: 'A renote without words of its own cannot be renoted: renote the note it shows.',
  },
  cannotRenoteDueToVisibility: {
    code: 'CANNOT_RENOTE_DUE_TO_VISIBILITY',
    id: 'be9529e9-fe72-4de0-ae43-0b363c4938af',
    message: 'The note to renote is not meant for everyone.',
  },
  noSuchReplyTarget: {
    code: 'NO_SUCH_REPLY_TARGET',
    id: '749ee0f6-d3da-459a-bf02-282e2da4292c',
    message: 'The note to reply to does not exist.',
  },
  cannotReplyToInvisibleNote: {
    code: 'CANNOT_REPLY_TO_AN_INVISIBLE_NOTE',
    id: 'b98980fa-3780-406c-a935-b6d0eeee10d1',
    message: 'The note to reply to is not visible to you.',
  },
  cannotReplyToPureRenote: {
    code: 'CANNOT_REPLY_TO_A_PURE_RENOTE',
    id: '3ac74a84-8fd5-4bb0-870f-01804f82ce15',
    message: 'A renote without words of its own cannot be replied to: reply to the note it shows.',
  },
  cannotReplyToSpecifiedVisibilityNoteWithExtendedVisibility: {
    code: 'CANNOT_REPLY_TO_SPECIFIED_VISIBILITY_NOTE_WITH_EXTENDED_VISIBILITY',
    id: 'ed940410-535c-4d5e-bfa3-af798671e93c',
    message: 'A direct note can only be answered by a direct note.',
  },
  cannotCreateAlreadyExpiredPoll: {
    code: 'CANNOT_CREATE_ALREADY_EXPIRED_POLL',
    id: '04da457d-b083-4055-9082-955525eda5a5',
    message: 'The poll would have ended before it began.',
  },
  noSuchChannel: {
    code: 'NO_SUCH_CHANNEL',
    id: 'b1653923-5453-4edc-b786-7c4f39bb0bbb',
    message: 'The channel does not exist.',
  },
  cannotRenoteOutsideOfChannel: {
    code: 'CANNOT_RENOTE_OUTSIDE_OF_CHANNEL',
    id: '33510210-8452-094c-6227-4a6c05d99f00',
    message: 'The channel does not let its notes be renoted elsewhere.',
  },
  youHaveBeenBlocked: {
    code: 'YOU_HAVE_BEEN_BLOCKED',
    id: 'b390d7e1-8a5e-46ed-b625-06271cafd3d3',
    message: 'The author of that note has blocked you.',
  },
  containsProhibitedWords: {
    code: 'CONTAINS_PROHIBITED_WORDS',
    id: 'aa6e01d3-a85c-669d-758a-76aab43af334',
    message: 'The note holds words that this server does not allow.',
  },
  containsTooManyMentions: {
    code: 'CONTAINS_TOO_MANY_MENTIONS',
    id: '4de0363a-3046-481b-9b0f-feff3e211025',
    message: 'The note mentions more people than you may.',
  },
} as const
