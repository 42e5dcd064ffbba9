import { valueSetParts } from './value-set-parts.schema.js';

/** The part of an R4 ValueSet that is read here; more of it would be ignored, so it is refused. */
export const valueSetSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['resourceType', 'id', 'url', 'version', 'name', 'title', 'status', 'publisher', 'description'],
  anyOf: [
    {
      required: ['compose'],
    },
    {
      required: ['extension'],
    },
  ],
  properties: {
    resourceType: {
      const: 'ValueSet',
    },
    id: {
      type: 'string',
      pattern: '^[a-z0-9-]{1,64}$',
    },
    extension: {
      type: 'array',
      minItems: 1,
      items: {
        $ref: '#/definitions/words',
      },
    },
    url: {
      type: 'string',
    },
    version: {
      type: 'string',
    },
    name: {
      type: 'string',
      pattern: '^[A-Z][A-Za-z0-9_]{0,254}$',
    },
    title: {
      type: 'string',
      minLength: 1,
    },
    status: {
      const: 'active',
    },
    experimental: {
      type: 'boolean',
    },
    date: {
      type: 'string',
    },
    publisher: {
      type: 'string',
      minLength: 1,
    },
    description: {
      type: 'string',
      minLength: 1,
    },
    purpose: {
      type: 'string',
      minLength: 1,
    },
    copyright: {
      type: 'string',
      minLength: 1,
    },
    compose: {
      type: 'object',
      additionalProperties: false,
      required: ['include'],
      properties: {
        include: {
          type: 'array',
          minItems: 1,
          items: {
            $ref: '#/definitions/include',
          },
        },
      },
    },
  },
  definitions: valueSetParts,
};
