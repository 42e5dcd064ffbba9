-- What was asserted of coverage, by ids of ours and closed words; and, where the site keeps them, the calls themselves.

create table coverage_assertion (
  id            uuid primary key,
  at            timestamptz not null,
  assertion     text not null,    -- coverage-assertion-id: the same for one order and coverage
  request_id    text,
  hook_instance text,             -- as sent, where it has the shape of a UUID
  service       text not null,
  hook          text not null,
  client        text not null,    -- issuer of the trusted client; '' where none are set
  tenant        text,
  rule          text not null,
  covered       text not null,
  pa_needed     text,
  doc_needed    jsonb not null
);
create index coverage_assertion_at on coverage_assertion (at);
create index coverage_assertion_assertion on coverage_assertion (assertion);

-- Protected health information: whole calls and answers, without the access token (CRD_CALLS=store).
create table crd_call (
  id            uuid primary key,
  at            timestamptz not null,
  request_id    text not null,    -- joins the assertions and the decision of the call
  service       text not null,
  client        text not null,
  tenant        text,
  status        integer not null,
  request       text not null,
  response      text not null
);
create index crd_call_at on crd_call (at);
