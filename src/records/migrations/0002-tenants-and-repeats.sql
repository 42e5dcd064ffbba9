-- Feedback is joined within a tenant; a card knows by which advice it may be told again after an override.

alter table card add column tenant text not null default '';
alter table card add column advice text;  -- digest under the site's key: patient, order and what was advised
alter table card add column muted boolean not null default false;  -- told as a reminder, or not at all

update card set tenant = coalesce(d.tenant, '') from decision d where d.id = card.decision_id;
create index card_advice on card (advice) where advice is not null;

alter table feedback add column tenant text not null default '';
update feedback f set tenant = c.tenant from card c where c.uuid = f.card and c.client = f.client;
alter table feedback drop constraint feedback_pkey;
alter table feedback add primary key (client, tenant, card, outcome, outcome_at);
