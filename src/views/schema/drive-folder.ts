import Type from 'typebox'
import { component, refByName } from './component.ts'
import { dateTime, id, nullable } from './fields.ts'

const ownProperties = {
  id,
  createdAt: dateTime,
  name: Type.String(),
  parentId: nullable(id),
  foldersCount: Type.Optional(Type.Integer()),
  filesCount: Type.Optional(Type.Integer()),
}

/** A folder of someone's drive. Counts and parent are there in detail only. */
export interface DriveFolder extends Type.Static<Type.TObject<typeof ownProperties>> {
  parent?: DriveFolder | null
}

export const DriveFolder = refByName<DriveFolder>('DriveFolder')

export const driveFolderSchema = component('DriveFolder', {
  ...ownProperties,
  parent: Type.Optional(nullable(DriveFolder)),
})
