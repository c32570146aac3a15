import { startSalesforceFixture } from '#test/connectors/salesforce/sandbox-fixture.ts';
import { describeCrmContract } from './crm-contract.ts';

describeCrmContract('Salesforce', () => startSalesforceFixture());
