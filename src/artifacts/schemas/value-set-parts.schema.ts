/** Definitions of value-set.schema.ts: words, includes, filters, verification. */
export const valueSetParts = {
  words: {
    type: 'object',
    additionalProperties: false,
    required: ['url'],
    oneOf: [
      {
        required: ['valueString'],
      },
      {
        required: ['extension'],
      },
    ],
    properties: {
      url: {
        enum: [
          'https://stepwise-cds.example/fhir/StructureDefinition/text-pattern',
          'https://stepwise-cds.example/fhir/StructureDefinition/text-exclusion',
        ],
      },
      valueString: {
        type: 'string',
        minLength: 1,
      },
      extension: {
        type: 'array',
        minItems: 1,
        contains: {
          type: 'object',
          properties: {
            url: {
              const: 'all',
            },
          },
        },
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['url', 'valueString'],
          properties: {
            url: {
              enum: ['all', 'none'],
            },
            valueString: {
              type: 'string',
              minLength: 1,
            },
          },
        },
      },
    },
    if: {
      required: ['extension'],
    },
    then: {
      properties: {
        url: {
          const: 'https://stepwise-cds.example/fhir/StructureDefinition/text-pattern',
        },
      },
    },
  },
  include: {
    type: 'object',
    additionalProperties: false,
    oneOf: [
      {
        required: ['valueSet'],
        not: {
          required: ['system'],
        },
      },
      {
        required: ['system', 'concept'],
        not: {
          required: ['filter'],
        },
      },
      {
        required: ['system', 'filter'],
        not: {
          required: ['concept'],
        },
      },
    ],
    properties: {
      extension: {
        type: 'array',
        minItems: 1,
        items: {
          $ref: '#/definitions/verification',
        },
      },
      system: {
        type: 'string',
        pattern: '^\\S+$',
      },
      valueSet: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'string',
          pattern: '^https://stepwise-cds\\.example/fhir/ValueSet/',
        },
      },
      concept: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['code', 'display'],
          properties: {
            code: {
              type: 'string',
              pattern: '^[^\\s]+( [^\\s]+)*$',
            },
            display: {
              type: 'string',
              minLength: 1,
            },
          },
        },
      },
      filter: {
        type: 'array',
        minItems: 1,
        maxItems: 2,
        contains: {
          type: 'object',
          properties: {
            op: {
              const: 'is-a',
            },
          },
        },
        items: {
          $ref: '#/definitions/filter',
        },
      },
    },
  },
  filter: {
    type: 'object',
    additionalProperties: false,
    required: ['property', 'op', 'value'],
    properties: {
      property: {
        enum: ['concept', 'code'],
      },
      op: {
        enum: ['is-a', 'regex'],
      },
      value: {
        type: 'string',
        minLength: 1,
      },
    },
    if: {
      properties: {
        op: {
          const: 'is-a',
        },
      },
    },
    then: {
      properties: {
        property: {
          const: 'concept',
        },
      },
    },
    else: {
      properties: {
        property: {
          const: 'code',
        },
      },
    },
  },
  verification: {
    type: 'object',
    additionalProperties: false,
    required: ['url', 'extension'],
    properties: {
      url: {
        const: 'https://stepwise-cds.example/fhir/StructureDefinition/verification',
      },
      extension: {
        type: 'array',
        minItems: 2,
        maxItems: 2,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['url'],
          properties: {
            url: {
              enum: ['status', 'source'],
            },
            valueCode: {
              enum: ['verified', 'weak', 'unverified'],
            },
            valueString: {
              type: 'string',
              minLength: 1,
            },
          },
        },
      },
    },
  },
};
