/** What every R4 CodeSystem here has: words of reports and of texts, phrases as designations. */
export const codeSystemSchema = {
  type: 'object',
  required: ['resourceType', 'id', 'url', 'version', 'name', 'status', 'content', 'concept'],
  properties: {
    resourceType: {
      const: 'CodeSystem',
    },
    id: {
      type: 'string',
    },
    url: {
      type: 'string',
      pattern: '^\\S+$',
    },
    version: {
      type: 'string',
    },
    name: {
      type: 'string',
    },
    status: {
      const: 'active',
    },
    content: {
      const: 'complete',
    },
    concept: {
      type: 'array',
      minItems: 1,
      items: {
        $ref: '#/definitions/concept',
      },
    },
  },
  definitions: {
    concept: {
      type: 'object',
      required: ['code'],
      properties: {
        code: {
          type: 'string',
          pattern: '^[^\\s]+( [^\\s]+)*$',
        },
        display: {
          type: 'string',
          minLength: 1,
        },
        designation: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['value'],
            properties: {
              value: {
                type: 'string',
                minLength: 1,
              },
            },
          },
        },
        concept: {
          type: 'array',
          items: {
            $ref: '#/definitions/concept',
          },
        },
      },
    },
  },
};
