export const issuer = ISSUER; // what the judge was told
