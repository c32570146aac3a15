// The workspace that `init` writes: every setting with what it does; only what most people need is switched on.

export const WORKSPACE_TEMPLATE = `# A Tierline workspace. \${NAME} takes an environment variable (or the file that NAME_FILE names).
name: "{{name}}"

# Empty: an embedded PostgreSQL under .tierline/. Else a URL such as postgres://user:password@host/database.
database: \${DATABASE_URL:-}

connections:
  - id: sf
    crm: salesforce
    auth:                                   # an External Client App with the client-credentials flow
      flow: client-credentials
      loginUrl: https://YOUR-DOMAIN.my.salesforce.com   # your My Domain, not login.salesforce.com
      clientId: \${SF_CLIENT_ID}
      clientSecret: \${SF_CLIENT_SECRET}
    apiVersion: "62.0"
    apiBudget: { dailyShare: 0.5 }          # stop cleanly before using more than this share of the org's daily calls
  - id: hs
    crm: hubspot
    auth: { flow: access-token, token: \${HS_TOKEN} }    # a service key
    apiBudget: { dailyShare: 0.5 }

# Money without a currency is this one; a currency without a rate makes a value unknown.
currency: USD
rates: { EUR: 1.08, GBP: 1.27, JPY: 0.0066 }

# Own and third-party data, joined by company key. A row names its company by company_key, domain, crm_id, an identifier
# (lei, duns, jp_corporate_number …) or name + country.
sources: []
#  - { id: surge,  kind: intent-scores,  file: data/surge.csv,  method: coop_consented }
#  - { id: weekly, kind: intent-counts,  file: data/weekly.csv, method: coop_consented }
#  - { id: g2,     kind: intent-signals, file: data/g2.jsonl,   method: review_site }
#  - { id: firmo,  kind: firmographics,  file: data/firmo.csv,  fresh: 180d }
#  - { id: erp,    kind: transactions,   file: data/invoices.csv.gz }
#  - { id: web,    kind: engagement,     file: data/visits.jsonl, method: first_party }

# Lawful basis for intent methods that are refused by default (bidstream, unknown).
attest: []
#  - { method: bidstream, regions: [US], basis: "contract with …", by: legal@example.com, on: 2026-01-31 }

# A folder that overrides the shipped mappings, policy and profile, file by file.
# mappings: mappings/

locale: en                                  # language of reasons and tasks: en | ja | ko | zh-CN | zh-TW
`;
