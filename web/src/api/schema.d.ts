// Made from openapi.json by `make api-types`. Do not edit.
export type paths = Record<never, never>;
