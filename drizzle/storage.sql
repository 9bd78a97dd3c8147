-- How tables are kept on disk, which the schema's language cannot say. Run after the migrations, at every start: what is so
-- already is not touched, for a change waits for whoever is at work on the table.
do $$
declare
  wanted record;
begin
  -- These rows change several times on their way to Salesforce. With room beside them PostgreSQL puts the new version of a
  -- row on the same page and leaves the indexes alone.
  for wanted in
    select * from (values ('record', 50), ('record_direction', 70), ('link', 70), ('event_record', 85)) as w (name, percent)
  loop
    if not exists (
      select from pg_class
      where oid = wanted.name::regclass and reloptions @> array['fillfactor=' || wanted.percent]
    ) then
      execute format('alter table %I set (fillfactor = %s)', wanted.name, wanted.percent);
    end if;
  end loop;
  -- No condition is about what these hold, yet gathering statistics of them took most of the time of each ANALYZE, in which
  -- autovacuum competes with those who wait for the database.
  for wanted in
    select * from (values ('event', 'raw'), ('link', 'base'), ('link', 'stored'), ('attempt', 'before'),
      ('attempt', 'after')) as w (name, col)
  loop
    if not exists (
      select from pg_attribute where attrelid = wanted.name::regclass and attname = wanted.col and attstattarget = 0
    ) then
      execute format('alter table %I alter column %I set statistics 0', wanted.name, wanted.col);
    end if;
  end loop;
  -- A call is kept for milliseconds: packing it would cost more than it saves.
  if not exists (
    select from pg_attribute where attrelid = 'payload'::regclass and attname = 'body' and attstorage = 'e'
  ) then
    alter table payload alter column body set storage external;
  end if;
end $$;
