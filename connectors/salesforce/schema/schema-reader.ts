// Describes objects, once a connection each, until `setup` changes them.
import { ContractError } from '#errors/errors.ts';
import type { SalesforceClient } from '../call/salesforce-client.ts';
import { RefusedCallError } from '../errors.ts';
import { assertVersion } from './assert-version.ts';
import { DescribeAnswer, type DescribedObject } from './describe-answer.ts';

export interface SchemaReader {
  /** Null when the org has no such object or hides it from the connected user. */
  describe(crmObject: string): Promise<DescribedObject | null>;
  forget(): void;
}

const OBJECT_NAME = /^[A-Za-z]\w*$/;
const ABSENT_CODES = new Set([
  'NOT_FOUND',
  'INVALID_TYPE',
  'ERROR_HTTP_404',
  'ERROR_HTTP_410',
  'UNSUPPORTED_API_VERSION',
]);

export const createSchemaReader = (client: SalesforceClient): SchemaReader => {
  const described = new Map<string, Promise<DescribedObject | null>>();

  const fetchDescribe = async (crmObject: string): Promise<DescribedObject | null> => {
    try {
      const path = `/sobjects/${crmObject}/describe`;
      const { body } = await client.call({ method: 'GET', path, kind: 'other' });
      const parsed = DescribeAnswer.safeParse(body);
      if (!parsed.success)
        throw new ContractError(`${client.connection}: describe of ${crmObject} has an unknown form`, {
          cause: parsed.error,
        });
      const fields = new Map(parsed.data.fields.map((field) => [field.name.toLowerCase(), field]));
      const hasRecordTypes = parsed.data.recordTypeInfos.some(({ active, master }) => active && !master);
      return { name: parsed.data.name, fields, hasRecordTypes };
    } catch (error) {
      if (!(error instanceof RefusedCallError) || !ABSENT_CODES.has(error.code)) throw error;
      await assertVersion(client);
      return null;
    }
  };

  return {
    async describe(crmObject) {
      if (!OBJECT_NAME.test(crmObject)) return null;
      const known = described.get(crmObject);
      if (known !== undefined) return known;
      const fetching = fetchDescribe(crmObject);
      described.set(crmObject, fetching);
      try {
        const object = await fetching;
        // An object that is absent now may be granted while we run.
        if (object === null) described.delete(crmObject);
        return object;
      } catch (error) {
        described.delete(crmObject);
        throw error;
      }
    },
    forget() {
      described.clear();
    },
  };
};
