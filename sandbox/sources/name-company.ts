// How a row of a source names its company: by domain, by name and country, or both. Never by a CRM's record id.
import type { Random } from '#sandbox/world/random.ts';
import { countryNameOf, type Prospect } from './prospects.ts';
import type { Row } from './rows.ts';

export const nameCompany = (random: Random, prospect: Prospect): Row => {
  const nameAndCountry = {
    name: prospect.name,
    country: random.chance(0.5) ? prospect.country : countryNameOf(prospect),
  };
  if (prospect.domain === null) return nameAndCountry;
  const domain = random.weighted([
    [prospect.domain, 8],
    [`www.${prospect.domain}`, 1],
    [prospect.domain.toUpperCase(), 1],
  ]);
  return random.weighted<Row>([
    [{ domain }, 7],
    [nameAndCountry, 1],
    [{ domain, ...nameAndCountry }, 2],
  ]);
};
