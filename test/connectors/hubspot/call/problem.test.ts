import { describe, expect, it } from 'vitest';
import { readProblem } from '#connectors/hubspot/call/problem.ts';

describe('readProblem', () => {
  it('finds the code and the property in the JSON that HubSpot hides in a message', () => {
    const problem = readProblem(400, {
      status: 'error',
      message:
        'Property values were not valid: [{"isValid":false,"message":"Gold was not one of the allowed options","error":"INVALID_OPTION","name":"tierline_tier"}]',
      category: 'VALIDATION_ERROR',
    });
    expect(problem).toMatchObject({
      code: 'INVALID_OPTION',
      property: 'tierline_tier',
      category: 'VALIDATION_ERROR',
    });
  });

  it('finds them in the details when they are there', () => {
    const problem = readProblem(400, {
      status: 'error',
      message: 'Property values were not valid',
      errors: [{ message: 'no', code: 'PROPERTY_DOESNT_EXIST', context: { propertyName: ['tierline_fit'] } }],
      category: 'VALIDATION_ERROR',
    });
    expect(problem).toMatchObject({ code: 'PROPERTY_DOESNT_EXIST', property: 'tierline_fit' });
  });

  it('knows the clash of a unique value by its wording', () => {
    const problem = readProblem(400, {
      status: 'error',
      category: 'VALIDATION_ERROR',
      message:
        'Cannot set PropertyValueCoordinates{portalId=1, objectTypeId=ObjectTypeId{legacyObjectType=CONTACT}, propertyName=email, value=ana@example.com} on 12. 34 already has that value.',
    });
    expect(problem).toMatchObject({ code: 'VALUE_NOT_UNIQUE', property: 'email' });
  });

  it('takes the end of a sub-category over the category, which says less', () => {
    expect(
      readProblem(207, {
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
      }),
    ).toMatchObject({ code: 'NO_ASSOCIATIONS_FOUND', category: 'OBJECT_NOT_FOUND' });
  });

  it('reads which inputs and ids a row error is about', () => {
    expect(
      readProblem(207, {
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        message: 'Could not get some COMPANY objects',
        context: { ids: ['7', '8'], objectWriteTraceId: ['change-3'] },
      }),
    ).toMatchObject({ category: 'OBJECT_NOT_FOUND', ids: ['7', '8'], traceIds: ['change-3'] });
  });

  it('reads the scopes a 403 asks for', () => {
    expect(
      readProblem(403, {
        category: 'MISSING_SCOPES',
        errors: [
          { message: 'no', context: { requiredGranularScopes: ['crm.objects.deals.read', 'tickets'] } },
        ],
      }).scopes,
    ).toEqual(['crm.objects.deals.read', 'tickets']);
  });

  it.each([
    ['You have reached your daily limit.', undefined, 'DAILY'],
    ['You have reached your secondly limit.', undefined, 'SECONDLY'],
    ['You have reached your ten_secondly_rolling limit.', undefined, 'TEN_SECONDLY_ROLLING'],
    ['worded anew', 'DAILY', 'DAILY'],
    ['worded anew', undefined, null],
  ])('reads the policy of %j with the name %j as %j', (message, policyName, policy) => {
    expect(readProblem(429, { message, policyName }).policy).toBe(policy);
  });

  it.each([null, undefined, 'a page', [], 12, { message: 12, errors: 'none', context: [] }])(
    'makes do with %j',
    (body) => {
      expect(readProblem(418, body)).toMatchObject({ status: 418, code: 'HTTP_418', property: null });
    },
  );
});
