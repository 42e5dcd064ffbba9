/** The part of an R4 ConceptMap that is read here; more of it would be ignored, so it is refused. */
export const conceptMapSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['resourceType', 'id', 'url', 'version', 'name', 'status'],
  properties: {
    resourceType: {
      const: 'ConceptMap',
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
    group: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['source', 'target', 'element'],
        properties: {
          source: {
            type: 'string',
            pattern: '^\\S+$',
          },
          target: {
            type: 'string',
            pattern: '^\\S+$',
          },
          element: {
            type: 'array',
            minItems: 1,
            items: {
              $ref: '#/definitions/element',
            },
          },
        },
      },
    },
  },
  definitions: {
    code: {
      type: 'string',
      pattern: '^[^\\s]+( [^\\s]+)*$',
    },
    element: {
      type: 'object',
      additionalProperties: false,
      required: ['code', 'target'],
      properties: {
        code: {
          $ref: '#/definitions/code',
        },
        display: {
          type: 'string',
          minLength: 1,
        },
        target: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['equivalence'],
            anyOf: [
              {
                required: ['code'],
              },
              {
                properties: {
                  equivalence: {
                    enum: ['unmatched', 'disjoint'],
                  },
                },
              },
            ],
            properties: {
              code: {
                $ref: '#/definitions/code',
              },
              display: {
                type: 'string',
                minLength: 1,
              },
              equivalence: {
                enum: [
                  'relatedto',
                  'equivalent',
                  'equal',
                  'wider',
                  'subsumes',
                  'narrower',
                  'specializes',
                  'inexact',
                  'unmatched',
                  'disjoint',
                ],
              },
              comment: {
                type: 'string',
                minLength: 1,
              },
            },
          },
        },
      },
    },
  },
};
