import { describeCrmContract } from '#test/contract/crm-contract.ts';
import { makeHubspotFixture } from './make-hubspot-fixture.ts';

describeCrmContract('hubspot', makeHubspotFixture);
