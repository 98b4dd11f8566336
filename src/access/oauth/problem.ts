/** The error codes in use here, of RFC 6749 sections 4.1.2.1 and 5.2. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_scope'
  | 'invalid_grant'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'unsupported_grant_type'
  | 'temporarily_unavailable'
  | 'server_error'

/** What is wrong with a request, in words for the developer of the client. */
export interface Problem {
  error: OAuthErrorCode
  description: string
  /** The HTTP status where it is answered directly. */
  status: number
}

export const problem = (error: OAuthErrorCode, description: string, status = 400): Problem => ({
  error,
  description: printable(description),
  status,
})

/** The form in which it is sent. */
export const problemBody = ({ error, description }: Problem) => ({ error, error_description: description })

// RFC 6749 section 5.2: ASCII without quotes and backslashes.
const printable = (text: string): string => text.replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?').slice(0, 500)
