import Type from 'typebox'
import { reportAbuse } from '../../core/report-abuse.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../params.ts'

export default endpoint({
  path: 'users/report-abuse',
  about: 'Tells the moderators of something a person did.',
  auth: 'required',
  permission: 'write:report-abuse',
  secure: false,
  params: Type.Object({ userId: Id(), comment: Type.String({ minLength: 1, maxLength: 2048 }) }),
  res: null,
  errors: {
    noSuchUser: {
      code: 'NO_SUCH_USER',
      id: '1acefcb5-0959-43fd-9685-b48305736cb5',
      message: 'There is no such person here.',
    },
    cannotReportYourself: {
      code: 'CANNOT_REPORT_YOURSELF',
      id: '1e13149e-b1e8-43cf-902e-c01dbfcb202f',
      message: 'Nobody reports themselves.',
    },
    cannotReportTheAdmin: {
      code: 'CANNOT_REPORT_THE_ADMIN',
      id: '35e166f5-05fb-4f87-a2d5-adb42676d48f',
      message: 'Reports go to the administrators: none of them can be reported here.',
    },
  },
  async handle({ ctx, params, me, fail }) {
    const failure = await reportAbuse(ctx, me.id, params.userId, params.comment)
    return failure && fail(failure)
  },
})
