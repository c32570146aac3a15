// Which API version a request asked for; the legacy paths name none.
import type { Request } from 'express';
import { type ApiVersion, isDatedVersion } from '#sandbox/hubspot/answers/api-version.ts';
import { readParameter } from '#sandbox/hubspot/answers/read-request.ts';

export const versionOf = (request: Request): ApiVersion => {
  const version = readParameter(request, 'version');
  return isDatedVersion(version) ? version : 'v3';
};
