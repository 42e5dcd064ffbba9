/** The part of an R4 NamingSystem that is read here; more of it would be ignored, so it is refused. */
export const namingSystemSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['resourceType', 'id', 'name', 'status', 'kind', 'date', 'uniqueId'],
  properties: {
    resourceType: {
      const: 'NamingSystem',
    },
    id: {
      type: 'string',
    },
    name: {
      type: 'string',
      pattern: '^[A-Z][A-Za-z0-9_]{0,254}$',
    },
    status: {
      const: 'active',
    },
    kind: {
      const: 'codesystem',
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
    uniqueId: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['type', 'value'],
        properties: {
          type: {
            enum: ['oid', 'uuid', 'uri', 'other'],
          },
          value: {
            type: 'string',
            pattern: '^\\S+$',
          },
          preferred: {
            type: 'boolean',
          },
          comment: {
            type: 'string',
            minLength: 1,
          },
        },
      },
    },
  },
};
