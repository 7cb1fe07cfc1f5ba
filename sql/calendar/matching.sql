-- Grassroots organisations under the unit on the last day, and those whose list of that day came back; an import that was given back took none.
with wanted as (
    select unit.code
    from org_closure as scope
    join org_version as unit on unit.code = scope.descendant
        and is_grassroots(unit.level_role)
        and unit.valid_from <= @to
        and still_holds(unit.valid_to, @to)
    where scope.ancestor = @unit
        and scope.valid_from <= @to
        and scope.valid_to > @to
)
select
    count(*) filter (where exists (
        select
        from roll
        join roll_taken as taken using (roll_id)
        where roll.unit = wanted.code
            and roll.day = @to
            and not exists (
                select
                from import_run as undo
                where undo.undoes = taken.import_id
                    and not exists (select from import_run as again where again.undoes = undo.import_id))))::integer as done,
    count(*)::integer as wanted
from wanted
