/** What can keep a profile as it is. */
export const updateErrors = {
  noSuchAvatar: {
    code: 'NO_SUCH_AVATAR',
    id: '539f3a45-f215-4f81-a9a8-31293640207f',
    message: 'You have no file with the id avatarId.',
  },
  noSuchBanner: {
    code: 'NO_SUCH_BANNER',
    id: '0d8f5629-f210-41c2-9433-735831a58595',
    message: 'You have no file with the id bannerId.',
  },
  avatarNotAnImage: {
    code: 'AVATAR_NOT_AN_IMAGE',
    id: 'f419f9f8-2f4d-46b1-9fb4-49d3a2fd7191',
    message: 'The file avatarId is no picture.',
  },
  bannerNotAnImage: {
    code: 'BANNER_NOT_AN_IMAGE',
    id: '75aedb19-2afd-4e6d-87fc-67941256fa60',
    message: 'The file bannerId is no picture.',
  },
  noSuchPage: {
    code: 'NO_SUCH_PAGE',
    id: '8e01b590-7eb9-431b-a239-860e086c408e',
    message: 'You have no page with the id pinnedPageId.',
  },
  restrictedByRole: {
    code: 'RESTRICTED_BY_ROLE',
    id: '8feff0ba-5ab5-585b-31f4-4df816663fad',
    message: 'Your roles do not allow this picture or so many decorations.',
  },
  invalidRegexp: {
    code: 'INVALID_REGEXP',
    id: '0d786918-10df-41cd-8f33-8dec7d9a89a5',
    message: 'A muted text is no regular expression: write /expression/flags, or a list of words.',
  },
  tooManyMutedWords: {
    code: 'TOO_MANY_MUTED_WORDS',
    id: '010665b1-a211-42d2-bc64-8f6609d79785',
    message: 'These are more muted words than you may have.',
  },
  noSuchUser: {
    code: 'NO_SUCH_USER',
    id: 'fcd2eef9-a9b2-4c4f-8624-038099e90aa5',
    message: 'One of alsoKnownAs is nobody here.',
  },
  forbiddenToSetYourself: {
    code: 'FORBIDDEN_TO_SET_YOURSELF',
    id: '25c90186-4ab0-49c8-9bba-a1fa6c202ba4',
    message: 'alsoKnownAs names your other accounts, not this one.',
  },
} as const
