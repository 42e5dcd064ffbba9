-- What the service decided, what it sent, and what clinicians did with it. No column holds a patient's value.

create table decision (
  id            uuid primary key,
  at            timestamptz not null,
  request_id    text,
  hook_instance text,             -- as sent, where it has the shape of a UUID
  service       text not null,
  hook          text not null,
  client        text not null,    -- issuer of the trusted client; '' where none are set
  tenant        text,
  shadow        boolean not null,
  policy_id     text not null,
  policy_version text not null,
  policy_sha256 text not null,
  duration_ms   real not null,
  orders        jsonb not null,   -- decision, steps with states and hashed references, ids of conflicts and flags
  data          jsonb not null    -- kind and state of what was read
);
create index decision_at on decision (at);

create table card (
  uuid        text primary key,
  decision_id uuid not null references decision (id) on delete cascade,
  client      text not null,
  topic       text,
  indicator   text not null,
  suggestions jsonb not null      -- uuids
);
create index card_decision on card (decision_id);

-- No reference to card: feedback on a card that is not known is kept too.
create table feedback (
  client        text not null,
  card          text not null,    -- a uuid, or the digest of what was sent in its place
  outcome       text not null check (outcome in ('accepted', 'overridden')),
  outcome_at    timestamptz not null,
  received_at   timestamptz not null,
  service       text not null,
  suggestions   jsonb not null,
  reason_system text,
  reason_code   text,
  comment       text,             -- may name a patient; only where the site stores comments
  primary key (client, card, outcome, outcome_at)
);
create index feedback_received on feedback (received_at);

-- Used tokens, so that none is used twice on any replica.
create table token_use (
  token      text primary key,    -- digest of issuer and jti
  expires_at timestamptz not null
);
create index token_use_expires on token_use (expires_at);

-- Records that could not be kept: how many, and when it was over.
create table record_loss (
  id    uuid primary key,
  at    timestamptz not null,
  count integer not null
);
