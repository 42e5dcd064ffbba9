/**
 * What a site loads beside the service to have its traces (`node --import`), with an exporter that keeps them: the
 * spans are written to the file of TEST_SPANS when the process ends.
 */
import { writeFileSync } from 'node:fs';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

const exporter = new InMemorySpanExporter();
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();

process.on('exit', () => {
  const spans = exporter.getFinishedSpans().map((span) => ({
    ...{ name: span.name, kind: span.kind, status: span.status, attributes: span.attributes },
    ...{ events: span.events, links: span.links, id: span.spanContext().spanId },
    ...{ trace: span.spanContext().traceId, parent: span.parentSpanContext?.spanId },
    ...{ beganAt: nanoseconds(span.startTime), endedAt: nanoseconds(span.endTime) },
  }));
  writeFileSync(process.env.TEST_SPANS, JSON.stringify(spans));
});

function nanoseconds([seconds, rest]) {
  return seconds * 1e9 + rest;
}
